"use client";

import { BellOff, Ellipsis, Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { toHead } from "#client/conversations/reduce-inbox.ts";
import { isMarkedUnread } from "#client/conversations/settings.ts";
import { unreadMentionsOf, unreadOf } from "#client/conversations/unread.ts";
import type { ReceiptState } from "#client/messages/receipts.ts";
import { useQuoted } from "#client/messages/use-quoted.ts";
import type { People } from "#client/people/use-people.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { RowActions } from "#components/conversations/row-actions.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { type RowPreview, useRowPreview } from "#components/conversations/use-row-preview.ts";
import { useRowSwipe } from "#components/conversations/use-row-swipe.ts";
import type { RowSwipeState } from "#components/conversations/use-swiped-row.ts";
import { useTypingText } from "#components/conversations/use-typing-text.ts";
import { Tick } from "#components/messages/tick.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { MenuPoint } from "#components/ui/menu-at.tsx";
import { pointBelow, useContextMenu } from "#components/ui/use-context-menu.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Conversation } from "#contracts/conversations.ts";

type RowProps = {
  conversation: Conversation;
  people: People;
  open: boolean;
  muted: boolean;
  /** How far the last message has come, when it is mine. */
  receipt: ReceiptState | null;
  menuOpen: boolean;
  onMenu: (conversationId: string, point: MenuPoint) => void;
  /** Its actions stand beside it, or are being revealed. */
  swipe: RowSwipeState;
  onSwipe: (conversationId: string, swipe: RowSwipeState) => void;
  onAway: (conversationId: string) => void;
};

export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { lastSeq, settings } = props.conversation;
  const visible = settings.lastVisible;
  if (visible?.lastSeq !== lastSeq) return <Row {...props} />;
  if (visible.seq === null)
    return <Row {...props} receipt={null} conversation={{ ...props.conversation, lastMessage: null }} />;
  return <RowBefore {...props} seq={visible.seq} />;
});

/** The last messages are deleted for me: the row shows the one before them. */
function RowBefore({ seq, ...props }: RowProps & { seq: number }) {
  const message = useQuoted(props.conversation.id, seq);
  const lastMessage = message ? toHead(message) : null;
  return <Row {...props} receipt={null} conversation={{ ...props.conversation, lastMessage }} />;
}

function Row(props: RowProps) {
  const { conversation, people, open, muted, receipt, menuOpen, onMenu, swipe, onSwipe, onAway } = props;
  const t = useTranslations("conversations");
  const { brief } = useTimes();
  const name = useConversationName()(conversation);
  const preview = useRowPreview(conversation, people, open);
  const unread = unreadOf(conversation);
  const marked = isMarkedUnread(conversation);
  const mentions = unreadMentionsOf(conversation).length;
  const { pinned } = conversation.settings;
  const time = brief(conversation.lastMessageAt);
  const menu = useContextMenu((point) => onMenu(conversation.id, point));
  const close = () => onSwipe(conversation.id, null);
  const { ref, handlers } = useRowSwipe({
    open: swipe === "open",
    onReveal: () => swipe === null && onSwipe(conversation.id, "moving"),
    onEnd: (isOpen) => onSwipe(conversation.id, isOpen ? "open" : null),
  });
  const loud = !muted && (unread > 0 || marked);
  const shownReceipt = preview.is === "message" ? receipt : null;
  const said = {
    name,
    pinned: String(pinned),
    muted: String(muted),
    marked: String(marked),
    unread,
    mentions,
    time,
    receipt: String(shownReceipt),
  };
  return (
    <li
      ref={ref}
      data-swiped={swipe ?? undefined}
      // What is out of sight is neither styled nor laid out, yet is found by the browser's search and read by screen readers.
      className="group relative [contain-intrinsic-size:auto_4.125rem] [content-visibility:auto] data-swiped:overflow-x-clip data-swiped:rounded-2xl"
      {...handlers}
    >
      <ChatLink
        href={conversationPath(conversation.id)}
        aria-current={open ? "true" : undefined}
        aria-label={t("row", { ...said, preview: preview.text })}
        aria-haspopup="menu"
        draggable={false}
        data-pinned={pinned || undefined}
        className="flex items-center gap-3 rounded-2xl px-3 py-2.5 -outline-offset-2 transition-[background-color,transform] duration-150 group-data-[swiped=moving]:transition-none motion-reduce:transition-none [-webkit-touch-callout:none] touch-pan-y [transform:translateX(var(--swipe,0))] hover:bg-hover aria-[current=true]:bg-accent-soft! data-pinned:bg-sunken"
        {...menu}
        onClickCapture={(event) => {
          menu.onClickCapture(event);
          if (swipe !== "open") return;
          event.preventDefault();
          event.stopPropagation();
          close();
        }}
      >
        <ConversationIcon conversation={conversation} size={46} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <span className={`min-w-0 truncate ${loud ? "font-bold" : "font-medium"}`}>
              <bdi>{name}</bdi>
            </span>
            {muted ? <BellOff aria-hidden className="size-3.5 shrink-0 text-ink-soft" /> : null}
            <span className="flex-1" />
            {pinned ? <Pin aria-hidden className="size-3.5 shrink-0 text-ink-soft" /> : null}
            <time
              dateTime={conversation.lastMessageAt}
              className={`shrink-0 text-xs ${loud ? "font-medium text-accent-ink" : "text-ink-soft"} group-hover:opacity-0 group-has-[button:focus-visible]:opacity-0`}
              suppressHydrationWarning
            >
              {time}
            </time>
          </span>
          <span className="flex items-center gap-1.5">
            <span className={`min-w-0 flex-1 truncate text-sm ${loud ? "font-medium text-ink" : "text-ink-soft"}`}>
              {muted && unread > 1 ? `${t("several", { count: unread })} ` : null}
              {shownReceipt ? <RowTick receipt={shownReceipt} /> : null}
              {preview.is === "typing" ? <TypingText conversation={conversation} /> : <PreviewText preview={preview} />}
            </span>
            <Marks unread={unread} marked={marked} mentions={mentions} muted={muted} />
          </span>
        </span>
      </ChatLink>
      <MenuButton name={name} open={menuOpen} onMenu={(point) => onMenu(conversation.id, point)} />
      {swipe ? (
        <RowActions conversation={conversation} name={name} onAway={() => onAway(conversation.id)} onDone={close} />
      ) : null}
    </li>
  );
}

type MenuButtonProps = { name: string; open: boolean; onMenu: (point: MenuPoint) => void };

function MenuButton({ name, open, onMenu }: MenuButtonProps) {
  const t = useTranslations("conversations.menu");
  return (
    <button
      type="button"
      aria-label={t("label", { name })}
      aria-haspopup="menu"
      aria-expanded={open}
      title={t("title")}
      onClick={(event) => onMenu(pointBelow(event.currentTarget))}
      className="absolute end-2 top-1.5 flex size-7 items-center justify-center rounded-full border border-line bg-raised text-ink-soft opacity-0 shadow-card hover:text-ink focus-visible:opacity-100 aria-expanded:opacity-100 group-hover:opacity-100 pointer-coarse:invisible"
    >
      <Ellipsis aria-hidden className="size-4.5" />
    </button>
  );
}

/** With names, which only rows with a person who is typing load. */
function TypingText({ conversation }: { conversation: Conversation }) {
  return <bdi className="text-accent-ink">{useTypingText(conversation)}</bdi>;
}

function RowTick({ receipt }: { receipt: ReceiptState }) {
  return (
    <span className="me-1 inline-block align-text-bottom">
      <Tick status={receipt} />
    </span>
  );
}

function PreviewText({ preview: { is, text } }: { preview: RowPreview }) {
  const t = useTranslations("conversations");
  return (
    <>
      {is === "draft" ? <span className="font-medium text-danger">{t("draft")} </span> : null}
      <bdi>{text}</bdi>
    </>
  );
}

type MarksProps = { unread: number; marked: boolean; mentions: number; muted: boolean };

/** Small marks at the end of a row; its name says them in words. */
function Marks({ unread, marked, mentions, muted }: MarksProps) {
  return (
    <>
      {mentions > 0 ? (
        <span
          aria-hidden
          data-badge
          className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-accent font-semibold text-on-accent text-xs leading-none"
        >
          @
        </span>
      ) : null}
      {marked && unread === 0 ? (
        <span
          aria-hidden
          data-badge
          className={`size-2.5 shrink-0 rounded-full ${muted ? "bg-ink-soft" : "bg-accent"}`}
        />
      ) : null}
      <Badge value={unread} quiet={muted} />
    </>
  );
}
