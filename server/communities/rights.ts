import type { Permission } from "#contracts/permissions.ts";
import { authorizeMember, type MyCommunity } from "#server/communities/authorize.ts";
import { readRights } from "#server/communities/roles/store.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** A community that I am in, with my rank (0 is the owner, a lower number is higher) and what I may do. */
export type MyRights = MyCommunity & { rank: number; permissions: ReadonlySet<Permission> };

/**
 * The gate of everything that a permission opens: a living community that I am in and where I have it. Call it under the
 * conversation's lock when the answer must hold. Refuses `not_found`, `forbidden` and `conversation_closed`.
 */
export async function authorizePermission(
  tx: Tx,
  me: Me,
  communityId: string,
  permission: Permission,
): Promise<MyRights> {
  const row = await authorizeMember(tx, me, communityId);
  const rights = await readRights(tx, communityId, me.personId);
  if (!rights?.permissions.includes(permission)) throw new Refusal("forbidden");
  if (row.closedAt) throw new Refusal("conversation_closed");
  return { ...row, rank: rights.rank, permissions: new Set(rights.permissions) };
}

/** Refuses `not_found` for a person who is no member, and `forbidden` for a member of my rank or above. */
export async function requireBelow(tx: Tx, { id, rank }: MyRights, personId: string): Promise<void> {
  const theirs = await readRights(tx, id, personId);
  if (!theirs) throw new Refusal("not_found");
  if (theirs.rank <= rank) throw new Refusal("forbidden");
}

/** No one gives what they do not have: refuses `forbidden`. */
export function requireHeld(mine: MyRights, given: readonly Permission[]): void {
  if (!given.every((one) => mine.permissions.has(one))) throw new Refusal("forbidden");
}
