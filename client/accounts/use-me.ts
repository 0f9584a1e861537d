"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, createElement, type ReactNode, useContext } from "react";
import { useTRPC } from "#client/trpc.ts";
import type { Self } from "#contracts/accounts.ts";

const Context = createContext<Self | null>(null);

/** Starts from what the server rendered and stays current by `profile.changed`. */
export function MeProvider({ me, children }: { me: Self; children: ReactNode }) {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.accounts.me.queryOptions(), initialData: me });
  return createElement(Context.Provider, { value: data }, children);
}

export function useMe(): Self {
  const me = useContext(Context);
  if (!me) throw new Error("useMe outside AppProviders");
  return me;
}
