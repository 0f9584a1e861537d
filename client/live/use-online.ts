"use client";

import { useSyncExternalStore } from "react";
import { useLiveContext } from "#client/live/live-provider.tsx";

/** Is this friend online? False of everyone else, and while the worker is away. */
export function useOnline(personId: string | undefined): boolean {
  const { presence } = useLiveContext();
  return useSyncExternalStore(
    presence.subscribe,
    () => personId !== undefined && presence.isOnline(personId),
    () => false,
  );
}
