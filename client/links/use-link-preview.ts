"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";
import { useSettled } from "#client/use-settled.ts";
import type { LinkCard } from "#contracts/links.ts";

/** Debounce: an address that is still being typed is incomplete. */
const settleMs = 700;
const askEvery = 700;

/** The card of an address; `looking` while the server fetches it, null when there is none. */
export function useLinkPreview(url: string | null): { card: LinkCard | null; looking: boolean } {
  const settled = useSettled(url, url === null ? 0 : settleMs);
  const query = useQuery({
    ...useTRPC().links.preview.queryOptions({ url: settled ?? "" }),
    enabled: settled !== null,
    staleTime: 10 * 60_000,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.state === "pending" ? askEvery : false),
  });
  if (settled === null || settled !== url) return { card: null, looking: false };
  return { card: query.data?.card ?? null, looking: query.data?.state === "pending" };
}
