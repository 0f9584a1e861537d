"use client";

import { createContext, useContext } from "react";
import type { ProfileOf } from "#client/people/use-profile.ts";

type ShowProfile = (who: ProfileOf) => void;

/** Opens the card of a person. Where nothing shows cards it does nothing. */
export const ShowProfile = createContext<ShowProfile>(() => undefined);

export const useShowProfile = (): ShowProfile => useContext(ShowProfile);
