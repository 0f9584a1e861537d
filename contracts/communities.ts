import * as z from "zod/mini";
import { isOneEmoji } from "#contracts/emoji.ts";
import { limits } from "#contracts/limits.ts";
import { person } from "#contracts/people.ts";
import { communityRules, muted } from "#contracts/permissions.ts";
import { count, id, nameLine, optionalLine, optionalText, positive, time } from "#contracts/text.ts";

/** The seed's five: 默认, 兴趣爱好, 行业交流, 生活休闲, 学习考试. */
export const categories = ["default", "interests", "industry", "life", "study"] as const;
const category = z.enum(categories);
export const joinPolicies = ["open", "approval", "invite"] as const;
const joinPolicy = z.enum(joinPolicies);
const roles = ["owner", "admin", "member"] as const;
export const role = z.enum(roles);

/** A community's id is also its conversation's id. */
export const community = z.object({
  id,
  number: positive,
  name: z.string(),
  /** An emoji, or empty for the generated icon. */
  icon: z.string(),
  /** The file of a picture instead, which everyone who is signed in may see. */
  iconId: z.nullable(id),
  category,
  description: z.string(),
  ownerId: id,
  joinPolicy,
  /** What those who ask to join are asked, where the owner approves of them; empty: nothing. */
  joinQuestion: z.string(),
  /** When false, newcomers read only from their own arrival on. */
  historyVisibleToNewMembers: z.boolean(),
});
export type Community = z.infer<typeof community>;

/** As much of a community as a row of a list shows. */
export const communityName = z.pick(community, { id: true, name: true, icon: true, iconId: true });

const emojiIcon = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(64, { error: "invalid_icon", abort: true })),
    z.transform((text: string) => text.trim()),
  ),
  z.string().check(z.refine((text) => text === "" || isOneEmoji(text), { error: "invalid_icon" })),
);

export const communityCreateInput = z.object({
  name: nameLine(limits.communityName.max),
  /** One emoji, or nothing. */
  icon: z.optional(emojiIcon),
  /** A file of mine, uploaded as `icon`. */
  iconId: z.optional(z.nullable(id)),
  category: z.optional(category),
  description: z.optional(optionalText(limits.communityDescription.max)),
  joinPolicy: z.optional(joinPolicy),
  joinQuestion: z.optional(optionalLine(limits.joinQuestion.max)),
  historyVisibleToNewMembers: z.optional(z.boolean()),
});
export type CommunityCreateInput = z.infer<typeof communityCreateInput>;
export const communityUpdateInput = z.extend(z.partial(communityCreateInput), { communityId: id });
export type CommunityUpdateInput = z.infer<typeof communityUpdateInput>;
export const communityInput = z.object({ communityId: id });
export const communityMemberInput = z.object({ communityId: id, personId: id });

/** What a stranger learns before joining. */
const communityCard = z.object({
  community,
  memberCount: count,
  relation: z.enum(["member", "requested", "none"]),
});
export type CommunityCard = z.infer<typeof communityCard>;
export const communityFindInput = z.object({ number: positive });
export const communityInviteInput = z.object({ code: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/)) });
export const communityFindOutput = z.object({ found: z.nullable(communityCard) });

/** What a member sees. `mayInvite`: whether I may make links and add friends. */
export const communityDetail = z.object({
  community,
  memberCount: count,
  role,
  /** The roles that I have, also those that are deleted: `rules` has those that are left. */
  roleIds: z.array(id),
  rules: communityRules,
  mayInvite: z.boolean(),
  closedAt: z.nullable(time),
});
export type CommunityDetail = z.infer<typeof communityDetail>;

/** A person who is kept out. `until` null: until it is lifted. `by` null: that person's account is gone. */
const ban = z.object({ person, reason: z.string(), until: z.nullable(time), by: z.nullable(person), createdAt: time });
export type Ban = z.infer<typeof ban>;
/** People who cannot come back now; the latest first. */
export const communityBanList = z.object({ people: z.array(person), bans: z.array(ban) });
export type CommunityBanList = z.infer<typeof communityBanList>;
export const communityBanInput = z.object({
  communityId: id,
  personId: id,
  reason: z.optional(optionalLine(limits.banReason.max)),
  until: z.optional(z.nullable(time)),
});
/** What became of the request, by this decision or by another that was faster. */
export const joinDecisionOutput = z.object({ done: z.literal(true), status: z.enum(["accepted", "refused"]) });
export type JoinDecision = z.infer<typeof joinDecisionOutput>;

export const communityJoinInput = z.object({
  communityId: id,
  inviteCode: z.optional(z.string().check(z.maxLength(64))),
  /** The answer to the community's question. */
  note: z.optional(optionalLine(limits.requestNote.max)),
});
export const communityJoinOutput = z.object({ outcome: z.enum(["joined", "requested"]), communityId: id });

export const member = z.object({
  personId: id,
  role,
  /** Roles of the community's own, also those that are deleted meanwhile. */
  roleIds: z.array(id),
  /** An admin took the word from them. */
  muted,
  visibleFromSeq: positive,
  joinedAt: time,
  leftAt: z.nullable(time),
  rev: count,
});
export type Member = z.infer<typeof member>;
export const memberList = z.object({ rev: count, members: z.array(member), people: z.array(person) });
export type MemberList = z.infer<typeof memberList>;

/** A request to join. People who decide it see it as `received`, the requester as `sent`. */
export const joinRequest = z.object({
  community,
  person,
  direction: z.enum(["sent", "received"]),
  note: z.string(),
  status: z.enum(["pending", "accepted", "refused", "withdrawn"]),
  createdAt: time,
});
export type JoinRequest = z.infer<typeof joinRequest>;
export const communityList = z.object({
  rev: count,
  communities: z.array(communityDetail),
  requests: z.array(joinRequest),
});
export type CommunityList = z.infer<typeof communityList>;
