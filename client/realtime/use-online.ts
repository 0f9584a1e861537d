"use client";

import { useSyncExternalStore } from "react";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";

/** Is this friend online? False of everyone else, and while the worker is away. */
export function useOnline(personId: string | undefined): boolean {
  const { presence } = useRealtime();
  return useSyncExternalStore(
    presence.subscribe,
    () => personId !== undefined && presence.isOnline(personId),
    () => false,
  );
}
