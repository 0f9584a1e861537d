import type { ConversationSettings } from "#contracts/conversations.ts";

/** A row of `conversation_settings`; all null where there is none. */
export type SettingsRow = {
  pinned: boolean | null;
  muted: boolean | null;
  mutedUntil: Date | null;
  exceptMentions: boolean | null;
  archivedAt: Date | null;
  hiddenAt: Date | null;
  markedUnreadSeq: number | null;
  hiddenUnread: number[] | null;
  shownOfSeq: number | null;
  shownSeq: number | null;
};

export function toSettings(row: SettingsRow): ConversationSettings {
  return {
    pinned: row.pinned ?? false,
    muted: row.muted
      ? { until: row.mutedUntil?.toISOString() ?? null, exceptMentions: row.exceptMentions ?? false }
      : null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    hiddenAt: row.hiddenAt?.toISOString() ?? null,
    markedUnreadSeq: row.markedUnreadSeq,
    hiddenUnread: row.hiddenUnread ?? [],
    lastVisible: row.shownOfSeq === null ? null : { lastSeq: row.shownOfSeq, seq: row.shownSeq },
  };
}
