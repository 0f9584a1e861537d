import type { CommunityDetail } from "#contracts/communities.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { type Permission, permissionsOf, rankOf } from "#contracts/permissions.ts";

/** Whether I may do it in a living community; false in any other conversation. */
export function may({ closedAt, community, rules, role, roleIds }: Conversation, permission: Permission): boolean {
  if (closedAt !== null || !community || !rules) return false;
  return permissionsOf({ role, roleIds }, rules, community.joinPolicy).includes(permission);
}

/** What I may do in a living community, and my rank in it: 0 is the owner, a lower number is higher. */
export function rightsOf({ closedAt, community, rules, role, roleIds }: CommunityDetail) {
  const held = new Set(closedAt === null ? permissionsOf({ role, roleIds }, rules, community.joinPolicy) : []);
  return { may: (permission: Permission) => held.has(permission), rank: rankOf({ role, roleIds }, rules) };
}
