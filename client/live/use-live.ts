"use client";

import { useSyncExternalStore } from "react";
import type { ConnectionStatus } from "#client/live/live.ts";
import { useLiveContext } from "#client/live/live-provider.tsx";

/** How this tab stands to the worker, for the banner. */
export function useConnection(): ConnectionStatus {
  const { live } = useLiveContext();
  return useSyncExternalStore(live.subscribe, live.status, () => "connecting");
}
