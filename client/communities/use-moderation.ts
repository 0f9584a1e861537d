"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";

/** Members and rules follow their events; nothing is fetched again after these. */
export const useNameAdmin = () => useMutation(useTRPC().communities.nameAdmin.mutationOptions());
export const useGiveRoles = () => useMutation(useTRPC().communities.giveRoles.mutationOptions());
export const useMuteMember = () => useMutation(useTRPC().communities.muteMember.mutationOptions());
export const useChangeRules = () => useMutation(useTRPC().communities.changeRules.mutationOptions());
export const useCreateRole = () => useMutation(useTRPC().communities.createRole.mutationOptions());
export const useUpdateRole = () => useMutation(useTRPC().communities.updateRole.mutationOptions());
export const useDeleteRole = () => useMutation(useTRPC().communities.deleteRole.mutationOptions());
export const useOrderRoles = () => useMutation(useTRPC().communities.orderRoles.mutationOptions());

/** Bans have no event, because only people who may ban see them. */
export function useBan() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.communities.banned.queryFilter());
  return useMutation(trpc.communities.ban.mutationOptions({ onSuccess }));
}
