"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";

type Status = "pending" | "error" | "ready";

/** My balance in cents. No event tells of it: asked again whenever it is shown. */
export function useBalance() {
  const query = useQuery(useTRPC().wallet.get.queryOptions(undefined, { staleTime: 0 }));
  const status: Status = query.data ? "ready" : query.isError ? "error" : "pending";
  return { balance: query.data?.balance ?? null, status, retry: () => void query.refetch() };
}

/** What moved in my wallet, newest first, as far as it was scrolled. */
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
