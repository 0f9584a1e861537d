"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** The address of this site. Only the browser knows under which name it was reached; empty on the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
}
