"use client";

import type { ReactNode } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Message } from "#contracts/messages/message.ts";

type KeptProps = {
  message: Message;
  sender: string;
  /** The conversation, where the list is of several. */
  from?: string;
  onGo?: () => void;
  /** A button at its side. */
  action: ReactNode;
};

/** A message in a list of pinned or starred ones, which leads to its place in the conversation. */
export function KeptMessage({ message, sender, from, onGo, action }: KeptProps) {
  const { whole } = useTimes();
  const meId = useMe().id;
  const text = useSpokenText()(message, message.senderId === meId);
  return (
    <li className="flex items-center gap-1 rounded-2xl bg-sunken pe-1">
      <ChatLink
        href={messagePath(message.conversationId, message.seq)}
        onGo={onGo}
        className="block min-w-0 flex-1 rounded-2xl px-4 py-2.5 hover:bg-hover"
      >
        <bdi className="block truncate font-medium text-accent-ink text-sm">{sender}</bdi>
        <span dir="auto" className="line-clamp-4 whitespace-pre-wrap break-words">
          {text}
        </span>
        <span className="flex items-baseline gap-2 text-ink-soft text-xs">
          <time dateTime={message.sentAt} className="shrink-0">
            {whole(message.sentAt)}
          </time>
          {from ? <bdi className="min-w-0 truncate">{from}</bdi> : null}
        </span>
      </ChatLink>
      {action}
    </li>
  );
}
