"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { pagedStateOf, stateOf } from "#client/query-state.ts";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { Invite, InviteRef, UseCursor } from "#contracts/invites.ts";

const none: Invite[] = [];

/** The links of a community that I may revoke. Links have no event: few people see them. */
export function useInvites(communityId: string) {
  const query = useQuery(useTRPC().communities.invites.queryOptions({ communityId }, { staleTime: 0 }));
  return { invites: query.data?.invites ?? none, ...stateOf(query) };
}

function useInvitesAgain() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return { onSuccess: () => void client.invalidateQueries(trpc.communities.invites.queryFilter()) };
}
export const useCreateInvite = () => useMutation(useTRPC().communities.createInvite.mutationOptions(useInvitesAgain()));
export const useRevokeInvite = () => useMutation(useTRPC().communities.revokeInvite.mutationOptions(useInvitesAgain()));

/** Who came by a link, the latest first, as it was when the list was opened. */
export function useInviteUses({ communityId, inviteId }: InviteRef) {
  const api = useTRPCClient();
  const first: UseCursor | null = null;
  const query = useInfiniteQuery({
    queryKey: ["inviteUses", communityId, inviteId],
    queryFn: ({ pageParam }) =>
      api.communities.inviteUses.query({ communityId, inviteId, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: first as UseCursor | null, // the type of a literal null is null
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  return { uses: query.data?.pages.flatMap((page) => page.uses) ?? [], ...pagedStateOf(query) };
}
