import type { Tx } from "#server/db/sql.ts";
import type { CommonCommunityRow, PersonRow } from "#server/people/view.ts";

/** The public columns, for every query that returns people. */
export const publicColumns = (tx: Tx) =>
  tx`p.id, p.number, p.handle, p.display_name, p.gender, p.bio, p.avatar_seed, p.avatar_id, p.version`;

export async function readPerson(tx: Tx, id: string): Promise<PersonRow | null> {
  const [row] = await tx<PersonRow[]>`select ${publicColumns(tx)} from people p where p.id = ${id}`;
  return row ?? null;
}

/**
 * Of the asked ids, the people whom `meId` has met: oneself, anyone who shares or shared a conversation, friends,
 * requests in either direction and people blocked by me. Everyone else is as good as not there.
 */
export async function readMetPeople(tx: Tx, meId: string, ids: readonly string[]): Promise<PersonRow[]> {
  // OFFSET 0: each person is looked up in my conversations, instead of comparing with all people of all of them.
  return tx<PersonRow[]>`
    with mine as materialized (select conversation_id from memberships where person_id = ${meId})
    select ${publicColumns(tx)} from people p
    where p.id = any(${ids as string[]}::uuid[]) and (
      p.id = ${meId}
      or exists (
        select 1 from mine where exists (
          select 1 from memberships theirs
          where theirs.conversation_id = mine.conversation_id and theirs.person_id = p.id offset 0) offset 0)
      or exists (
        select 1 from friend_requests r
        where (r.from_id = ${meId} and r.to_id = p.id) or (r.to_id = ${meId} and r.from_id = p.id))
      or exists (select 1 from blocks b where b.blocker_id = ${meId} and b.blocked_id = p.id)
      or exists (
        select 1 from community_join_requests j join communities c on c.id = j.community_id
        where j.person_id = p.id
          and 'add' = any ((select r.permissions from community_rights(c.id, ${meId}) r)::text[]))
    )
  `;
}

/**
 * The living communities that both people are in now, by name, and how many there are in all. The first is looked up by
 * their memberships, the second by the key of each, so it takes as long however many are in those communities.
 */
export async function readCommonCommunities(
  tx: Tx,
  meId: string,
  otherId: string,
  most: number,
): Promise<CommonCommunityRow[]> {
  return tx<CommonCommunityRow[]>`
    with mine as materialized (
      select conversation_id from memberships where person_id = ${meId} and left_at is null),
    common as materialized (
      select conversation_id from mine where exists (
        select 1 from memberships theirs
        where theirs.conversation_id = mine.conversation_id and theirs.person_id = ${otherId}
          and theirs.left_at is null offset 0))
    select k.id, k.name, k.icon, k.icon_id, count(*) over ()::int as total
    from common join communities k on k.id = common.conversation_id
      join conversations c on c.id = k.id and c.closed_at is null
    order by k.name, k.id limit ${most}
  `;
}

/**
 * When a person was last seen, if each of the two shows it to the other; no row otherwise. `at` is null when their first
 * connection has not ended yet.
 */
export async function readLastSeen(tx: Tx, meId: string, personId: string): Promise<{ at: Date | null } | null> {
  const [low, high] = [meId, personId].sort() as [string, string];
  const [row] = await tx<{ at: Date | null }[]>`
    select (select s.at from last_seen s where s.person_id = p.id) as at
    from people p join people me on me.id = ${meId}
    where p.id = ${personId} and p.presence_for <> 'nobody' and me.presence_for <> 'nobody'
      and ((p.presence_for = 'everyone' and me.presence_for = 'everyone') or exists (
        select from friendships f
        where f.low_id = ${low} and f.high_id = ${high} and f.removed_at is null))
      and not exists (
        select from blocks b
        where (b.blocker_id = ${meId} and b.blocked_id = ${personId}) or (b.blocker_id = ${personId} and b.blocked_id = ${meId}))
  `;
  return row ?? null;
}

export type PersonRev = { id: string; rev: number };

/**
 * Locks people in id order (the first step of the lock order: people, conversations, members, messages). Weaker than
 * FOR UPDATE, so that inserts that only reference the person do not wait.
 */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<PersonRev[]> {
  return tx<PersonRev[]>`
    select id, rev from people where id = any(${ids as string[]}::uuid[]) order by id for no key update
  `;
}

export async function writePersonRevs(tx: Tx, revs: readonly PersonRev[]): Promise<void> {
  await tx`
    update people p set rev = u.rev
    from unnest(${revs.map((r) => r.id)}::uuid[], ${revs.map((r) => r.rev)}::int[]) as u(id, rev) where p.id = u.id
  `;
}
