/** Communities of sixty people, and one large one; requests to join, and people who may not come back. */
import { type idOf as IdOf, idOf, largeMembers, revsBefore, sizesOf, type World } from "#bench/world/sizes.ts";

export function communityStatements(world: World): string[] {
  const { people } = world;
  const { communities, large, inEach, inLarge } = sizesOf(world);
  const id = (kind: Parameters<typeof IdOf>[1], n: string) => idOf(world, kind, n);
  const all = `generate_series(1, ${large}) as c`;
  const owner = `((c - 1) * 20) % ${people} + 1`;
  const messages = `case when c = ${large} then ${inLarge} else ${inEach} end`;
  // Each person is in three, and the owner of a community is among those who are in it first.
  const community = `((i - 1) / 20 + k * ${Math.floor(communities / 3)}) % ${communities} + 1`;
  const memberships = `(select ${community} as c, i, k, k = 0 and (i - 1) % 20 = 0 as owns
    from generate_series(1, ${people}) as i, generate_series(0, 2) as k) as m`;
  // Someone who lives far away.
  const stranger = `(c * 20 + ${Math.floor(people / 2)} + k) % ${people} + 1`;
  return [
    `insert into conversations (id, kind, last_seq, rev, member_count)
     select ${id("community", "c")}, 'community', ${messages}, ${messages} + ${revsBefore},
       case when c = ${large} then ${largeMembers(world)} else 60 end
     from ${all}`,
    `insert into communities (id, owner_id, name, join_policy)
     select ${id("community", "c")}, ${id("person", owner)}, 'Community ' || c,
       case when c % 5 = 0 then 'approval' else 'open' end
     from ${all}`,
    `insert into memberships (conversation_id, person_id, role, rev, last_read_seq)
     select ${id("community", "c")}, ${id("person", "i")}, case when owns then 'owner' else 'member' end, i % 60 + 1,
       greatest(0, ${inEach} - i % 3)
     from ${memberships}
     on conflict do nothing`,
    `insert into memberships (conversation_id, person_id, role, rev, last_read_seq)
     select ${id("community", String(large))}, ${id("person", "i")},
       case when i = (${owner.replaceAll("c", String(large))}) then 'owner' else 'member' end, i, greatest(0, ${inLarge} - i % 3)
     from generate_series(1, ${largeMembers(world)}) as i`,
    `insert into conversation_settings (person_id, conversation_id, pinned, muted)
     select person_id, conversation_id, joined = 1, joined > 1 from (
       select person_id, conversation_id, row_number() over (partition by person_id order by conversation_id) as joined
       from memberships where person_id between ${id("person", "1")} and ${id("person", String(people))}) as m
     where joined < 4`,
    `insert into community_join_requests (community_id, person_id, status, decided_at)
     select ${id("community", "c")}, ${id("person", stranger)}, case when k = 0 then 'pending' else 'refused' end,
       case when k > 0 then now() end
     from ${all}, generate_series(0, 19) as k
     on conflict do nothing`,
    `insert into community_bans (community_id, person_id)
     select ${id("community", "c")}, ${id("person", stranger)} from ${all}, generate_series(20, 21) as k
     on conflict do nothing`,
  ];
}
