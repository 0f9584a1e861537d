"use client";

import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Why nothing can be written here, or null when it can. The server decides; this only says it before the attempt. */
export type ReadOnlyReason = "closed" | "blocked" | "notFriends" | null;

export function useReadOnlyReason({ closedAt, kind, peer }: Conversation): ReadOnlyReason {
  const { friends, blocked, status } = useFriendList();
  if (closedAt !== null) return "closed";
  if (kind !== "direct" || !peer || status !== "ready") return null;
  if (blocked.some(({ id }) => id === peer.id)) return "blocked";
  return friends.some(({ person }) => person.id === peer.id) ? null : "notFriends";
}
