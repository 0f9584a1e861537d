import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { person } from "#contracts/people.ts";
import { count, id, optionalLine, time } from "#contracts/text.ts";

export const friend = z.object({
  person,
  /** My own name for them; empty when I gave none. */
  alias: z.string(),
  since: time,
  conversationId: id,
});
export type Friend = z.infer<typeof friend>;

const requestStatuses = ["pending", "accepted", "refused", "withdrawn"] as const;
/** A friend request as one of its two people sees it: `person` is always the other one. */
export const friendRequest = z.object({
  person,
  direction: z.enum(["sent", "received"]),
  note: z.string(),
  status: z.enum(requestStatuses),
  createdAt: time,
});
export type FriendRequest = z.infer<typeof friendRequest>;

/** Everything of the friends shelf from one snapshot; `rev` is my people.rev. Requests are the pending ones. */
export const friendList = z.object({
  rev: count,
  friends: z.array(friend),
  requests: z.array(friendRequest),
  blocked: z.array(person),
});
export type FriendList = z.infer<typeof friendList>;

/** An IM number, a handle or a mobile number, exactly. */
export const friendFindInput = z.object({ query: z.string().check(z.maxLength(64, { error: "text_too_long" })) });
export const friendFindOutput = z.object({
  found: z.nullable(z.object({ person, relation: z.enum(["self", "friend", "sent", "received", "blocked", "none"]) })),
});
export const friendRequestInput = z.object({ personId: id, note: z.optional(optionalLine(limits.requestNote.max)) });
/** `accepted` when they had asked me already, or accept automatically. */
export const friendRequestOutput = z.object({
  outcome: z.enum(["requested", "accepted"]),
  conversationId: z.nullable(id),
});
export const otherPersonInput = z.object({ personId: id });
export const friendAcceptOutput = z.object({ conversationId: id });
export const friendAliasInput = z.object({ personId: id, alias: optionalLine(limits.alias.max) });
