"use client";

import { Copy, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { useReactionPicker } from "#components/emoji/reaction-picker.tsx";
import { Menu, MenuItem, MenuRow } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

const quickReactions = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

type MessageMenuProps = {
  message: Message;
  own: boolean;
  mine: readonly string[];
  text: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What can be done with a stored message; opened by its button, a long press or the menu key. */
export function MessageMenu({ message, own, mine, text, open, onOpenChange }: MessageMenuProps) {
  const t = useTranslations("messages.menu");
  const { more, picker } = useReactionPicker(message);
  return (
    <>
      <Menu
        label={t("label")}
        open={open}
        onOpenChange={onOpenChange}
        // On the bubble's edge, so that it has room at any width. A finger opens the menu by a long touch instead.
        className="absolute end-2 -top-3.5 size-7 min-h-0 rounded-full border border-line bg-raised text-ink-soft opacity-0 shadow-card focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:invisible"
      >
        <Items message={message} own={own} mine={mine} text={text} more={more} />
      </Menu>
      {picker}
    </>
  );
}

type ItemsProps = Omit<MessageMenuProps, "open" | "onOpenChange"> & { more: ReactNode };

/** Mounted when the menu opens, so the time left to recall is judged then. */
function Items({ message, own, mine, text, more }: ItemsProps) {
  const t = useTranslations("messages.menu");
  const showError = useShowError();
  const { react, recall } = useMessageChanges(message);
  const { kind } = message.content;
  const isRecent = Date.now() - Date.parse(message.sentAt) < limits.recallSeconds * 1_000;
  const toggle = (emoji: string) => react.mutate({ emoji, reacted: !mine.includes(emoji) }, { onError: showError });
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => toast.success(t("copied")),
      () => toast.error(t("notCopied")),
    );
  return (
    <>
      {allows(kind, "react") ? (
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
      ) : null}
      <MenuItem icon={<Copy aria-hidden />} onSelect={copy}>
        {t("copy")}
      </MenuItem>
      {own && isRecent && allows(kind, "recall") ? (
        <MenuItem icon={<Undo2 aria-hidden />} danger onSelect={() => recall.mutate(undefined, { onError: showError })}>
          {t("recall")}
        </MenuItem>
      ) : null}
    </>
  );
}
