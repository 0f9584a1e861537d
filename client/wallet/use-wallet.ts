"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";

type Status = "pending" | "error" | "ready";

/** My balance in cents. It has no event, so it is fetched whenever it is shown. */
export function useBalance() {
  const query = useQuery(useTRPC().wallet.get.queryOptions(undefined, { staleTime: 0 }));
  const status: Status = query.data ? "ready" : query.isError ? "error" : "pending";
  return { balance: query.data?.balance ?? null, status, retry: () => void query.refetch() };
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
  const status: Status = query.data ? "ready" : query.isError ? "error" : "pending";
  return {
    entries: query.data?.pages.flatMap((page) => page.entries) ?? [],
    status,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
