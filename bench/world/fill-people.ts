/** Accounts, sessions, friendships and requests, the inbox of two friends each. */
import { idOf, revsBefore, sizesOf, type World } from "#bench/world/sizes.ts";

export function peopleStatements(world: World): string[] {
  const { people } = world;
  const id = (kind: Parameters<typeof idOf>[1], n: string) => idOf(world, kind, n);
  const { inEach } = sizesOf(world);
  const everyone = `generate_series(1, ${people}) as i`;
  // The friends of a pair in the order of their ids: the last person's pair is with the first one.
  const pair = (name: string) => `(select j, least(j, next) as low, greatest(j, next) as high from (
    select j, j % ${people} + 1 as next from generate_series(1, ${people}) as j) as p) as ${name}`;
  return [
    `insert into people (id, handle, display_name, password_hash, mobile, mobile_verified_at, email, findable_by_mobile)
     select ${id("person", "i")}, 'world_' || (${world.first} + i), 'Person ' || i, current_setting('world.password_hash'),
       '+8613' || lpad((${world.first} + i)::text, 9, '0'), case when i % 2 = 0 then now() end,
       'p' || (${world.first} + i) || '@example.com', i % 2 = 0
     from ${everyone}`,
    // Many accounts may say that a number is theirs before one of them shows it.
    `update people set mobile = '+8613' || lpad((${world.first} + 1)::text, 9, '0'), mobile_verified_at = null
     where id between ${id("person", "2")} and ${id("person", String(Math.min(people, 300)))}`,
    `insert into sessions (id, person_id, kind, token_hash, expires_at)
     select ${id("session", "i")}, ${id("person", "i")}, case when i % 2 = 0 then 'bearer' else 'cookie' end,
       case when i % 2 = 0 then sha256(('imc_' || ${id("session", "i")})::bytea) end, now() + interval '20 days'
     from ${everyone}`,
    `insert into conversations (id, kind, direct_key, last_seq, rev, member_count)
     select ${id("direct", "j")}, 'direct', ${id("person", "low")} || ':' || ${id("person", "high")}, ${inEach},
       ${inEach + revsBefore}, 2
     from ${pair("p")}`,
    `insert into friendships (low_id, high_id, conversation_id)
     select ${id("person", "low")}, ${id("person", "high")}, ${id("direct", "j")} from ${pair("p")}`,
    `insert into memberships (conversation_id, person_id, rev, last_read_seq)
     select ${id("direct", "j")}, ${id("person", "who")}, 1, greatest(0, ${inEach} - who % 3)
     from ${pair("p")}, unnest(array[low, high]) as who`,
    // One accepted request for each friendship, one pending request of every tenth person, and one person who was refused a lot.
    `insert into friend_requests (from_id, to_id, status, decided_at)
     select ${id("person", "low")}, ${id("person", "high")}, 'accepted', now() from ${pair("p")}
     union all
     select ${id("person", "i")}, ${id("person", `(i + 9) % ${people} + 1`)}, 'pending', null from ${everyone}
     where i % 10 = 0 and ${people} > 40
     union all
     select ${id("person", "3")}, ${id("person", "i")}, 'refused', now() from generate_series(20, ${Math.min(people, 320)}) as i`,
    `insert into blocks (blocker_id, blocked_id)
     select ${id("person", "i")}, ${id("person", `(i + 4) % ${people} + 1`)} from ${everyone} where i % 10 = 5`,
    `insert into wallets (id, kind, person_id, balance)
     select ${id("person", "i")}, 'person', ${id("person", "i")}, 10000 from ${everyone}`,
    `insert into ledger_entries (transfer_id, kind, wallet_id, amount)
     select ${id("person", "i")}, 'grant', wallet, amount from ${everyone}, lateral (values
       ('00000000-0000-0000-0000-000000000001'::uuid, -10000), (${id("person", "i")}, 10000)) as e (wallet, amount)`,
  ];
}
