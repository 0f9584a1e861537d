import type { ConfigureInput, ConversationSettings } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";

/** A conversation in a person's list: its settings, and what they end with. */
export type Listed = { settings: ConversationSettings; lastMessageAt: string; lastReadSeq: number; lastSeq: number };

/**
 * The settings after a change. Pinned and put away exclude each other: pinning takes a conversation back, archiving and
 * hiding end its pin.
 */
export function settingsAfter({ settings, lastMessageAt, lastReadSeq }: Listed, wanted: Wanted): ConversationSettings {
  const { pinned, muted, archived, hidden, markedUnread } = wanted;
  const whether = (wish: boolean | undefined) => wish ?? (pinned ? false : undefined);
  const away = archived || hidden;
  return {
    ...settings,
    pinned: away ? false : (pinned ?? settings.pinned),
    muted: muted === undefined ? settings.muted : muted,
    archivedAt: mark(whether(archived), lastMessageAt, settings.archivedAt),
    hiddenAt: mark(whether(hidden), lastMessageAt, settings.hiddenAt),
    markedUnreadSeq: mark(markedUnread, lastReadSeq, settings.markedUnreadSeq),
  };
}

/** Which messages were deleted by their reader or brought back, and the last one that is left. */
type Hiding = { changed: readonly number[]; hidden: boolean; last: number | null };

/** The settings after messages were deleted by their reader, or brought back. */
export function settingsAfterHiding(
  { settings, lastReadSeq, lastSeq }: Listed,
  { changed, hidden, last }: Hiding,
): ConversationSettings {
  const others = settings.hiddenUnread.filter((seq) => !changed.includes(seq));
  const hiddenUnread = [...others, ...(hidden ? changed : [])]
    .filter((seq) => seq > lastReadSeq)
    .sort((a, b) => a - b)
    .slice(-limits.hiddenCounted);
  return { ...settings, hiddenUnread, lastVisible: last === lastSeq ? null : { lastSeq, seq: last } };
}

type Wanted = Omit<ConfigureInput, "conversationId">;

const mark = <Mark>(wish: boolean | undefined, now: Mark, held: Mark | null): Mark | null =>
  wish === undefined ? held : wish ? now : null;
