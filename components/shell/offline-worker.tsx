"use client";

import { useEffect } from "react";

/** Registers the service worker, whose one duty is the page that is shown without a network. */
export function OfflineWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    // A failure costs only that page; there is nothing to tell anyone.
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
  }, []);
  return null;
}
