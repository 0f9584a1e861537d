import type { Friend, FriendRequest } from "#contracts/friends.ts";
import { type PersonRow, toPerson } from "#server/people/view.ts";

export type FriendRow = PersonRow & { alias: string; since: Date; conversationId: string };

export function toFriend(row: FriendRow): Friend {
  return {
    person: toPerson(row),
    alias: row.alias,
    since: row.since.toISOString(),
    conversationId: row.conversationId,
  };
}

/** `id` and the other public columns are the other person's. */
export type FriendRequestRow = PersonRow & { fromId: string; note: string; status: string; createdAt: Date };

export function toFriendRequest(row: FriendRequestRow): FriendRequest {
  return {
    person: toPerson(row),
    direction: row.fromId === row.id ? "received" : "sent",
    note: row.note,
    status: row.status as FriendRequest["status"], // written through the same enum
    createdAt: row.createdAt.toISOString(),
  };
}
