"use client";

import { Copy, Flag, Forward, History, Info, ListChecks, Pencil, Reply, Undo2, UserRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import type { ComposeTarget } from "#client/conversations/draft-words.ts";
import { mayEdit } from "#client/messages/last-editable.ts";
import { isSelectable, selection } from "#client/messages/selection.ts";
import { useSetComposeTarget } from "#client/messages/use-compose-target.ts";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { useReactionPicker } from "#components/emoji/use-reaction-picker.tsx";
import { EditHistory } from "#components/messages/edit-history.tsx";
import { useHasComposer } from "#components/messages/has-composer.ts";
import { KeepItems } from "#components/messages/keep-items.tsx";
import { composerId } from "#components/messages/message-field.tsx";
import { MessageInformation } from "#components/messages/message-information.tsx";
import { RemoveItem } from "#components/messages/remove-item.tsx";
import { RemindDialog, RemindItems } from "#components/messages/sending/remind.tsx";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { MenuItem, MenuRow } from "#components/ui/menu.tsx";
import { MenuAt, type MenuPoint } from "#components/ui/menu-at.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

const ForwardDialog = dynamic(() =>
  import("#components/messages/forward/forward-dialog.tsx").then((module) => module.ForwardDialog),
);

const ReportDialog = dynamic(() =>
  import("#components/messages/report-dialog.tsx").then((module) => module.ReportDialog),
);

const quickReactions = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

type MessageMenuProps = {
  message: Message;
  own: boolean;
  /** The emoji of my reactions. */
  mine: readonly string[];
  text: string;
  /** Null: closed. */
  point: MenuPoint | null;
  onClose: () => void;
};

/** What an item opens. */
type Sheet = "history" | "information" | "forward" | "report" | "remind";

/** What can be done with a stored message. */
export function MessageMenu({ message, own, mine, text, point, onClose }: MessageMenuProps) {
  const t = useTranslations("messages.menu");
  const { more, picker } = useReactionPicker(message);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const closeSheet = () => setSheet(null);
  const { conversationId, seq } = message;
  const { isTargeted, target } = useTarget(message, point);
  return (
    <>
      <MenuAt
        label={t("label")}
        point={point}
        onClose={onClose}
        focusAfter={() => (isTargeted.current ? document.getElementById(composerId) : null)}
      >
        {allows(message.content.kind, "react") ? <Reactions message={message} mine={mine} more={more} /> : null}
        <Items
          {...{ message, own, text }}
          onTarget={target}
          onSheet={setSheet}
          onAway={() => {
            if (point) point.from = neighbourOf(point) ?? point.from;
          }}
        />
      </MenuAt>
      {picker}
      {sheet === "history" ? <EditHistory message={message} open onOpenChange={closeSheet} /> : null}
      {sheet === "information" ? <MessageInformation message={message} open onOpenChange={closeSheet} /> : null}
      {sheet === "remind" ? <RemindDialog message={message} onClose={closeSheet} /> : null}
      {sheet === "report" ? <ReportDialog message={message} onClose={closeSheet} /> : null}
      {sheet === "forward" ? (
        <ForwardDialog request={{ conversationId, seqs: [seq], as: "each" }} onClose={closeSheet} />
      ) : null}
    </>
  );
}

/** A row that leaves the timeline passes the focus on to its neighbour. */
function neighbourOf({ from }: MenuPoint): HTMLElement | null {
  const row = from.closest("[role=article]");
  const next = [row?.nextElementSibling, row?.previousElementSibling].find((one) => one?.matches("[role=article]"));
  return next instanceof HTMLElement ? next : null;
}

/** Replying and editing lead to the composer, which has the focus then. */
function useTarget({ conversationId, seq }: Message, point: MenuPoint | null) {
  const setTarget = useSetComposeTarget(conversationId);
  const isTargeted = useRef(false);
  useEffect(() => {
    if (point) isTargeted.current = false;
  }, [point]);
  const target = (action: ComposeTarget["action"]) => {
    isTargeted.current = true;
    setTarget({ action, seq });
  };
  return { isTargeted, target };
}

function Reactions({ message, mine, more }: Pick<MessageMenuProps, "message" | "mine"> & { more: ReactNode }) {
  const t = useTranslations("messages.menu");
  const showError = useShowError();
  const { react } = useMessageChanges(message);
  const toggle = (emoji: string) =>
    // The items are gone by the answer, and with them the callbacks of `mutate`.
    react.mutateAsync({ emoji, reacted: !mine.includes(emoji) }).catch(showError);
  return (
    <MenuRow label={t("react")}>
      {quickReactions.map((emoji) => (
        <MenuItem
          key={emoji}
          label={t("reactWith", { emoji })}
          pressed={mine.includes(emoji)}
          onSelect={() => toggle(emoji)}
        >
          {emoji}
        </MenuItem>
      ))}
      {more}
    </MenuRow>
  );
}

type ItemsProps = Pick<MessageMenuProps, "message" | "own" | "text"> & {
  onTarget: (action: ComposeTarget["action"]) => void;
  onSheet: (sheet: Sheet) => void;
  onAway: () => void;
};

/** Mounted when the menu opens, so the time left to edit and recall is judged then. */
function Items({ message, own, text, onTarget, onSheet, onAway }: ItemsProps) {
  const t = useTranslations("messages.menu");
  const showError = useShowError();
  const hasComposer = useHasComposer();
  const showProfile = useShowProfile();
  const { recall } = useMessageChanges(message);
  const { content, sentAt, editedAt } = message;
  const now = Date.now();
  const mayRecall = now - Date.parse(sentAt) < limits.recallSeconds * 1_000 && allows(content.kind, "recall");
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => toast.success(t("copied")),
      () => toast.error(t("notCopied")),
    );
  return (
    <>
      {hasComposer && allows(content.kind, "reply") ? (
        <MenuItem icon={<Reply aria-hidden />} onSelect={() => onTarget("reply")}>
          {t("reply")}
        </MenuItem>
      ) : null}
      {own ? null : (
        <MenuItem icon={<UserRound aria-hidden />} onSelect={() => showProfile({ personId: message.senderId })}>
          {t("profile")}
        </MenuItem>
      )}
      <MenuItem icon={<Copy aria-hidden />} onSelect={copy}>
        {t("copy")}
      </MenuItem>
      {allows(content.kind, "forward") ? (
        <MenuItem icon={<Forward aria-hidden className="rtl:-scale-x-100" />} onSelect={() => onSheet("forward")}>
          {t("forward")}
        </MenuItem>
      ) : null}
      <RemindItems message={message} onChoose={() => onSheet("remind")} />
      {isSelectable(message) ? (
        <MenuItem icon={<ListChecks aria-hidden />} onSelect={() => selection.start(message)}>
          {t("select")}
        </MenuItem>
      ) : null}
      {hasComposer && own && mayEdit(message, now) ? (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onTarget("edit")}>
          {t("edit")}
        </MenuItem>
      ) : null}
      {editedAt === null ? null : (
        <MenuItem icon={<History aria-hidden />} onSelect={() => onSheet("history")}>
          {t("history")}
        </MenuItem>
      )}
      <MenuItem icon={<Info aria-hidden />} onSelect={() => onSheet("information")}>
        {t("information")}
      </MenuItem>
      {!own && allows(content.kind, "report") ? (
        <MenuItem icon={<Flag aria-hidden />} danger onSelect={() => onSheet("report")}>
          {t("report")}
        </MenuItem>
      ) : null}
      <KeepItems message={message} onAway={onAway} />
      {own ? null : <RemoveItem message={message} />}
      {own && mayRecall ? (
        <MenuItem icon={<Undo2 aria-hidden />} danger onSelect={() => void recall.mutateAsync().catch(showError)}>
          {t("recall")}
        </MenuItem>
      ) : null}
    </>
  );
}
