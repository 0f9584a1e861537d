import { may } from "#client/communities/rights.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { FriendList } from "#contracts/friends.ts";

/** The refusals of sending that a client can foresee; not that the other person blocked me. */
export type ReadOnlyReason = "conversation_closed" | "muted" | "muted_all" | "not_friends" | "blocked_by_me";

/** What sending would be refused with (prisma/functions/write_refusal.sql decides), or null. */
export function readOnlyReasonOf(
  conversation: Conversation,
  { friends, blocked }: Pick<FriendList, "friends" | "blocked">,
  now = Date.now(),
): ReadOnlyReason | null {
  const { closedAt, kind, peer } = conversation;
  if (closedAt !== null) return "conversation_closed";
  if (kind === "community") return mutedReason(conversation, now);
  if (kind !== "direct" || !peer) return null;
  if (!friends.some(({ person }) => person.id === peer.id)) return "not_friends";
  return blocked.some(({ id }) => id === peer.id) ? "blocked_by_me" : null;
}

/** Whom a mute of theirs, of all, or slow mode holds: not those who may mute. */
export const isHeld = (conversation: Conversation): boolean =>
  conversation.rules !== null && !may(conversation, "mute");

function mutedReason(conversation: Conversation, now: number): "muted" | "muted_all" | null {
  const { muted, rules } = conversation;
  if (!isHeld(conversation)) return null;
  if (muted && (muted.until === null || Date.parse(muted.until) > now)) return "muted";
  return rules?.mutedAll ? "muted_all" : null;
}
