import type { Conversation } from "#contracts/conversations.ts";
import type { FriendList } from "#contracts/friends.ts";

/** The refusals of sending that a client can foresee; not that the other person blocked me. */
export type ReadOnlyReason = "conversation_closed" | "not_friends" | "blocked_by_me";

/** What sending would be refused with (prisma/functions/write_refusal.sql decides), or null. */
export function readOnlyReasonOf(
  { closedAt, kind, peer }: Conversation,
  { friends, blocked }: Pick<FriendList, "friends" | "blocked">,
): ReadOnlyReason | null {
  if (closedAt !== null) return "conversation_closed";
  if (kind !== "direct" || !peer) return null;
  if (!friends.some(({ person }) => person.id === peer.id)) return "not_friends";
  return blocked.some(({ id }) => id === peer.id) ? "blocked_by_me" : null;
}
