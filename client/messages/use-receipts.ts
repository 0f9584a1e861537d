"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { lastReceiptOf, type ReceiptState } from "#client/messages/receipts.ts";
import { useTRPC } from "#client/trpc.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import type { ReceiptMark } from "#contracts/receipts.ts";

const none: readonly ReceiptMark[] = [];

/** How far the others have received and read a conversation; kept current by what is told. */
export function useReceipts({ id: conversationId, memberCount }: Conversation): readonly ReceiptMark[] {
  const { sharesReceipts } = useMe();
  const trpc = useTRPC();
  const enabled = sharesReceipts && memberCount <= limits.receiptMembers;
  const query = useQuery({ ...trpc.messages.receipts.queryOptions({ conversationId }), enabled });
  return enabled ? (query.data?.marks ?? none) : none;
}

/**
 * Of rows of the list: how far a conversation's last message has come, when that is mine. Null: it is not, or this is not
 * shared.
 */
export function useLastReceipts(): (conversation: Conversation) => ReceiptState | null {
  const me = useMe();
  const { data } = useQuery({ ...useTRPC().messages.lastReceipts.queryOptions(), enabled: me.sharesReceipts });
  return useCallback(
    ({ id, lastSeq, lastMessage }) => {
      const mine = lastMessage !== null && !lastMessage.notice && lastMessage.senderId === me.id;
      if (!mine) return null;
      return (data && lastReceiptOf(data, id, lastSeq)) ?? "sent";
    },
    [data, me.id],
  );
}
