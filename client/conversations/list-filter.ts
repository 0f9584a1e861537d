import { isArchived, isHidden, isUnread } from "#client/conversations/settings.ts";
import type { Conversation } from "#contracts/conversations.ts";

export const listFilters = ["all", "unread", "groups", "direct", "archived"] as const;
export type ListFilter = (typeof listFilters)[number];

/** The conversations that a filter shows, those that are pinned first; each part stays sorted by activity. */
export function listed(
  conversations: readonly Conversation[],
  { filter, openId, now }: { filter: ListFilter; openId: string | null; now: number },
): Conversation[] {
  const shown = conversations.filter((one) => {
    if (isHidden(one)) return false;
    if (isArchived(one, now) !== (filter === "archived")) return false;
    // The open one is read at once; it would vanish under the pointer.
    if (filter === "unread") return isUnread(one) || one.id === openId;
    if (filter === "groups") return one.kind === "community";
    return filter !== "direct" || one.kind !== "community";
  });
  return [...shown.filter(({ settings }) => settings.pinned), ...shown.filter(({ settings }) => !settings.pinned)];
}
