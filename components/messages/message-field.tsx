"use client";

import { useTranslations } from "next-intl";
import type { ClipboardEvent, KeyboardEvent, RefObject } from "react";
import { emojiOptionsId } from "#components/emoji/emoji-options.tsx";
import type { EmojiCompletion } from "#components/emoji/use-emoji-completion.ts";
import { mentionListId } from "#components/messages/mention-list.tsx";
import { useAutosize } from "#components/messages/use-autosize.ts";
import type { Mentions } from "#components/messages/use-mentions.ts";
import { isComposed } from "#components/ui/composing.ts";
import { optionId } from "#components/ui/option-list.tsx";

/** The page has one composer; the timeline moves the focus to it by this id. */
export const composerId = "composer";

type FieldProps = {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  over: boolean;
  mentions: Mentions;
  emoji: EmojiCompletion;
  onText: (text: string) => void;
  onFiles: (files: File[]) => void;
  onSend: () => void;
  /** Keys that neither the lists nor the field itself use. */
  onOtherKey?: (event: KeyboardEvent) => void;
};

/** Whether a text says nothing but where these files are; so does an empty one. */
const isNameOf = (text: string, files: readonly File[]) =>
  text.split(/[\r\n]+/).every((line) => line === "" || files.some(({ name }) => line.split(/[/\\]/).at(-1) === name));

/** Grows with the text, sends on Enter, and is the combobox of the lists of people and emoji that can be named. */
export function MessageField({ area, text, over, mentions, emoji, onText, onFiles, onSend, onOtherKey }: FieldProps) {
  const t = useTranslations("messages");
  useAutosize(area, text);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event) || mentions.onKeyDown(event) || emoji.onKeyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return onOtherKey?.(event);
    event.preventDefault();
    onSend();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of the text beside the text; file managers put the file's name beside the file.
    if (files.length === 0 || !isNameOf(event.clipboardData.getData("text/plain"), files)) return;
    event.preventDefault();
    onFiles(files);
  };
  const onCaret = () => {
    mentions.onCaret();
    emoji.onCaret();
  };
  const list = [
    { id: mentionListId, ...mentions },
    { id: emojiOptionsId, ...emoji },
  ].find(({ suggestions }) => suggestions.length > 0);
  return (
    <textarea
      ref={area}
      id={composerId}
      rows={1}
      dir="auto"
      aria-label={t("field")}
      aria-describedby="composer-left"
      aria-invalid={over || undefined}
      aria-autocomplete="list"
      aria-controls={list?.id}
      aria-activedescendant={list && list.chosen !== null ? optionId(list.id, list.chosen) : undefined}
      placeholder={t("placeholder")}
      enterKeyHint="send"
      value={text}
      onChange={(event) => {
        onText(event.target.value);
        onCaret();
      }}
      onSelect={onCaret}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      className="pane-scroll field-sizing-content block max-h-51 min-h-11 w-full resize-none rounded-3xl border border-line bg-canvas px-4 outline-offset-0 focus-visible:border-transparent py-2.5 text-base leading-6 placeholder:text-ink-soft aria-invalid:border-danger sm:text-body"
    />
  );
}
