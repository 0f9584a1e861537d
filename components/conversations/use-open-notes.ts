"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";
import { openChat } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";

/** Opens my notes to myself; they are made the first time. */
export function useOpenNotes(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.conversations.notes.mutationOptions());
  const showError = useShowError();
  return () => {
    const open = async () => {
      const { conversationId } = await mutateAsync();
      const inbox = queryClient.getQueryData(trpc.conversations.list.queryKey());
      // The answer may be ahead of the event that adds them to the list.
      const isListed = inbox?.conversations.some(({ id }) => id === conversationId);
      if (!isListed) await queryClient.invalidateQueries(trpc.conversations.list.queryFilter());
      openChat(conversationPath(conversationId));
    };
    open().catch(showError);
  };
}
