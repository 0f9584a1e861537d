"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { readUpTo } from "#client/conversations/unread.ts";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { ConversationList } from "#contracts/conversations.ts";

/** Marks read at once on the screen, with at most one call under way; the latest mark wins. */
export function useMarkRead(conversationId: string): (seq: number) => void {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const inboxKey = useMemo(() => trpc.conversations.list.queryKey(), [trpc]);
  const queryClient = useQueryClient();
  const wish = useRef({ told: 0, wanted: 0, busy: false });
  return useCallback(
    async (seq: number) => {
      const mine = wish.current;
      mine.wanted = Math.max(mine.wanted, seq);
      queryClient.setQueryData<ConversationList>(
        inboxKey,
        (inbox) => inbox && withReadMark(inbox, conversationId, seq),
      );
      if (mine.busy) return;
      mine.busy = true;
      try {
        while (mine.told < mine.wanted) {
          const target = mine.wanted;
          await api.conversations.markRead.mutate({ conversationId, seq: target });
          mine.told = target;
        }
      } catch {
        // The next message that is read, or opening the conversation again, retries.
      } finally {
        mine.busy = false;
      }
    },
    [api, queryClient, inboxKey, conversationId],
  );
}

function withReadMark(inbox: ConversationList, conversationId: string, seq: number): ConversationList {
  const known = inbox.conversations.find((one) => one.id === conversationId);
  if (!known || known.lastReadSeq >= seq) return inbox;
  const conversations = inbox.conversations.map((one) => (one === known ? readUpTo(one, seq) : one));
  return { ...inbox, conversations };
}
