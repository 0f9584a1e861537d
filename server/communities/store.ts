import type { JoinRequest, Member } from "#contracts/communities.ts";
import type { CommunityRules } from "#contracts/permissions.ts";
import { rulesOf } from "#server/communities/roles/store.ts";
import type { BanRow, CommunityRow } from "#server/communities/view.ts";
import type { Tx } from "#server/db/sql.ts";
import { publicColumns } from "#server/people/store.ts";
import type { PersonRow } from "#server/people/view.ts";

/** A community with what stands on its conversation and, where the asker is in it, their membership. */
export type CommunityState = CommunityRow & {
  memberCount: number;
  closedAt: Date | null;
  myRole: Member["role"] | null;
  roleIds: string[] | null;
  rules: CommunityRules;
  requested: boolean;
};

const stateColumns = (tx: Tx) => tx`
  k.id, k.number, k.name, k.icon, k.icon_id, k.category, k.description, k.owner_id, k.join_policy, k.join_question,
  k.history_visible_to_new_members, c.member_count, c.closed_at, m.role as my_role, m.role_ids,
  ${rulesOf(tx)} as rules, j.status is not null as requested`;

const stateTables = (tx: Tx, personId: string) => tx`
  communities k join conversations c on c.id = k.id
  left join memberships m on m.conversation_id = k.id and m.person_id = ${personId} and m.left_at is null
  left join community_join_requests j
    on j.community_id = k.id and j.person_id = ${personId} and j.status = 'pending'`;

export type CommunityKey = { id: string } | { number: number };

export async function readCommunity(tx: Tx, personId: string, key: CommunityKey): Promise<CommunityState | null> {
  const where = "id" in key ? tx`k.id = ${key.id}` : tx`k.number = ${key.number}`;
  const [row] = await tx<CommunityState[]>`
    select ${stateColumns(tx)} from ${stateTables(tx, personId)} where ${where}
  `;
  return row ?? null;
}

/** The communities I am in, dissolved ones included, by name. */
export async function readMyCommunities(tx: Tx, personId: string): Promise<CommunityState[]> {
  return tx<CommunityState[]>`
    select ${stateColumns(tx)} from ${stateTables(tx, personId)} where m.person_id is not null order by k.name, k.id
  `;
}

export type NewCommunity = Omit<CommunityRow, "number">;

export async function insertCommunity(tx: Tx, community: NewCommunity): Promise<void> {
  await tx`
    insert into communities (
      id, owner_id, name, icon, icon_id, category, description, join_policy, join_question,
      history_visible_to_new_members)
    values (${community.id}, ${community.ownerId}, ${community.name}, ${community.icon}, ${community.iconId},
      ${community.category},
      ${community.description}, ${community.joinPolicy}, ${community.joinQuestion}, ${community.historyVisibleToNewMembers})
  `;
}

/** Writes the whole row; the operation read it under the lock and changed what it wanted. */
export async function updateCommunity(tx: Tx, community: Omit<CommunityRow, "number">): Promise<void> {
  await tx`
    update communities set owner_id = ${community.ownerId}, name = ${community.name}, icon = ${community.icon},
      icon_id = ${community.iconId}, category = ${community.category}, description = ${community.description}, join_policy = ${community.joinPolicy},
      join_question = ${community.joinQuestion}, history_visible_to_new_members = ${community.historyVisibleToNewMembers}
    where id = ${community.id}
  `;
}

export type NewBan = { reason: string; until: string | null; byId: string };

export async function insertBan(tx: Tx, communityId: string, personId: string, ban: NewBan): Promise<void> {
  await tx`
    insert into community_bans (community_id, person_id, reason, until, by_id)
    values (${communityId}, ${personId}, ${ban.reason}, ${ban.until}, ${ban.byId})
    on conflict (community_id, person_id) do update
      set reason = excluded.reason, until = excluded.until, by_id = excluded.by_id, created_at = now()
  `;
}

/** False when there was none. */
export async function deleteBan(tx: Tx, communityId: string, personId: string): Promise<boolean> {
  const rows = await tx`
    delete from community_bans where community_id = ${communityId} and person_id = ${personId} returning 1
  `;
  return rows.length > 0;
}

export async function isBanned(tx: Tx, communityId: string, personId: string): Promise<boolean> {
  const rows = await tx`
    select 1 from community_bans
    where community_id = ${communityId} and person_id = ${personId} and (until is null or until > now())
  `;
  return rows.length > 0;
}

/** Bans that hold now, the latest first. */
export async function readBans(tx: Tx, communityId: string): Promise<BanRow[]> {
  return tx<BanRow[]>`
    select ${publicColumns(tx)}, b.reason, b.until, b.created_at, (
      select jsonb_build_object('id', o.id, 'number', o.number, 'handle', o.handle, 'displayName', o.display_name,
        'gender', o.gender, 'bio', o.bio, 'avatarSeed', o.avatar_seed, 'avatarId', o.avatar_id, 'version', o.version)
      from people o where o.id = b.by_id) as by
    from community_bans b join people p on p.id = b.person_id
    where b.community_id = ${communityId} and (b.until is null or b.until > now()) order by b.created_at desc, p.id
  `;
}

/** Living communities that this person owns; their row is locked, so two creations count one after the other. */
export async function countOwned(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from communities k join conversations c on c.id = k.id
    where k.owner_id = ${personId} and c.closed_at is null
  `;
  return row?.count ?? 0;
}

export async function upsertJoinRequest(tx: Tx, communityId: string, personId: string, note: string): Promise<void> {
  await tx`
    insert into community_join_requests (community_id, person_id, note) values (${communityId}, ${personId}, ${note})
    on conflict (community_id, person_id) do update
      set note = excluded.note, status = 'pending', created_at = now(), decided_at = null
  `;
}

export async function decideJoinRequest(
  tx: Tx,
  communityId: string,
  personId: string,
  status: Exclude<JoinRequest["status"], "pending">,
): Promise<boolean> {
  const rows = await tx`
    update community_join_requests set status = ${status}, decided_at = now()
    where community_id = ${communityId} and person_id = ${personId} and status = 'pending' returning 1
  `;
  return rows.length > 0;
}

export type JoinRequestRow = PersonRow & {
  communityId: string;
  note: string;
  status: string;
  createdAt: Date;
  community: CommunityRow;
};

const joinRequestSelect = (tx: Tx) => tx`
  select ${publicColumns(tx)}, j.community_id, j.note, j.status, j.created_at,
    jsonb_build_object('id', k.id, 'number', k.number, 'name', k.name, 'icon', k.icon, 'iconId', k.icon_id,
      'category', k.category, 'description', k.description, 'ownerId', k.owner_id, 'joinPolicy', k.join_policy,
      'joinQuestion', k.join_question, 'historyVisibleToNewMembers', k.history_visible_to_new_members) as community
  from community_join_requests j join people p on p.id = j.person_id join communities k on k.id = j.community_id`;

/** Pending requests that I may decide, and those I wait for. */
export async function readJoinRequests(tx: Tx, meId: string): Promise<JoinRequestRow[]> {
  // Two statements in one, because one condition over two tables is no index's. `offset 0`: my communities come first.
  return tx<JoinRequestRow[]>`
    ${joinRequestSelect(tx)}
    join (
      select m.conversation_id from memberships m join communities o on o.id = m.conversation_id
      cross join lateral (select * from community_rights(m.conversation_id, ${meId}) offset 0) r
      where m.person_id = ${meId} and m.left_at is null and 'add' = any (r.permissions) offset 0
    ) mine on mine.conversation_id = j.community_id
    where j.status = 'pending'
    union all
    ${joinRequestSelect(tx)} where j.status = 'pending' and j.person_id = ${meId}
    order by created_at desc, id
  `;
}

export async function readJoinRequest(tx: Tx, communityId: string, personId: string): Promise<JoinRequestRow | null> {
  const [row] = await tx<JoinRequestRow[]>`
    ${joinRequestSelect(tx)} where j.community_id = ${communityId} and j.person_id = ${personId}
  `;
  return row ?? null;
}

/** All pending requests of one community, for when it stops taking any. */
export async function readPendingAskers(tx: Tx, communityId: string): Promise<string[]> {
  const rows = await tx<{ personId: string }[]>`
    select person_id from community_join_requests where community_id = ${communityId} and status = 'pending'
  `;
  return rows.map((row) => row.personId);
}
