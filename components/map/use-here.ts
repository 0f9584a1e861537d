"use client";

import { useEffect, useRef, useState } from "react";

/** Where the device is; `accuracy` in metres. */
export type Here = { latitude: number; longitude: number; accuracy: number };
export type HereState = "idle" | "finding" | "denied" | "unavailable" | "unsupported";

const timeoutMs = 15_000;

/** Asks the browser for the position, when `find` is called. What it answers after the component is gone is dropped. */
export function useHere(onFound: (here: Here) => void): { state: HereState; find: () => void } {
  const [state, setState] = useState<HereState>("idle");
  const latest = useRef<typeof onFound | null>(null);
  useEffect(() => {
    latest.current = onFound;
    return () => {
      latest.current = null;
    };
  }, [onFound]);
  const find = () => {
    if (!("geolocation" in navigator)) return setState("unsupported");
    setState("finding");
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        setState("idle");
        latest.current?.({ latitude, longitude, accuracy });
      },
      ({ code, PERMISSION_DENIED }) => setState(code === PERMISSION_DENIED ? "denied" : "unavailable"),
      { timeout: timeoutMs },
    );
  };
  return { state, find };
}
