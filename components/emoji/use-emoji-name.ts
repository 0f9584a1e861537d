"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Emoji, TonedEmoji } from "#client/emoji/emoji-data.ts";

/** The name of an emoji in the reader's language, with its skin tones. */
export function useEmojiName(): (entry: Emoji, toned: TonedEmoji) => string {
  const t = useTranslations("emoji");
  const chinese = useLocale().startsWith("zh");
  return useCallback(
    ({ names }, { tones }) => {
      const name = chinese ? names.zh : names.en;
      if (tones.length === 0) return name;
      return t("toned", { name, tones: tones.map((tone) => t(`tones.${tone}`)).join(t("comma")) });
    },
    [t, chinese],
  );
}
