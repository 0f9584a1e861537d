"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { pagedStateOf, stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";

/** My balance in cents. It has no event, so it is fetched whenever it is shown. */
export function useBalance() {
  const query = useQuery(useTRPC().wallet.get.queryOptions(undefined, { staleTime: 0 }));
  return { balance: query.data?.balance ?? null, ...stateOf(query) };
}

/** My wallet's transfers, newest first, loaded by scrolling. */
export function useWalletHistory() {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.wallet.history.infiniteQueryOptions(
      {},
      { getNextPageParam: (page) => page.nextCursor ?? undefined, staleTime: 0 },
    ),
  );
  return {
    entries: query.data?.pages.flatMap((page) => page.entries) ?? [],
    ...pagedStateOf(query),
  };
}
