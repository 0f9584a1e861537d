"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import { useTRPC } from "#client/trpc.ts";

/** One packet, kept per packet: replaced by what my own opening brings, asked again when a notice tells of another's. */
export function usePacket(packetId: string) {
  const query = useQuery(useTRPC().wallet.getPacket.queryOptions({ packetId }));
  return { packet: query.data, failed: query.isError && !query.data, retry: () => void query.refetch() };
}

/** Opening twice gives one share, so what did not get through may be asked again. */
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
