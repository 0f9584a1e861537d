import { isArchived, isHidden, isUnread } from "#client/conversations/settings.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Folder } from "#contracts/folders.ts";

export const listFilters = ["all", "unread", "groups", "direct", "archived"] as const;
export type ListFilter = (typeof listFilters)[number];

/** What the list shows: a filter, or one of my folders. */
export type Shown = { filter: ListFilter } | { folder: Folder };

type View = { openId: string | null; now: number };

/** The conversations that are shown, those that are pinned first; each part stays sorted by activity. */
export function listed(conversations: readonly Conversation[], shown: Shown & View): Conversation[] {
  const filter = "folder" in shown ? "all" : shown.filter;
  const inside = "folder" in shown ? new Set(shown.folder.conversationIds) : null;
  const kept = conversations.filter((one) => {
    if (isHidden(one) || (inside && !inside.has(one.id))) return false;
    if (isArchived(one, shown.now) !== (filter === "archived")) return false;
    // The open one is read at once; it would vanish under the pointer.
    if (filter === "unread") return isUnread(one) || one.id === shown.openId;
    if (filter === "groups") return one.kind === "community";
    return filter !== "direct" || one.kind !== "community";
  });
  return [...kept.filter(({ settings }) => settings.pinned), ...kept.filter(({ settings }) => !settings.pinned)];
}
