"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReadingsOf } from "#client/search/match-pinyin.ts";

/** The readings of Chinese characters, fetched when first `wanted` and kept while the page lives; undefined until then. */
export function useReadings(wanted: boolean): ReadingsOf | undefined {
  const { data } = useQuery({
    queryKey: ["readings"],
    // In an object: React Query would take a bare function for its own.
    queryFn: () => import("#client/search/pinyin.ts").then(({ readingsOf }) => ({ readingsOf })),
    enabled: wanted,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return data?.readingsOf;
}
