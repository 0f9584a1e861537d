import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { person } from "#contracts/people.ts";
import { count, id, optionalLine, positive, time } from "#contracts/text.ts";

/** A link into a community, without its code. */
const invite = z.object({
  id,
  label: z.string(),
  creator: person,
  createdAt: time,
  /** Null: without an end. */
  expiresAt: z.nullable(time),
  /** Null: without a limit. */
  maxUses: z.nullable(positive),
  uses: count,
});
export type Invite = z.infer<typeof invite>;

export const inviteCreateInput = z.object({
  communityId: id,
  label: z.optional(optionalLine(limits.inviteLabel.max)),
  /** From now on; left out: without an end. */
  seconds: z.optional(positive.check(z.maximum(limits.inviteSeconds))),
  /** Left out: without a limit. */
  maxUses: z.optional(positive.check(z.maximum(limits.inviteUses))),
});
export type InviteCreateInput = z.infer<typeof inviteCreateInput>;
/** `code`: 128 random bits, shown this once; only its hash is stored. */
export const inviteCreateOutput = z.object({ invite, code: z.string() });
export type InviteCreateOutput = z.infer<typeof inviteCreateOutput>;

export const inviteListInput = z.object({ communityId: id });
/** Those that are not revoked, the latest first. */
export const inviteList = z.object({ invites: z.array(invite) });
export type InviteList = z.infer<typeof inviteList>;

export const inviteRef = z.object({ communityId: id, inviteId: id });
export type InviteRef = z.infer<typeof inviteRef>;

const useCursor = z.object({ usedAt: time, personId: id });
export type UseCursor = z.infer<typeof useCursor>;
export const inviteUsesInput = z.object({
  communityId: id,
  inviteId: id,
  /** The last of the page before. */
  after: z.optional(useCursor),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type InviteUsesInput = z.infer<typeof inviteUsesInput>;
/** Who came by a link, the latest first. `next`: where the next page begins, or null. */
export const inviteUses = z.object({
  uses: z.array(z.object({ person, usedAt: time })),
  next: z.nullable(useCursor),
});
export type InviteUses = z.infer<typeof inviteUses>;

export const addFriendInput = z.object({ communityId: id, personId: id });
export type AddFriendInput = z.infer<typeof addFriendInput>;
/** `added`: they are a member now. `asks`: they want to be asked: send them a link. */
export const addFriendOutput = z.object({ outcome: z.enum(["added", "asks"]) });
export type AddFriendOutput = z.infer<typeof addFriendOutput>;

/** What a link says to people who are not signed in. `picture`: an address that serves it for some minutes. */
export const invitePreview = z.object({
  found: z.nullable(
    z.object({ id, name: z.string(), icon: z.string(), picture: z.nullable(z.string()), memberCount: count }),
  ),
});
export type InvitePreview = z.infer<typeof invitePreview>;
