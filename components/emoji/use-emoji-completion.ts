"use client";

import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Emoji, EmojiList, SkinTone, TonedEmoji } from "#client/emoji/emoji-data.ts";
import { shortcodeAt } from "#client/emoji/shortcode-at.ts";
import { useEmoji } from "#client/emoji/use-emoji.ts";
import { useRecentEmoji } from "#client/emoji/use-recent-emoji.ts";
import { useSkinTone } from "#client/emoji/use-skin-tone.ts";
import { withTone } from "#client/emoji/with-tone.ts";

/** `shortcode`: the one that was begun, else the shortest. */
type EmojiSuggestion = { entry: Emoji; toned: TonedEmoji; shortcode: string };

export type EmojiCompletion = {
  /** What ":smi" at the caret may mean; Enter takes the chosen one. */
  suggestions: EmojiSuggestion[];
  chosen: number;
  pick(at: number): void;
  /** True when the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  onCaret(): void;
};

const none: EmojiSuggestion[] = [];
const most = 6;

const suggest = ({ search }: EmojiList, query: string, tone: SkinTone | null): EmojiSuggestion[] =>
  search(query, most).map((entry) => {
    const shortest = entry.shortcodes.toSorted((a, b) => a.length - b.length);
    const shortcode = shortest.find((one) => one.startsWith(query.toLowerCase())) ?? shortest[0] ?? "";
    return { entry, toned: withTone(entry, tone), shortcode };
  });

/** Naming an emoji while writing. The list of emoji is fetched when the first is named. */
export function useEmojiCompletion(
  area: RefObject<HTMLTextAreaElement | null>,
  draft: string,
  insert: (inserted: string, stretch: { start: number; end: number }) => void,
): EmojiCompletion {
  const [caret, setCaret] = useState(0);
  const [moved, setMoved] = useState({ query: "", to: 0 });
  const [dismissed, setDismissed] = useState(-1);
  const composing = useComposing(area);
  const { remember } = useRecentEmoji();
  const [tone] = useSkinTone();
  const named = composing ? null : shortcodeAt(draft, caret);
  const open = named !== null && named.start !== dismissed;
  const { list } = useEmoji(open);
  const suggestions = open && list ? suggest(list, named.query, tone) : none;
  // Another query has another best.
  const chosen = moved.query === named?.query ? Math.min(moved.to, suggestions.length - 1) : 0;

  const pick = (at: number) => {
    const emoji = suggestions[at]?.toned.emoji;
    if (!named || emoji === undefined) return;
    remember(emoji);
    insert(emoji, { start: named.start, end: caret });
    setCaret(named.start + emoji.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const last = suggestions.length - 1;
    if (last < 0 || !named) return false;
    const whole = suggestions.findIndex(({ entry }) => entry.shortcodes.includes(named.query.toLowerCase()));
    if (key === "ArrowDown") setMoved({ query: named.query, to: chosen === last ? 0 : chosen + 1 });
    else if (key === "ArrowUp") setMoved({ query: named.query, to: chosen === 0 ? last : chosen - 1 });
    else if (key === "Enter" || key === "Tab") pick(chosen);
    // The colon that ends ":tada:".
    else if (key === ":" && whole >= 0) pick(whole);
    else if (key === "Escape") setDismissed(named.start);
    else return false;
    event.preventDefault();
    return true;
  };
  return { suggestions, chosen, pick, onKeyDown, onCaret: () => setCaret(area.current?.selectionStart ?? 0) };
}

/** Whether an input method is composing: its letters are not what is meant yet. */
function useComposing(area: RefObject<HTMLTextAreaElement | null>): boolean {
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    const field = area.current;
    const [begin, end] = [() => setComposing(true), () => setComposing(false)];
    field?.addEventListener("compositionstart", begin);
    field?.addEventListener("compositionend", end);
    return () => {
      field?.removeEventListener("compositionstart", begin);
      field?.removeEventListener("compositionend", end);
    };
  }, [area]);
  return composing;
}
