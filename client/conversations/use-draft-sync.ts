"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { DraftSync } from "#client/conversations/draft-sync.ts";
import { newer } from "#client/realtime/newer.ts";
import { useTRPC } from "#client/trpc.ts";

/** Loads the drafts of the server, which events keep current, and has this device's agree with them. */
export function useDraftSync(drafts: DraftSync): void {
  const { data } = useQuery({ ...useTRPC().conversations.drafts.queryOptions(), structuralSharing: newer });
  useEffect(() => {
    if (data) drafts.receive(data);
  }, [data, drafts]);
  useEffect(() => {
    const begin = () => drafts.compose(true);
    const end = () => drafts.compose(false);
    document.addEventListener("compositionstart", begin);
    document.addEventListener("compositionend", end);
    const stop = drafts.start();
    return () => {
      stop();
      document.removeEventListener("compositionstart", begin);
      document.removeEventListener("compositionend", end);
    };
  }, [drafts]);
}
