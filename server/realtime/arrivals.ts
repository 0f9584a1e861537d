import { limits } from "#contracts/limits.ts";
import type { Sql } from "#server/db/sql.ts";
import { showPresence } from "#server/realtime/last-seen.ts";
import type { LoadedPerson } from "#server/realtime/realtime-queries.ts";

/** What a person who connects needs. `onlineIds`: those of `friendIds` who are online. */
export type Arrival = LoadedPerson & { friendIds: string[]; onlineIds: string[] };

/**
 * The revs, memberships and friends of these people, and which friends are online in this app, from one snapshot. Friends
 * are those of `readFriendIds`. A person who is not in the tables is left out.
 */
export async function readArrivals(sql: Sql, app: string, personIds: readonly string[]): Promise<Arrival[]> {
  return sql<Arrival[]>`
    with friends as materialized (
      select p.id as person_id, f.id as friend_id
      from unnest(${personIds as string[]}::uuid[]) as p(id)
      cross join lateral (
        (select high_id as id from friendships where low_id = p.id and removed_at is null
         union all
         select low_id from friendships where high_id = p.id and removed_at is null)
        limit ${limits.watchedFriends}
      ) f
      where not exists (
        select from blocks b
        where (b.blocker_id = p.id and b.blocked_id = f.id) or (b.blocker_id = f.id and b.blocked_id = p.id))
        and ${showPresence(sql, sql`p.id`, sql`f.id`)}
    ), online as materialized (
      select user_id from presence_online(
        ${app}, (select array_agg(distinct friend_id::text) from friends), ${limits.workerLeaseSeconds}) as user_id
    ), lists as materialized (
      select f.person_id, array_agg(f.friend_id) as friend_ids,
        array_agg(f.friend_id) filter (where o.user_id is not null) as online_ids
      from friends f left join online o on o.user_id = f.friend_id::text
      group by f.person_id
    )
    select p.id as person_id, p.rev, coalesce((
      select jsonb_agg(jsonb_build_object('conversationId', c.id, 'rev', c.rev, 'visibleFromSeq', m.visible_from_seq))
      from memberships m join conversations c on c.id = m.conversation_id
      where m.person_id = p.id and m.left_at is null
    ), '[]'::jsonb) as memberships, coalesce(l.friend_ids, '{}') as friend_ids, coalesce(l.online_ids, '{}') as online_ids
    from people p left join lists l on l.person_id = p.id
    where p.id = any(${personIds as string[]}::uuid[])
  `;
}
