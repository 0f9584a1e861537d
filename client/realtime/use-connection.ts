"use client";

import { useSyncExternalStore } from "react";
import type { ConnectionStatus } from "#client/realtime/realtime.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";

/** The connection status of this tab, for the banner. */
export function useConnection(): ConnectionStatus {
  const { realtime } = useRealtime();
  return useSyncExternalStore(realtime.subscribe, realtime.status, () => "connecting");
}
