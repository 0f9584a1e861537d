import type { ConversationSettings } from "#contracts/conversations.ts";

/** How a member has a conversation in the list who has set nothing. */
export const untouched: ConversationSettings = {
  pinned: false,
  muted: null,
  archivedAt: null,
  hiddenAt: null,
  markedUnreadSeq: null,
  hiddenUnread: [],
  lastVisible: null,
};
