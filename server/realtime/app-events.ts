import type { AppEvent, Envelope } from "#contracts/bus.ts";
import { isCacheChannel } from "#contracts/channels.ts";
import { limits } from "#contracts/limits.ts";
import { publish } from "#server/bus/publish.ts";
import type { Sql, Tx } from "#server/db/sql.ts";

/**
 * An event of an app on its way to every worker. A `cached` one is stored for clients that subscribe to a cache channel
 * later.
 */
export type TriggeredEvent = { app: string; event: AppEvent; cached: boolean };

/** How long the last event of a cache channel is stored. */
const cacheMinutes = 30;

/** Publishes to every worker: all of the events, or none when it throws. */
export async function publishEvents(sql: Sql, triggered: readonly TriggeredEvent[]): Promise<void> {
  const prepared = triggered.map((one) => {
    const envelope = { app: one.app, nonce: crypto.randomUUID(), event: one.event };
    const text = JSON.stringify(envelope);
    return { ...one, envelope, isLarge: Buffer.byteLength(text) > limits.notifyBytes - 2 };
  });
  if (prepared.every((one) => !one.isLarge && !one.cached)) {
    return publish(
      sql,
      prepared.map((one) => one.envelope),
    );
  }
  await sql.begin(async (tx) => {
    await storeCached(tx, prepared);
    const envelopes: Envelope[] = [];
    for (const { app, event, envelope, isLarge } of prepared) {
      envelopes.push(isLarge ? { app, nonce: envelope.nonce, eventRef: await storeOversized(tx, event) } : envelope);
    }
    await publish(tx, envelopes);
  });
}

type PreparedEvent = TriggeredEvent & { envelope: { nonce: string } };

/**
 * One row per channel, in a fixed order, so that concurrent workers that store events of the same channels do not
 * deadlock.
 */
async function storeCached(tx: Tx, prepared: readonly PreparedEvent[]): Promise<void> {
  const last = new Map<string, { app: string; channel: string; event: string }>();
  for (const { app, event, cached, envelope } of prepared) {
    for (const channel of cached ? event.channels.filter(isCacheChannel) : []) {
      const stored = JSON.stringify({ name: event.name, data: event.data, nonce: envelope.nonce });
      last.set(`${app} ${channel}`, { app, channel, event: stored });
    }
  }
  const rows = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (rows.length === 0) return;
  await tx`
    insert into cached_events (app, channel, event, expires_at)
    select app, channel, event, now() + make_interval(mins => ${cacheMinutes})
    from unnest(${rows.map((row) => row.app)}::text[], ${rows.map((row) => row.channel)}::text[],
      ${rows.map((row) => row.event)}::text[]) with ordinality as r(app, channel, event, n) order by n
    on conflict (app, channel) do update set event = excluded.event, expires_at = excluded.expires_at
  `;
}

async function storeOversized(tx: Tx, event: AppEvent): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into oversized_events (event) values (${JSON.stringify(event)}) returning id
  `;
  await tx`
    delete from oversized_events where id in (
      select id from oversized_events where created_at < now() - interval '1 minute' limit 100 for update skip locked)
  `;
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

/** An event that was too large for a notification; undefined when it has been deleted. */
export async function readOversizedEvent(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql<{ event: string }[]>`select event from oversized_events where id = ${id}`;
  return row?.event;
}

export type CachedEvent = { name: string; data: string; nonce: string; secondsLeft: number };

export async function readCached(sql: Sql, app: string, channel: string): Promise<CachedEvent | undefined> {
  const [row] = await sql<{ event: string; secondsLeft: number }[]>`
    select event, extract(epoch from expires_at - now())::int as seconds_left from cached_events
    where app = ${app} and channel = ${channel} and expires_at > now()
  `;
  return row
    ? { ...(JSON.parse(row.event) as Omit<CachedEvent, "secondsLeft">), secondsLeft: row.secondsLeft }
    : undefined;
}

/** Closes all connections of a user of an app, on every worker. */
export async function terminateUser(sql: Sql, app: string, userId: string): Promise<void> {
  await publish(sql, [{ app, nonce: crypto.randomUUID(), terminatedUserId: userId }]);
}
