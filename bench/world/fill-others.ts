/** Stickers, link previews, rate limits, and what workers write: presence, cached events, webhook deliveries. */
import { idOf, type World } from "#bench/world/sizes.ts";

/** The app of the chat itself, and one of another program. */
export const [chatApp, otherApp] = ["1", "2"];
/** Workers of a world; they have leases that do not end while it is measured. */
export const worldWorkers = [1, 2, 3].map((n) => `00000009-0000-7000-8000-00000000000${n}`);
/** Another, without a lease. */
export const deadWorker = "00000009-0000-7000-8000-000000000009";

export function otherStatements(world: World): string[] {
  const { people, first } = world;
  const id = (kind: Parameters<typeof idOf>[1], n: string) => idOf(world, kind, n);
  const packs = Math.max(2, Math.floor(people / 50));
  const workers = `(array['${worldWorkers.join("','")}'])`;
  return [
    `insert into sticker_packs (id, key, name, owner_id, size, icon_file_id)
     select ${id("pack", "n")}, 'world', 'Pack', ${id("person", "n")}, 'small', ${id("file", "1")} from generate_series(1, ${packs}) as n`,
    `insert into stickers (id, pack_id, n, key, label, file_id)
     select ${id("sticker", "n * 5 + k")}, ${id("pack", "n")}, k, 's' || k, 's', ${id("file", "n * 2 % 10 + 1")}
     from generate_series(1, ${packs}) as n, generate_series(1, 5) as k`,
    `insert into person_sticker_packs (person_id, pack_id)
     select ${id("person", "i")}, ${id("pack", `i % ${packs} + 1`)} from generate_series(1, ${people}) as i`,
    `insert into favourite_stickers (person_id, sticker_id)
     select ${id("person", "i")}, ${id("sticker", `(i % ${packs} + 1) * 5 + 1`)} from generate_series(1, ${people}) as i`,
    `insert into link_previews (url, fetched_at, card, picture_id)
     select 'https://example.com/' || (${first} + n), now(), '{}', ${id("file", "n * 2 - 1")} from generate_series(1, ${Math.ceil(people / 10)}) as n`,
    `insert into rate_limits (key, tat)
     select 'world:' || ${id("person", "i")}, now() + interval '2 days' from generate_series(1, ${people}) as i`,
    `insert into realtime_workers (id, heartbeat_at)
     select id::uuid, now() + interval '2 days' from unnest(${workers}) as id on conflict do nothing`,
    `insert into presence (app, channel, user_id, worker_id, info, sockets)
     select '${chatApp}', '#online', ${id("person", "i")}::text, ${workers}[i % 3 + 1]::uuid, '', 1 from generate_series(1, ${people}, 2) as i
     union all
     select '${otherApp}', 'presence-' || (${first} + i / 10), i::text, ${workers}[i % 3 + 1]::uuid, '{}', 1 from generate_series(1, ${people}, 2) as i`,
    `insert into cached_events (app, channel, event, expires_at)
     select '${otherApp}', 'cache-' || (${first} + i), '{}', now() + interval '1 hour' from generate_series(1, ${Math.ceil(people / 10)}) as i`,
    `insert into webhook_deliveries (app, hook, kind, channel, user_id, event, due_at)
     select '${otherApp}', 0, 'channel_occupied', 'channel-' || (${first} + i), '', '{}', now() + interval '1 hour'
     from generate_series(1, ${Math.ceil(people / 10)}) as i`,
  ];
}
