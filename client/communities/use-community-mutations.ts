"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";

/** The community list, the members and the conversations follow their events; nothing is fetched again after these. */
export const useCreateCommunity = () => useMutation(useTRPC().communities.create.mutationOptions());
export const useJoinCommunity = () => useMutation(useTRPC().communities.join.mutationOptions());
export const useWithdrawJoin = () => useMutation(useTRPC().communities.withdrawJoin.mutationOptions());
export const useLeaveCommunity = () => useMutation(useTRPC().communities.leave.mutationOptions());
export const useUpdateCommunity = () => useMutation(useTRPC().communities.update.mutationOptions());
export const useHandOver = () => useMutation(useTRPC().communities.handOver.mutationOptions());
export const useDissolve = () => useMutation(useTRPC().communities.dissolve.mutationOptions());
export const useAcceptJoin = () => useMutation(useTRPC().communities.acceptJoin.mutationOptions());
export const useRefuseJoin = () => useMutation(useTRPC().communities.refuseJoin.mutationOptions());

/** Runs when the button is pressed, so it is a mutation; a cached query would search while typing. */
export function useFindCommunity() {
  const api = useTRPCClient();
  return useMutation({ mutationFn: (number: number) => api.communities.find.query({ number }) });
}

export const useRemoveMember = () => useMutation(useTRPC().communities.removeMember.mutationOptions());

/** Bans have no event, because only people who may ban see them. */
export function useLiftBan() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.communities.banned.queryFilter());
  return useMutation(trpc.communities.liftBan.mutationOptions({ onSuccess }));
}
