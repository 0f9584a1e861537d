"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type Emoji, type EmojiList, emojiGroups, type SkinTone } from "#client/emoji/emoji-data.ts";
import { withTone } from "#client/emoji/with-tone.ts";
import type { Section } from "#components/emoji/grid-layout.ts";
import { useEmojiName } from "#components/emoji/use-emoji-name.ts";

/** An emoji as it stands in the grid: `emoji` is what is chosen, `name` what a screen reader says. */
export type Shown = { emoji: string; name: string; entry: Emoji };

const mostFound = 200;
const nothing: readonly Section<Shown>[] = [];

/** Recent emoji and the groups of Unicode; for a query, what it finds. */
export function useEmojiSections(
  list: EmojiList | undefined,
  query: string,
  tone: SkinTone | null,
  recents: readonly string[],
): readonly Section<Shown>[] {
  const t = useTranslations("emoji.groups");
  const nameOf = useEmojiName();
  // What is chosen stays in its place: recent ones are put in order at the next opening.
  const [lately] = useState(recents);
  return useMemo(() => {
    if (!list) return nothing;
    const shown = (entry: Emoji, toned = withTone(entry, tone)) => ({
      emoji: toned.emoji,
      name: nameOf(entry, toned),
      entry,
    });
    if (query.trim() !== "") {
      return [{ key: "found", name: "", items: list.search(query, mostFound).map((entry) => shown(entry)) }];
    }
    const recent = lately.flatMap((emoji) => {
      const found = list.find(emoji);
      return found ? [shown(found.entry, found.toned)] : [];
    });
    const groups = emojiGroups.map((group) => ({
      key: group,
      name: t(group),
      items: list.all.filter((entry) => entry.group === group).map((entry) => shown(entry)),
    }));
    return [{ key: "recents", name: t("recents"), items: recent }, ...groups];
  }, [list, query, tone, lately, nameOf, t]);
}
