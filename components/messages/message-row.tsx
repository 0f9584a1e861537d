"use client";

import { Check, CircleAlert, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, memo, useState } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import type { People } from "#client/people/use-people.ts";
import { FailedNote } from "#components/messages/failed-note.tsx";
import { type Frame, frameOf } from "#components/messages/kinds/views.ts";
import { MessageBody } from "#components/messages/message-body.tsx";
import { MessageMenu } from "#components/messages/message-menu.tsx";
import { MessageReactions } from "#components/messages/message-reactions.tsx";
import { isStored } from "#components/messages/rows.ts";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { useLongPress } from "#components/ui/use-long-press.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Person } from "#contracts/people.ts";

type MessageRowProps = {
  rowKey: string;
  item: Message | PendingMessage;
  own: boolean;
  senderId: string;
  sender: Person | undefined;
  senderName: string;
  /** In a community the others have a face and a name; in a direct conversation the header says who it is. */
  named: boolean;
  first: boolean;
  last: boolean;
  flash: boolean;
  /** The emoji of my reactions. */
  mine: readonly string[];
  /** Present where the message has reactions, which name people. */
  people: People | undefined;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

const statusOf = (item: Message | PendingMessage) => (isStored(item) ? "sent" : item.state);

const icons = { sending: Clock, sent: Check, failed: CircleAlert } as const;

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { rowKey, item, own, senderId, sender, senderName, named, first, last, flash, mine, people } = props;
  const t = useTranslations("messages");
  const { clock } = useTimes();
  const [menuOpen, setMenuOpen] = useState(false);
  const longPress = useLongPress(() => setMenuOpen(isStored(item)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
    event.preventDefault();
    setMenuOpen(isStored(item));
  };
  const status = statusOf(item);
  const time = clock(isStored(item) ? item.sentAt : item.createdAt);
  const text = useSpokenText()(item, own);
  const frame = frameOf(item);
  const name = own
    ? t("nameOwn", { sender: senderName, text, time, status: t(`status.${status}`) })
    : t("name", { sender: senderName, text, time });
  return (
    // biome-ignore lint/a11y/useSemanticElements: role and name are what the tests and the keyboard walk by; the element is the same.
    <div
      role="article"
      aria-label={name}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      data-key={rowKey}
      data-seq={isStored(item) ? item.seq : undefined}
      className={`mx-auto flex w-full max-w-3xl scroll-my-16 gap-2 rounded-2xl px-3 outline-offset-0 sm:px-5 ${first ? "mt-2" : "mt-0.5"} ${own ? "flex-row-reverse" : ""}`}
    >
      {named && !own ? (
        <span className="w-9 shrink-0">{first ? <Avatar person={sender} size={36} /> : null}</span>
      ) : null}
      <div className={`flex min-w-0 max-w-[85%] flex-col sm:max-w-[75%] ${own ? "items-end" : "items-start"}`}>
        {named && first && !own ? (
          <bdi aria-hidden className="max-w-full truncate px-1 pb-0.5 font-medium text-ink-soft text-xs">
            {senderName}
          </bdi>
        ) : null}
        <div className="group relative max-w-full">
          <div
            data-bubble
            {...longPress}
            className={`relative min-w-0 max-w-full break-words rounded-2xl ${frames[frame]} ${frame === "bare" || frame === "emoji" ? "" : own ? "bg-own" : "bg-other"} ${corner(own, last)} ${flash ? "animate-flash" : ""}`}
          >
            {/* Inside, so that the direction of the words does not turn the bubble round. */}
            <div dir={frame === "text" ? "auto" : undefined} className="flow-root">
              <MessageBody item={item} own={own} senderId={senderId} />
              <Meta
                own={own}
                status={status}
                time={time}
                iso={isStored(item) ? item.sentAt : item.createdAt}
                frame={frame}
              />
            </div>
          </div>
          {isStored(item) ? (
            <MessageMenu {...{ message: item, own, mine, text }} open={menuOpen} onOpenChange={setMenuOpen} />
          ) : null}
        </div>
        {isStored(item) && people && item.reactions.length > 0 ? (
          <MessageReactions {...{ message: item, mine, people }} />
        ) : null}
        {!isStored(item) && item.state === "failed" ? (
          <FailedNote
            reason={item.reason}
            onRetry={() => props.onRetry(item.clientId)}
            onDiscard={() => props.onDiscard(item.clientId)}
          />
        ) : null}
      </div>
    </div>
  );
});

/** The last bubble of a group points to its side. */
function corner(own: boolean, last: boolean): string {
  if (!last) return "";
  return own ? "rounded-ee-md" : "rounded-es-md";
}

/** What a body stands in: text with its time on the last line, a card with the time below, or a picture under it. */
const frames: Record<Frame, string> = {
  // Accents that are piled up would be painted over the neighbours.
  text: "overflow-clip whitespace-pre-wrap px-3 py-1.5 shadow-card [overflow-clip-margin:2px]",
  card: "overflow-hidden shadow-card",
  footed: "overflow-hidden shadow-card",
  bare: "overflow-hidden",
  emoji: "px-1",
};
const metas: Record<Frame, string> = {
  text: "relative top-1 float-end ms-3 text-ink-soft",
  card: "float-end px-3 pb-1 text-ink-soft",
  footed: "float-end -mt-6 px-3 pb-1 text-ink-soft",
  bare: "absolute end-1.5 bottom-1.5 rounded-full bg-black/55 px-2 text-white",
  emoji: "float-end text-ink-soft",
};

type MetaProps = { own: boolean; status: keyof typeof icons; time: string; iso: string; frame: Frame };

/** Time and status; the row's name says both, so here they are for the eye. */
function Meta({ own, status, time, iso, frame }: MetaProps) {
  const Icon = icons[status];
  return (
    <span className={`inline-flex select-none items-center gap-1 text-xs leading-5 ${metas[frame]}`}>
      <bdi>
        <time dateTime={iso}>{time}</time>
      </bdi>
      {own ? <Icon aria-hidden className={`size-3.5 ${status === "failed" ? "text-danger" : ""}`} /> : null}
    </span>
  );
}
