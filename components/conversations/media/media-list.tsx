"use client";

import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { contentOf, frameOf, viewOf } from "#components/messages/kinds/views.ts";
import { nameColourOf } from "#components/people/name-colour.ts";
import { useTimes } from "#components/ui/use-times.ts";
import { addressesOf, parseMarkup } from "#contracts/markup.ts";
import type { Message } from "#contracts/messages/message.ts";

/** What is no address to the reader, such as `a://b`, is no link, although the server lists it. */
function isShown({ content: { kind, text } }: Message): boolean {
  return kind !== "text" || (typeof text === "string" && addressesOf(parseMarkup(text)).length > 0);
}

/** Files, links or voices as their messages show them, with who sent them and when; each leads to its message. */
export function MediaList({ label, messages }: { label: string; messages: readonly Message[] }) {
  const meId = useMe().id;
  const t = useTranslations("messages");
  const people = usePeople(messages.map(({ senderId }) => senderId));
  const nameIn = useDisplayNames();
  const list = useRef<HTMLUListElement>(null);
  // In the timeline the arrows lead to what is in a message; here there is only the Tab key.
  useLayoutEffect(() => {
    for (const one of list.current?.querySelectorAll<HTMLElement>("a, button") ?? []) one.tabIndex = 0;
  });
  return (
    <ul ref={list} aria-label={label} className="mx-auto flex max-w-2xl flex-col gap-4 px-4 pt-4">
      {messages.filter(isShown).map((message) => (
        <Item
          key={message.seq}
          message={message}
          own={message.senderId === meId}
          sender={message.senderId === meId ? t("you") : nameIn(people, message.senderId, t("someone"))}
        />
      ))}
    </ul>
  );
}

function Item({ message, own, sender }: { message: Message; own: boolean; sender: string }) {
  const t = useTranslations("conversationMedia");
  const { whole } = useTimes();
  const { conversationId, seq, senderId, sentAt } = message;
  return (
    <li className="min-w-0">
      <div className="flex items-center gap-2 text-ink-soft text-xs">
        <bdi style={{ color: nameColourOf(senderId) }} className="min-w-0 truncate font-semibold text-sm">
          {sender}
        </bdi>
        <time dateTime={sentAt} className="min-w-0 flex-1 truncate">
          {whole(sentAt)}
        </time>
        <ChatLink
          href={messagePath(conversationId, seq)}
          aria-label={t("jump", { name: sender, time: whole(sentAt) })}
          title={t("jumpShort")}
          className="tap inline-flex aspect-square items-center justify-center rounded-xl hover:bg-hover hover:text-ink"
        >
          <MessageSquareText aria-hidden className="size-4.5" />
        </ChatLink>
      </div>
      <div className="inline-block max-w-full overflow-hidden break-words rounded-2xl bg-sunken">
        <Body message={message} own={own} />
      </div>
    </li>
  );
}

function Body({ message, own }: { message: Message; own: boolean }) {
  const known = contentOf(message);
  const kind = viewOf(known);
  if (!known || !kind) return <p className="px-3 py-1.5">{message.preview}</p>;
  const isText = frameOf(message) === "text";
  return (
    <div {...(isText ? { dir: "auto", className: "whitespace-pre-wrap px-3 py-1.5" } : { className: "pb-2" })}>
      <kind.View {...message} content={known} own={own} />
    </div>
  );
}
