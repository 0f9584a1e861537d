"use client";

import { useTranslations } from "next-intl";
import type { EmojiCompletion } from "#components/emoji/use-emoji-completion.ts";
import { useEmojiName } from "#components/emoji/use-emoji-name.ts";
import { OptionList } from "#components/ui/option-list.tsx";

export const emojiOptionsId = "emoji-options";

/** The emoji that may be meant. */
export function EmojiOptions({ completion: { suggestions, chosen, pick } }: { completion: EmojiCompletion }) {
  const t = useTranslations("emoji");
  const nameOf = useEmojiName();
  const options = suggestions.map(({ entry, toned, shortcode }) => ({
    key: entry.emoji,
    content: (
      <>
        <span aria-hidden className="w-7 text-center text-xl">
          {toned.emoji}
        </span>
        <span className="min-w-0 flex-1 truncate">{nameOf(entry, toned)}</span>
        <span aria-hidden className="max-w-32 truncate text-ink-soft text-sm">
          {shortcode === "" ? "" : `:${shortcode}:`}
        </span>
      </>
    ),
  }));
  return <OptionList id={emojiOptionsId} label={t("label")} options={options} chosen={chosen} onPick={pick} />;
}
