import { QueryClient } from "@tanstack/react-query";
import { backoffMs } from "#client/backoff.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";

/** Events keep cached data current and a gap refetches it, so nothing becomes stale by age. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 3 && isRetryable(reasonOf(error).reason),
        retryDelay: backoffMs,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
