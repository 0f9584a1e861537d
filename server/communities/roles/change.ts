import { isDeepStrictEqual } from "node:util";
import { limits } from "#contracts/limits.ts";
import type { CommunityRole, CommunityRules, RoleCreateInput, RoleUpdateInput } from "#contracts/permissions.ts";
import { authorizePermission, type MyRights, requireHeld } from "#server/communities/rights.ts";
import {
  deleteRole,
  insertRole,
  readRoles,
  readRules,
  updateRole,
  writeOrder,
} from "#server/communities/roles/store.ts";
import { beginChanges, changeMetadata, commitChanges } from "#server/conversations/ledger.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

type Rules = { rules: CommunityRules };
/** 0 for the highest role, whose rank is below that of the admins. */
const rankAt = (index: number) => 2 + index;

/** Runs a change of the roles under the lock, tells the members unless it returns false, and answers the rules as they are then. */
async function changeRoles(
  me: Me,
  communityId: string,
  change: (tx: Tx, mine: MyRights, roles: CommunityRole[]) => Promise<boolean>,
): Promise<Rules> {
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, communityId);
    const mine = await authorizePermission(tx, me, communityId, "manage_roles");
    if (await change(tx, mine, await readRoles(tx, communityId))) {
      await changeMetadata(tx, ledger);
      await commitChanges(tx, ledger);
    }
    const rules = await readRules(tx, communityId);
    if (!rules) throw new Refusal("not_found");
    return { rules };
  });
}

/** One of the roles that is below me. Refuses `role_not_found`, and `forbidden` at my rank or above. */
function requireRoleBelow(mine: MyRights, roles: readonly CommunityRole[], roleId: string): CommunityRole {
  const index = roles.findIndex(({ id }) => id === roleId);
  const role = roles[index];
  if (!role) throw new Refusal("role_not_found");
  if (rankAt(index) <= mine.rank) throw new Refusal("forbidden");
  return role;
}

/**
 * Makes a role, the lowest. Again with the same id is once. Refuses `forbidden` without manage_roles, below all roles, or
 * for permissions that I do not have; `roles_limit_reached`; `invalid_id` for an id that another role has.
 */
export function createRole(me: Me, { communityId, roleId, ...fields }: RoleCreateInput): Promise<Rules> {
  return changeRoles(me, communityId, async (tx, mine, roles) => {
    if (roles.some(({ id }) => id === roleId)) return false;
    requireHeld(mine, fields.permissions);
    if (rankAt(roles.length) <= mine.rank || mine.rank > rankAt(limits.communityRoles)) throw new Refusal("forbidden");
    const max = limits.communityRoles;
    if (roles.length >= max) throw new Refusal("roles_limit_reached", { max });
    const role = { ...fields, colour: fields.colour ?? null, id: roleId, position: roles.length + 1 };
    if (!(await insertRole(tx, communityId, role))) throw new Refusal("invalid_id");
    return true;
  });
}

/** Changes what is given of a role below me. Refuses `role_not_found`, and `forbidden` as `createRole`. */
export function changeRole(me: Me, { communityId, roleId, ...fields }: RoleUpdateInput): Promise<Rules> {
  return changeRoles(me, communityId, async (tx, mine, roles) => {
    const role = requireRoleBelow(mine, roles, roleId);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const next: CommunityRole = { ...role, ...given };
    const added = next.permissions.filter((one) => !role.permissions.includes(one));
    requireHeld(mine, added);
    if (isDeepStrictEqual(next, { ...role })) return false;
    await updateRole(tx, next);
    return true;
  });
}

/** Deletes a role below me; members who have it lose what it let them do. Refuses `forbidden` at my rank or above. */
export function removeRole(me: Me, { communityId, roleId }: { communityId: string; roleId: string }): Promise<Rules> {
  return changeRoles(me, communityId, async (tx, mine, roles) => {
    if (!roles.some(({ id }) => id === roleId)) return false;
    requireRoleBelow(mine, roles, roleId);
    await deleteRole(tx, communityId, roleId);
    return true;
  });
}

/**
 * Orders the roles, the highest first. Refuses `invalid_input` for any list but the present roles, each once, and `forbidden`
 * when a role at my rank or above moves, or another passes it.
 */
export function orderRoles(me: Me, input: { communityId: string; roleIds: readonly string[] }): Promise<Rules> {
  return changeRoles(me, input.communityId, async (tx, mine, roles) => {
    const known = roles.map(({ id }) => id);
    if (!isDeepStrictEqual([...known].sort(), [...input.roleIds].sort())) throw new Refusal("invalid_input");
    const fixed = known.filter((_, index) => rankAt(index) <= mine.rank);
    if (!fixed.every((id, index) => input.roleIds[index] === id)) throw new Refusal("forbidden");
    if (isDeepStrictEqual(known, [...input.roleIds])) return false;
    await writeOrder(tx, input.communityId, input.roleIds);
    return true;
  });
}
