"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";

/** Events update the cached friend list, so these mutations invalidate no query. */
export const useRequestFriend = () => useMutation(useTRPC().friends.request.mutationOptions());
export const useAcceptFriend = () => useMutation(useTRPC().friends.accept.mutationOptions());
export const useRefuseFriend = () => useMutation(useTRPC().friends.refuse.mutationOptions());
export const useWithdrawRequest = () => useMutation(useTRPC().friends.withdraw.mutationOptions());
export const useAlias = () => useMutation(useTRPC().friends.alias.mutationOptions());
export const useRemoveFriend = () => useMutation(useTRPC().friends.remove.mutationOptions());
export const useBlock = () => useMutation(useTRPC().friends.block.mutationOptions());
export const useUnblock = () => useMutation(useTRPC().friends.unblock.mutationOptions());

/** Runs when the button is pressed, so it is a mutation; a cached query would search while typing. */
export function useFindPerson() {
  const api = useTRPCClient();
  return useMutation({ mutationFn: (query: string) => api.friends.find.query({ query }) });
}
