"use client";

import { useEffect } from "react";

/** Registers the service worker, which serves the offline page. */
export function OfflineWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    // A failure costs only that page; there is nothing to tell anyone.
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
  }, []);
  return null;
}
