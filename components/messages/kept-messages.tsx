"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { KeptMessage } from "#components/messages/kept-message.tsx";
import type { Message } from "#contracts/messages/message.ts";

type KeptMessagesProps = { label: string; messages: Message[]; action?: (message: Message) => ReactNode };

/** Messages of several conversations, each with its sender, its conversation and the way to its place there. */
export function KeptMessages({ label, messages, action }: KeptMessagesProps) {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const people = usePeople(messages.map(({ senderId }) => senderId));
  const nameIn = useDisplayNames();
  const { conversations } = useConversations();
  const nameOf = useConversationName();
  const names = new Map(conversations.map((conversation) => [conversation.id, nameOf(conversation)]));
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {messages.map((message) => (
        <KeptMessage
          key={`${message.conversationId} ${message.seq}`}
          message={message}
          sender={message.senderId === meId ? t("you") : nameIn(people, message.senderId, t("someone"))}
          from={names.get(message.conversationId)}
          action={action?.(message)}
        />
      ))}
    </ul>
  );
}
