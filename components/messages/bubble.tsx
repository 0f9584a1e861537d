"use client";

import { BellOff, Ellipsis, Pin, Reply, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useSetComposeTarget } from "#client/messages/use-compose-target.ts";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { SourceLine, sourceOf } from "#components/messages/forward/source-line.tsx";
import { useHasComposer } from "#components/messages/has-composer.ts";
import { type Frame, frameOf } from "#components/messages/kinds/views.ts";
import { MessageBody } from "#components/messages/message-body.tsx";
import { MessageMenu } from "#components/messages/message-menu.tsx";
import { QuoteView } from "#components/messages/quote-view.tsx";
import { isStored } from "#components/messages/rows.ts";
import { type Status, Tick } from "#components/messages/tick.tsx";
import type { Quote } from "#components/messages/use-quote.ts";
import type { MenuPoint } from "#components/ui/menu-at.tsx";
import { pointBelow } from "#components/ui/use-context-menu.ts";
import { useSwipe } from "#components/ui/use-swipe.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

type BubbleProps = {
  item: Message | PendingMessage;
  own: boolean;
  senderId: string;
  last: boolean;
  flash: boolean;
  mine: readonly string[];
  starred: boolean;
  /** What the whole message says, to copy. */
  text: string;
  status: Status;
  time: string;
  quote: Quote | null;
  menu: MenuPoint | null;
  onMenu: (point: MenuPoint | null) => void;
};

export function Bubble(props: BubbleProps) {
  const { item, own, senderId, last, flash, mine, text, quote, menu, onMenu } = props;
  const frame = frameOf(item);
  const stored = isStored(item) ? item : null;
  const source = stored ? sourceOf(stored.content) : null;
  const bare = frame === "bare" || frame === "emoji";
  const setTarget = useSetComposeTarget(item.conversationId);
  const canReply = useHasComposer() && stored !== null && allows(stored.content.kind, "reply");
  const reply = () => (canReply ? setTarget({ action: "reply", seq: stored.seq }) : undefined);
  const swipe = useSwipe(reply);
  // The menu is made when it is first opened: most never are.
  const [used, setUsed] = useState(false);
  if (menu && !used) setUsed(true);
  return (
    <div className="group relative max-w-full touch-pan-y" {...(canReply ? swipe : {})}>
      <div
        data-bubble
        className={`relative min-w-0 max-w-full break-words rounded-2xl transition-transform duration-100 [transform:translateX(var(--swipe,0))] motion-reduce:transition-none ${frames[frame]} ${bare ? "" : own ? "bg-own" : "bg-other"} ${corner(own, last)} ${flash ? "animate-flash" : ""}`}
      >
        {source === null ? null : <SourceLine name={source} className={quoteFrames[frame]} />}
        {quote ? (
          <div className={`flex ${quoteFrames[frame]}`}>
            <QuoteView conversationId={item.conversationId} quote={quote} />
          </div>
        ) : null}
        {/* Inside, so that the direction of the words does not turn the bubble round. */}
        <div dir={frame === "text" ? "auto" : undefined} className="flow-root">
          <MessageBody item={item} own={own} senderId={senderId} />
          <Meta {...props} frame={frame} />
        </div>
      </div>
      {stored ? <HoverBar open={menu !== null} onMenu={onMenu} onReply={canReply ? reply : null} /> : null}
      {stored && used ? (
        <MessageMenu {...{ message: stored, own, mine, text, point: menu }} onClose={() => onMenu(null)} />
      ) : null}
    </div>
  );
}

type HoverBarProps = { open: boolean; onMenu: (point: MenuPoint) => void; onReply: (() => void) | null };

/** On the bubble's edge, so that it has room at any width. A finger swipes, and opens the menu by a long touch, instead. */
function HoverBar({ open, onMenu, onReply }: HoverBarProps) {
  const t = useTranslations("messages.menu");
  const press = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const article = currentTarget.closest<HTMLElement>("[role=article]") ?? currentTarget;
    onMenu({ ...pointBelow(currentTarget), from: article });
  };
  return (
    <div className="absolute end-2 -top-4 flex rounded-full border border-line bg-raised opacity-0 shadow-card focus-within:opacity-100 group-hover:opacity-100 has-aria-expanded:opacity-100 pointer-coarse:invisible">
      {onReply ? (
        <BarButton label={t("reply")} onClick={onReply}>
          <Reply aria-hidden />
        </BarButton>
      ) : null}
      <BarButton label={t("label")} open={open} onClick={press}>
        <Ellipsis aria-hidden />
      </BarButton>
    </div>
  );
}

type BarButtonProps = {
  label: string;
  open?: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  children: ReactNode;
};

/** No stop of the Tab key: the menu key and R do the same from the message. */
function BarButton({ label, open, onClick, children }: BarButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      aria-haspopup={open === undefined ? undefined : "menu"}
      aria-expanded={open}
      onClick={onClick}
      className="inline-flex size-7 items-center justify-center rounded-full text-ink-soft hover:bg-hover hover:text-ink [&>svg]:size-4"
    >
      {children}
    </button>
  );
}

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

/** Where a quote stands in a bubble; one without a background gives the quote its own. */
const quoteFrames: Record<Frame, string> = {
  text: "",
  card: "px-2 pt-1",
  footed: "px-2 pt-1",
  bare: "mb-1 rounded-xl bg-other px-1 shadow-card",
  emoji: "mb-1 rounded-xl bg-other px-1 shadow-card",
};

type MetaProps = Pick<BubbleProps, "item" | "own" | "starred" | "status" | "time"> & { frame: Frame };

/** Time and status; the row's name says both, so here they are for the eye. */
function Meta({ item, own, starred, status, time, frame }: MetaProps) {
  const t = useTranslations("messages.edit");
  const silent = useTranslations("messages.silent");
  const iso = isStored(item) ? item.sentAt : item.createdAt;
  return (
    <span className={`inline-flex select-none items-center gap-1 text-xs leading-5 ${metas[frame]}`}>
      {starred ? <Star aria-hidden className="size-3 fill-current" /> : null}
      {isStored(item) && item.pinnedAt !== undefined ? <Pin aria-hidden className="size-3" /> : null}
      {isStored(item) && item.editedAt !== null ? <span>{t("edited")}</span> : null}
      {item.content.silent ? (
        <span title={silent("hint")}>
          <BellOff aria-hidden className="size-3" />
        </span>
      ) : null}
      <bdi>
        <time dateTime={iso}>{time}</time>
      </bdi>
      {own ? <Tick status={status} onPicture={frame === "bare"} /> : null}
    </span>
  );
}
