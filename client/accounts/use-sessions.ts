"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";

/** My sessions, newest use first, and the two ways of ending others. No event tells of sessions: fetched again here. */
export function useSessions() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.accounts.sessions.list.queryOptions(undefined, { staleTime: 0 }));
  const again = { onSuccess: () => client.invalidateQueries(trpc.accounts.sessions.list.queryFilter()) };
  const revoke = useMutation(trpc.accounts.sessions.revoke.mutationOptions(again));
  const revokeOthers = useMutation(trpc.accounts.sessions.revokeOthers.mutationOptions(again));
  return {
    sessions: query.data?.sessions ?? [],
    ...stateOf(query),
    revoke,
    revokeOthers,
  };
}
