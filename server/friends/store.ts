import type { FriendRequest } from "#contracts/friends.ts";
import type { Tx } from "#server/db/sql.ts";
import type { FriendRequestRow, FriendRow } from "#server/friends/view.ts";
import { publicColumns } from "#server/people/store.ts";
import type { PersonRow } from "#server/people/view.ts";

/** A pair as its row names it. */
export function ordered(a: string, b: string): { low: string; high: string } {
  return a < b ? { low: a, high: b } : { low: b, high: a };
}

export type Standing = {
  friends: boolean;
  conversationId: string | null;
  blockedByMe: boolean;
  blockedByThem: boolean;
  sent: boolean;
  received: boolean;
};

/** How two people stand to each other, in one row. */
export async function readStanding(tx: Tx, meId: string, otherId: string): Promise<Standing> {
  const { low, high } = ordered(meId, otherId);
  const [row] = await tx<Standing[]>`
    select
      f.low_id is not null and f.removed_at is null as friends,
      f.conversation_id,
      exists (select 1 from blocks where blocker_id = ${meId} and blocked_id = ${otherId}) as blocked_by_me,
      exists (select 1 from blocks where blocker_id = ${otherId} and blocked_id = ${meId}) as blocked_by_them,
      exists (select 1 from friend_requests
        where from_id = ${meId} and to_id = ${otherId} and status = 'pending') as sent,
      exists (select 1 from friend_requests
        where from_id = ${otherId} and to_id = ${meId} and status = 'pending') as received
    from (select 1) one left join friendships f on f.low_id = ${low} and f.high_id = ${high}
  `;
  if (!row) throw new Error("a select without from returns one row");
  return row;
}

/** All friends of `meId`, or only the one with the id `only`. */
export async function readFriends(tx: Tx, meId: string, only: string | null = null): Promise<FriendRow[]> {
  return tx<FriendRow[]>`
    select ${publicColumns(tx)}, f.since, f.conversation_id,
      case when f.low_id = ${meId} then f.low_alias else f.high_alias end as alias
    from friendships f
    join people p on p.id = case when f.low_id = ${meId} then f.high_id else f.low_id end
    where (f.low_id = ${meId} or f.high_id = ${meId}) and f.removed_at is null
      ${only === null ? tx`` : tx`and p.id = ${only}`}
    order by f.since desc, p.id
  `;
}

export async function countFriends(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from friendships
    where (low_id = ${personId} or high_id = ${personId}) and removed_at is null
  `;
  return row?.count ?? 0;
}

/** Pending requests in both directions, newest first. Each direction has an index of its own. */
export async function readRequests(tx: Tx, meId: string): Promise<FriendRequestRow[]> {
  const columns = tx`${publicColumns(tx)}, r.from_id, r.note, r.status, r.created_at`;
  return tx<FriendRequestRow[]>`
    select ${columns} from friend_requests r join people p on p.id = r.to_id
    where r.from_id = ${meId} and r.status = 'pending'
    union all
    select ${columns} from friend_requests r join people p on p.id = r.from_id
    where r.to_id = ${meId} and r.status = 'pending'
    order by created_at desc, id
  `;
}

/** One request as `viewerId` sees it, whatever its status. */
export async function readRequest(
  tx: Tx,
  fromId: string,
  toId: string,
  viewerId: string,
): Promise<FriendRequestRow | null> {
  const [row] = await tx<FriendRequestRow[]>`
    select ${publicColumns(tx)}, r.from_id, r.note, r.status, r.created_at
    from friend_requests r join people p on p.id = case when r.from_id = ${viewerId} then r.to_id else r.from_id end
    where r.from_id = ${fromId} and r.to_id = ${toId}
  `;
  return row ?? null;
}

export async function upsertRequest(tx: Tx, fromId: string, toId: string, note: string): Promise<void> {
  await tx`
    insert into friend_requests (from_id, to_id, note) values (${fromId}, ${toId}, ${note})
    on conflict (from_id, to_id) do update
      set note = excluded.note, status = 'pending', created_at = now(), decided_at = null
  `;
}

/** Ends a pending request. False when there is none. */
export async function decideRequest(
  tx: Tx,
  fromId: string,
  toId: string,
  status: Exclude<FriendRequest["status"], "pending">,
): Promise<boolean> {
  const rows = await tx`
    update friend_requests set status = ${status}, decided_at = now()
    where from_id = ${fromId} and to_id = ${toId} and status = 'pending' returning 1
  `;
  return rows.length > 0;
}

/** Friends again gets a fresh `since`; each side's alias stays. */
export async function upsertFriendship(tx: Tx, a: string, b: string, conversationId: string): Promise<void> {
  const { low, high } = ordered(a, b);
  await tx`
    insert into friendships (low_id, high_id, conversation_id) values (${low}, ${high}, ${conversationId})
    on conflict (low_id, high_id) do update set since = now(), removed_at = null
  `;
}

export async function endFriendship(tx: Tx, a: string, b: string): Promise<void> {
  const { low, high } = ordered(a, b);
  await tx`update friendships set removed_at = now() where low_id = ${low} and high_id = ${high} and removed_at is null`;
}

export async function writeAlias(tx: Tx, meId: string, otherId: string, alias: string): Promise<boolean> {
  const { low, high } = ordered(meId, otherId);
  const rows = await tx`
    update friendships set
      low_alias = case when low_id = ${meId} then ${alias} else low_alias end,
      high_alias = case when high_id = ${meId} then ${alias} else high_alias end
    where low_id = ${low} and high_id = ${high} and removed_at is null returning 1
  `;
  return rows.length > 0;
}

/** False when the block stood already. */
export async function insertBlock(tx: Tx, blockerId: string, blockedId: string): Promise<boolean> {
  const rows = await tx`
    insert into blocks (blocker_id, blocked_id) values (${blockerId}, ${blockedId}) on conflict do nothing returning 1
  `;
  return rows.length > 0;
}

export async function deleteBlock(tx: Tx, blockerId: string, blockedId: string): Promise<boolean> {
  const rows = await tx`delete from blocks where blocker_id = ${blockerId} and blocked_id = ${blockedId} returning 1`;
  return rows.length > 0;
}

export async function readBlocked(tx: Tx, meId: string): Promise<PersonRow[]> {
  return tx<PersonRow[]>`
    select ${publicColumns(tx)} from blocks b join people p on p.id = b.blocked_id
    where b.blocker_id = ${meId} order by b.created_at desc, p.id
  `;
}

/** Exact matches only. A mobile number finds its owner alone: who verified it, and opted in. */
export async function findPerson(
  tx: Tx,
  by: { number: number | null; handle: string | null; mobile: string | null },
): Promise<PersonRow | null> {
  const [row] = await tx<PersonRow[]>`
    select ${publicColumns(tx)} from people p
    where p.number = ${by.number}::int or p.handle = ${by.handle}::text
      or (p.mobile = ${by.mobile}::text and p.mobile_verified_at is not null and p.findable_by_mobile)
    limit 1
  `;
  return row ?? null;
}

export async function acceptsAutomatically(tx: Tx, personId: string): Promise<boolean> {
  const [row] = await tx<{ accept: boolean }[]>`
    select accept_automatically as accept from people where id = ${personId}
  `;
  return row?.accept ?? false;
}
