import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isPassing, reasonOf } from "#client/refusal.ts";

/** A session that ended elsewhere shows itself in whatever is asked next: the whole page starts over at the door. */
function leaveWhenSignedOut(error: unknown): void {
  if (reasonOf(error).reason === "signed_out") window.location.assign("/sign-in");
}

/** Live data is fed by events and asked for again only after a gap, so nothing is stale by age alone. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 3 && isPassing(reasonOf(error).reason),
        retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt) * (0.5 + Math.random()),
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
