"use client";

import { createContext, useContext } from "react";

/** False around a timeline where nothing can be written now: what leads to the composer is not offered there. */
export const HasComposer = createContext(true);
export const useHasComposer = () => useContext(HasComposer);
