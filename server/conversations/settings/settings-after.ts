import type { ConfigureInput, ConversationSettings } from "#contracts/conversations.ts";

/** A conversation in a person's list: its settings, and what they end with. */
export type Listed = { settings: ConversationSettings; lastMessageAt: string; lastReadSeq: number };

/**
 * The settings after a change. Pinned and put away exclude each other: pinning takes a conversation back, archiving and
 * hiding end its pin.
 */
export function settingsAfter({ settings, lastMessageAt, lastReadSeq }: Listed, wanted: Wanted): ConversationSettings {
  const { pinned, muted, archived, hidden, markedUnread } = wanted;
  const whether = (wish: boolean | undefined) => wish ?? (pinned ? false : undefined);
  const away = archived || hidden;
  return {
    pinned: away ? false : (pinned ?? settings.pinned),
    muted: muted === undefined ? settings.muted : muted,
    archivedAt: mark(whether(archived), lastMessageAt, settings.archivedAt),
    hiddenAt: mark(whether(hidden), lastMessageAt, settings.hiddenAt),
    markedUnreadSeq: mark(markedUnread, lastReadSeq, settings.markedUnreadSeq),
  };
}
type Wanted = Omit<ConfigureInput, "conversationId">;

const mark = <Mark>(wish: boolean | undefined, now: Mark, held: Mark | null): Mark | null =>
  wish === undefined ? held : wish ? now : null;
