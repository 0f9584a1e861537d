"use client";

import { useSyncExternalStore } from "react";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";

/** Whether this friend is online. False for other people, and while the worker is down. */
export function useOnline(personId: string | undefined): boolean {
  const { presence } = useRealtime();
  return useSyncExternalStore(
    presence.subscribe,
    () => personId !== undefined && presence.isOnline(personId),
    () => false,
  );
}
