import type { Conversation } from "#contracts/conversations.ts";
import { type Permission, permissionsOf } from "#contracts/permissions.ts";

/** Whether I may do it in a living community; false in any other conversation. */
export function may({ closedAt, community, rules, role, roleIds }: Conversation, permission: Permission): boolean {
  if (closedAt !== null || !community || !rules) return false;
  return permissionsOf({ role, roleIds }, rules, community.joinPolicy).includes(permission);
}
