import { authorizeMember, authorizeOwner } from "#server/communities/authorize.ts";
import { recordAction } from "#server/communities/moderation/store.ts";
import { authorizePermission, requireBelow, requireHeld } from "#server/communities/rights.ts";
import { readRoles } from "#server/communities/roles/store.ts";
import { beginChanges, changeMember, commitChanges } from "#server/conversations/ledger.ts";
import { readStanding } from "#server/conversations/members/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** The owner makes a member an admin, or no longer. Again is once. Refuses `cannot_target_self`. */
export async function nameAdmin(
  me: Me,
  { communityId, personId, admin }: { communityId: string; personId: string; admin: boolean },
): Promise<{ done: true }> {
  if (personId === me.personId) throw new Refusal("cannot_target_self");
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, communityId);
    await authorizeOwner(tx, me, communityId);
    const { myRole } = await authorizeMember(tx, { ...me, personId }, communityId);
    const role = admin ? "admin" : "member";
    if (myRole === role) return { done: true };
    await changeMember(tx, ledger, personId, { role });
    await recordAction(tx, me, communityId, { action: admin ? "admin_named" : "admin_ended", personId });
    await commitChanges(tx, ledger);
    return { done: true };
  });
}

/**
 * Gives a member below me the named roles and takes all others from them. Refuses `forbidden` without manage_roles, for a
 * member or a changed role at my rank or above, and for a new role with a permission that I do not have; `role_not_found`.
 */
export async function giveRoles(
  me: Me,
  { communityId, personId, roleIds }: { communityId: string; personId: string; roleIds: readonly string[] },
): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, communityId);
    const mine = await authorizePermission(tx, me, communityId, "manage_roles");
    await requireBelow(tx, mine, personId);
    const roles = await readRoles(tx, communityId);
    if (!roleIds.every((id) => roles.some((role) => role.id === id))) throw new Refusal("role_not_found");
    const standing = await readStanding(tx, communityId, personId);
    const held = new Set(standing?.roleIds);
    const changed = roles.filter(({ id }) => held.has(id) !== roleIds.includes(id));
    if (changed.length === 0) return { done: true };
    // The rank of the role at index 0 is 2.
    if (changed.some((role) => 2 + roles.indexOf(role) <= mine.rank)) throw new Refusal("forbidden");
    requireHeld(
      mine,
      changed.filter(({ id }) => !held.has(id)).flatMap((role) => role.permissions),
    );
    const next = roles.map(({ id }) => id).filter((id) => roleIds.includes(id));
    await changeMember(tx, ledger, personId, { roleIds: next });
    await recordAction(tx, me, communityId, { action: "roles_given", personId });
    await commitChanges(tx, ledger);
    return { done: true };
  });
}
