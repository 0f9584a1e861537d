import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, nameLine, time } from "#contracts/text.ts";

/**
 * What a person may do in a community. `invite`: see the invite link; `add`: decide requests to join; `remove`: send a
 * member away, who may come back; `ban`: keep a person out; `mute`: take the word from members, and keep it oneself;
 * `announce`: write announcements; `mention_all`: call all members; `change_facts`: name, picture, ways in;
 * `delete_messages`: those of others; `manage_roles`: make roles, give them, and say what every member may do.
 */
export const permissions = [
  "invite",
  "add",
  "remove",
  "ban",
  "mute",
  "pin",
  "announce",
  "mention_all",
  "change_facts",
  "delete_messages",
  "manage_roles",
] as const;
const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

const permissionSet = z.pipe(
  z.array(permission).check(z.maxLength(permissions.length)),
  z.transform((given: Permission[]) => permissions.filter((one) => given.includes(one))),
);

/** Colours that names of roles have on every screen; none: that of the text. */
const roleColours = ["red", "orange", "green", "teal", "blue", "purple"] as const;
const roleColour = z.nullable(z.enum(roleColours));

/** A role of a community's own. */
const communityRole = z.object({
  id,
  name: z.string(),
  colour: roleColour,
  permissions: z.array(permission),
});
export type CommunityRole = z.infer<typeof communityRole>;

/** What a community lets its members do. The order of `roles` is the hierarchy, the highest first. */
export const communityRules = z.object({
  memberPermissions: z.array(permission),
  roles: z.array(communityRole),
  /** Only people who may mute write. */
  mutedAll: z.boolean(),
  /** Seconds between two messages of a member; 0: none. People who may mute are exempt. */
  slowSeconds: count,
});
export type CommunityRules = z.infer<typeof communityRules>;

/** `until` null: until it is lifted. Over when `until` is past. */
export const muted = z.nullable(z.object({ until: z.nullable(time) }));
export type Muted = z.infer<typeof muted>;

type Standing = { role: "owner" | "admin" | "member"; roleIds: readonly string[] };

const heldRoles = ({ roleIds }: Standing, { roles }: Pick<CommunityRules, "roles">) =>
  roles.filter(({ id }) => roleIds.includes(id));

/** What the SQL function `community_rights` says; a test compares them. `invite` of all members holds while anyone may join. */
export function permissionsOf(
  standing: Standing,
  rules: Pick<CommunityRules, "roles" | "memberPermissions">,
  joinPolicy: string,
): Permission[] {
  if (standing.role !== "member") return [...permissions];
  const all = rules.memberPermissions.filter((one) => one !== "invite" || joinPolicy === "open");
  const held = new Set([...all, ...heldRoles(standing, rules).flatMap((role) => role.permissions)]);
  return permissions.filter((one) => held.has(one));
}

/** The rank of members without a role of their own. */
export const lowestRank = 1_000;

/** 0 is the owner, 1 an admin, then the roles in their order: the lower number is the higher rank. */
export function rankOf(standing: Standing, { roles }: Pick<CommunityRules, "roles">): number {
  if (standing.role === "owner") return 0;
  if (standing.role === "admin") return 1;
  const highest = roles.findIndex(({ id }) => standing.roleIds.includes(id));
  return highest < 0 ? lowestRank : 2 + highest;
}

const communityId = id;
const roleFields = {
  name: nameLine(limits.roleName.max),
  colour: z.optional(roleColour),
  permissions: permissionSet,
};
/** `roleId` is the caller's own choice, so that asking again makes no second role. */
export const roleCreateInput = z.object({ communityId, roleId: id, ...roleFields });
export type RoleCreateInput = z.infer<typeof roleCreateInput>;
export const roleUpdateInput = z.extend(z.partial(z.object(roleFields)), { communityId, roleId: id });
export type RoleUpdateInput = z.infer<typeof roleUpdateInput>;
export const roleInput = z.object({ communityId, roleId: id });
/** All roles, the highest first. */
export const roleOrderInput = z.object({
  communityId,
  roleIds: z.array(id).check(z.maxLength(limits.communityRoles)),
});
/** The roles that a member has then. */
export const memberRolesInput = z.object({
  communityId,
  personId: id,
  roleIds: z.array(id).check(z.maxLength(limits.communityRoles)),
});
export const memberAdminInput = z.object({ communityId, personId: id, admin: z.boolean() });
export const memberMuteInput = z.object({ communityId, personId: id, muted });
/** What is left out stays as it is. `memberPermissions` needs manage_roles, the others mute. */
export const communityRulesInput = z.object({
  communityId,
  memberPermissions: z.optional(permissionSet),
  mutedAll: z.optional(z.boolean()),
  slowSeconds: z.optional(count.check(z.maximum(limits.slowSeconds))),
});
export type CommunityRulesInput = z.infer<typeof communityRulesInput>;
export const rulesOutput = z.object({ rules: communityRules });
