import type { CommunityRole, CommunityRules, Permission } from "#contracts/permissions.ts";
import type { Tx } from "#server/db/sql.ts";

export type Rights = { rank: number; permissions: Permission[] };

/** Null for people who are no members (prisma/functions/community_rights.sql). */
export async function readRights(tx: Tx, communityId: string, personId: string): Promise<Rights | null> {
  const [row] = await tx<Rights[]>`select rank, permissions from community_rights(${communityId}, ${personId})`;
  return row ?? null;
}

/** Whether a person may do it in a conversation, where it is a community's; null: it is none, or not theirs. */
export async function readPermission(tx: Tx, communityId: string, personId: string, permission: Permission) {
  const rights = await readRights(tx, communityId, personId);
  return rights?.permissions.includes(permission) ?? null;
}

/** The rules of the community `k` with its conversation `c`, as JSON: `CommunityRules`. */
export const rulesOf = (tx: Tx) => tx`jsonb_build_object(
  'memberPermissions', k.member_permissions, 'mutedAll', c.muted_all, 'slowSeconds', c.slow_seconds,
  'roles', coalesce((
    select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'colour', r.colour, 'permissions', r.permissions)
      order by r.position)
    from community_roles r where r.community_id = k.id), '[]'))`;

export async function readRules(tx: Tx, communityId: string): Promise<CommunityRules | null> {
  const [row] = await tx<{ rules: CommunityRules }[]>`
    select ${rulesOf(tx)} as rules from communities k join conversations c on c.id = k.id where k.id = ${communityId}
  `;
  return row?.rules ?? null;
}

/** The roles of a community, the highest first. */
export async function readRoles(tx: Tx, communityId: string): Promise<CommunityRole[]> {
  return tx<CommunityRole[]>`
    select id, name, colour, permissions from community_roles where community_id = ${communityId} order by position
  `;
}

/** False when the id is taken. */
export async function insertRole(
  tx: Tx,
  communityId: string,
  role: CommunityRole & { position: number },
): Promise<boolean> {
  const rows = await tx`
    insert into community_roles (id, community_id, name, colour, permissions, position)
    values (${role.id}, ${communityId}, ${role.name}, ${role.colour}, ${role.permissions}::text[], ${role.position})
    on conflict (id) do nothing returning 1
  `;
  return rows.length > 0;
}

export async function updateRole(tx: Tx, role: CommunityRole): Promise<void> {
  await tx`
    update community_roles set name = ${role.name}, colour = ${role.colour}, permissions = ${role.permissions}::text[]
    where id = ${role.id}
  `;
}

/** Removes it, and closes the gap in the order. */
export async function deleteRole(tx: Tx, communityId: string, roleId: string): Promise<void> {
  await tx`delete from community_roles where community_id = ${communityId} and id = ${roleId}`;
  await writeOrder(
    tx,
    communityId,
    (await readRoles(tx, communityId)).map(({ id }) => id),
  );
}

/** `roleIds`: all of the community's, the highest first. */
export async function writeOrder(tx: Tx, communityId: string, roleIds: readonly string[]): Promise<void> {
  await tx`
    update community_roles r set position = n.position
    from unnest(${roleIds as string[]}::uuid[]) with ordinality as n (id, position)
    where r.community_id = ${communityId} and r.id = n.id and r.position <> n.position
  `;
}

export async function writeMemberPermissions(tx: Tx, communityId: string, given: readonly Permission[]): Promise<void> {
  await tx`update communities set member_permissions = ${given as Permission[]}::text[] where id = ${communityId}`;
}

/**
 * People who decide requests to join by their role, the highest rank first; where all members may, the others read what waits
 * when they load the list. By a partial index: it does not grow with the members.
 */
export async function readDeciders(tx: Tx, communityId: string, limit: number): Promise<string[]> {
  const rows = await tx<{ personId: string }[]>`
    select m.person_id from memberships m
    cross join lateral (select * from community_rights(m.conversation_id, m.person_id) offset 0) r
    where m.conversation_id = ${communityId} and m.left_at is null and (m.role <> 'member' or m.role_ids <> '{}')
      and 'add' = any (r.permissions)
    order by r.rank, m.joined_at, m.person_id limit ${limit}
  `;
  return rows.map((row) => row.personId);
}
