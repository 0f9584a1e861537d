"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import { useTRPC } from "#client/trpc.ts";

/** One red packet: replaced by the answer when I open it, refetched when a notice says that someone else did. */
export function usePacket(packetId: string) {
  const query = useQuery(useTRPC().wallet.getPacket.queryOptions({ packetId }));
  return { packet: query.data, ...stateOf(query) };
}

/** Opening is idempotent, so a failed call may be retried. */
export function useOpenPacket() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.wallet.openPacket.mutationOptions({
      retry: (failures, error) => failures < 3 && isRetryable(reasonOf(error).reason),
      onSuccess: ({ packet }) => client.setQueryData(trpc.wallet.getPacket.queryKey({ packetId: packet.id }), packet),
    }),
  );
}
