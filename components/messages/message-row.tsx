"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, memo, useState } from "react";
import type { ReceiptState } from "#client/messages/receipts.ts";
import { useSetComposeTarget } from "#client/messages/use-compose-target.ts";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import type { People } from "#client/people/use-people.ts";
import { Bubble } from "#components/messages/bubble.tsx";
import { FailedNote } from "#components/messages/failed-note.tsx";
import { sourceOf } from "#components/messages/forward/source-line.tsx";
import { useHasComposer } from "#components/messages/has-composer.ts";
import { HeldNote } from "#components/messages/held-note.tsx";
import { MessageReactions } from "#components/messages/message-reactions.tsx";
import { isStored } from "#components/messages/rows.ts";
import { SelectMark } from "#components/messages/selection/select-mark.tsx";
import { useRowSelection } from "#components/messages/selection/use-row-selection.ts";
import type { Status } from "#components/messages/tick.tsx";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { type Quote, useQuote } from "#components/messages/use-quote.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { nameColourOf } from "#components/people/name-colour.ts";
import { ProfileButton } from "#components/profiles/profile-button.tsx";
import type { MenuPoint } from "#components/ui/menu-at.tsx";
import { useContextMenu } from "#components/ui/use-context-menu.ts";
import { useTimes } from "#components/ui/use-times.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
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
  /** How far it has come, when it is mine. */
  receipt: ReceiptState;
  /** The emoji of my reactions. */
  mine: readonly string[];
  starred: boolean;
  /** Present where the message has reactions, which name people. */
  people: People | undefined;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

const statusOf = ({ item, receipt }: MessageRowProps): Status => (isStored(item) ? receipt : item.state);

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  // The content of a stored message is open on the wire.
  const seq: unknown = props.item.content.replyTo;
  if (typeof seq !== "number") return <Row {...props} quote={null} />;
  return <ReplyRow {...props} seq={seq} />;
});

function ReplyRow({ seq, ...props }: MessageRowProps & { seq: number }) {
  return <Row {...props} quote={useQuote(props.item.conversationId, seq)} />;
}

function Row(props: MessageRowProps & { quote: Quote | null }) {
  const { rowKey, item, own, senderId, sender, senderName, named, first, last, flash, mine, starred, people, quote } =
    props;
  const { clock } = useTimes();
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const handlers = useMessageKeys(item, setMenu);
  const status = statusOf(props);
  const selection = useRowSelection(item);
  // Only what is painted moves: the rows keep their places for the scroll anchor.
  const [isSentHere] = useState(() => !isStored(item));
  const time = clock(isStored(item) ? item.sentAt : item.createdAt);
  const text = useSpokenText()(item, own);
  return (
    // biome-ignore lint/a11y/useSemanticElements: role and name are what the tests and the keyboard walk by; the element is the same.
    <div
      role="article"
      aria-label={useRowName({
        ...{ own, senderName, text, time, status, quote, item, starred },
        selected: selection.selected,
      })}
      tabIndex={-1}
      data-key={rowKey}
      data-seq={isStored(item) ? item.seq : undefined}
      className={`mx-auto flex w-full max-w-3xl scroll-my-16 gap-2 rounded-2xl px-3 outline-offset-0 sm:px-5 ${first ? "mt-2" : "mt-0.5"} ${own ? "flex-row-reverse" : ""} ${selection.className}`}
      {...(selection.selecting ? selection.handlers : handlers)}
    >
      {selection.selectable ? <SelectMark checked={selection.selected} /> : null}
      {named && !own ? (
        <span inert={selection.selecting} className="w-9 shrink-0">
          {first ? (
            <ProfileButton personId={senderId} name={senderName} className="rounded-full">
              <Avatar person={sender} size={36} />
            </ProfileButton>
          ) : null}
        </span>
      ) : null}
      <div
        inert={selection.selecting}
        className={`flex min-w-0 max-w-[85%] flex-col sm:max-w-[75%] ${isSentHere ? "animate-send" : ""} ${own ? "items-end" : "items-start"}`}
      >
        {named && first && !own ? (
          <ProfileButton personId={senderId} name={senderName} className="flex max-w-full hover:underline">
            <bdi
              style={{ color: nameColourOf(senderId) }}
              className="max-w-full truncate px-1 pb-0.5 font-semibold text-label leading-4.5"
            >
              {senderName}
            </bdi>
          </ProfileButton>
        ) : null}
        <Bubble
          {...{ item, own, senderId, last, flash, mine, starred, text, status, time, quote, menu }}
          onMenu={setMenu}
        />
        {isStored(item) && people && item.reactions.length > 0 ? (
          <MessageReactions {...{ message: item, mine, people }} />
        ) : null}
        {!isStored(item) && item.heldUntil ? <HeldNote message={item} until={item.heldUntil} /> : null}
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
}

type Named = Pick<MessageRowProps, "own" | "senderName" | "item" | "starred"> & {
  selected: boolean;
  text: string;
  time: string;
  status: Status;
  quote: Quote | null;
};

/** What a screen reader says of a message: who, in reply to what, the text, when, and whether it was sent, edited, starred or pinned. */
function useRowName({ own, senderName, text, time, status, quote, item, starred, selected }: Named): string {
  const t = useTranslations("messages");
  const source = isStored(item) ? sourceOf(item.content) : null;
  const words = source === null ? text : t("forward.name", { name: source, said: text });
  const said = quote ? t("quote.name", { ...quote, said: words }) : words;
  const edited = isStored(item) && item.editedAt !== null ? t("edit.at", { time }) : time;
  const pinned = isStored(item) && item.pinnedAt !== undefined;
  const at =
    starred || pinned ? t("keep.at", { time: edited, starred: String(starred), pinned: String(pinned) }) : edited;
  const when = item.content.silent ? t("silent.at", { time: at }) : at;
  const name = own
    ? t("nameOwn", { sender: senderName, text: said, time: when, status: t(`status.${status}`) })
    : t("name", { sender: senderName, text: said, time: when });
  return selected ? t("selection.selected", { said: name }) : name;
}

/** Whether the browser's own menu serves better: for a link, a player, a selection; and with Shift, as Firefox has it. */
function wantsOwnMenu({ target, shiftKey }: MouseEvent): boolean {
  const selection = window.getSelection();
  const selected = selection !== null && !selection.isCollapsed && selection.containsNode(target as Node, true);
  return shiftKey || selected || (target instanceof Element && target.closest("a[href], video, audio, input") !== null);
}

/** The ways to what can be done with a message: the menu by pointer, touch and keyboard, and R to reply. */
function useMessageKeys(item: Message | PendingMessage, onMenu: (point: MenuPoint) => void) {
  const setTarget = useSetComposeTarget(item.conversationId);
  const hasComposer = useHasComposer();
  const { onContextMenu, onKeyDown, ...press } = useContextMenu(onMenu, "[data-bubble]");
  if (!isStored(item)) return {};
  return {
    ...press,
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      if (!wantsOwnMenu(event)) onContextMenu(event);
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const canReply = hasComposer && allows(item.content.kind, "reply");
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.target === event.currentTarget;
      if (event.key.toLowerCase() !== "r" || !plain || !canReply) return onKeyDown(event);
      event.preventDefault();
      setTarget({ action: "reply", seq: item.seq });
    },
  };
}
