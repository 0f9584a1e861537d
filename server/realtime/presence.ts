import type { Envelope } from "#contracts/bus.ts";
import { limits } from "#contracts/limits.ts";
import { publish } from "#server/bus/publish.ts";
import type { Sql, Tx } from "#server/db/sql.ts";

/**
 * Presence over all workers: channel subscriptions, members of presence channels, people online. A worker writes its
 * own rows and holds them by a lease; when the lease ends, another worker removes them.
 */

/**
 * Number of sockets that a worker has of `userId` in a channel (empty `userId`: sockets without a user); 0 after the
 * last one left.
 */
export type PresenceRow = { channel: string; userId: string; info: string; sockets: number };

/** The effect of a change of presence rows over all workers. */
export type PresenceChange = {
  channel: string;
  userId: string;
  info: string;
  /** The user joined the channel; the user left it. */
  joined: boolean;
  left: boolean;
  /** The channel got its first subscriber; the channel lost its last one. */
  occupied: boolean;
  vacated: boolean;
  /** Rises within a channel; int8, so text. */
  rev: string;
};

/** The channel of an app's signed-in people. Clients cannot subscribe to it, because `#` is reserved. */
export const onlineChannel = "#online";

/** Called with the changes inside the transaction that wrote them; returns the envelopes to publish. */
export type Announce = (tx: Tx, app: string, changes: PresenceChange[]) => Promise<Envelope[]>;

export type Members = { userId: string; info: string }[];

/**
 * Writes a worker's presence rows of one app and publishes the changes, in one transaction. `list` names the channels of
 * which the members are returned: they are read under the same lock, so at the `rev` of the change.
 */
export async function writePresence(
  sql: Sql,
  workerId: string,
  app: string,
  rows: readonly PresenceRow[],
  { announce, list }: { announce: Announce; list: readonly string[] },
): Promise<{ changes: PresenceChange[]; members: Map<string, Members> }> {
  return sql.begin(async (tx) => {
    const changes = await updatePresence(tx, workerId, app, rows, announce);
    const members = list.length > 0 ? await readMembers(tx, app, list) : new Map<string, Members>();
    return { changes, members };
  }) as Promise<{ changes: PresenceChange[]; members: Map<string, Members> }>;
}

async function updatePresence(tx: Tx, workerId: string, app: string, rows: readonly PresenceRow[], announce: Announce) {
  const changes = await tx<PresenceChange[]>`
    select * from update_presence(${workerId}, ${app}, ${rows.map((one) => one.channel)}::text[],
      ${rows.map((one) => one.userId)}::text[], ${rows.map((one) => one.info)}::text[],
      ${rows.map((one) => one.sockets)}::int[], ${limits.workerLeaseSeconds})
  `;
  await publish(tx, await announce(tx, app, [...changes]));
  return [...changes];
}

/**
 * Takes or renews a worker's lease. Returns `ended` when the lease had expired, even if its rows have not been removed
 * yet: other workers ignore those rows already, so the worker must remove them (`reapWorker`) and start a new lease.
 */
export async function renewLease(sql: Sql, workerId: string): Promise<"taken" | "renewed" | "ended"> {
  const [row] = await sql<{ renewed: boolean }[]>`
    insert into realtime_workers as w (id, heartbeat_at) values (${workerId}, now())
    on conflict (id) do update set heartbeat_at = now()
      where w.heartbeat_at > now() - make_interval(secs => ${limits.workerLeaseSeconds})
    returning (xmax <> 0) as renewed
  `;
  if (!row) return "ended";
  return row.renewed ? "renewed" : "taken";
}

/** The number of other workers that hold a lease. */
export async function countPeers(sql: Sql, workerId: string): Promise<number> {
  const [row] = await sql<{ peers: number }[]>`
    select count(*)::int as peers from realtime_workers w where w.id <> ${workerId} and ${hasLease(sql)}
  `;
  return row?.peers ?? 0;
}

/** Limits the presence rows that one transaction removes. */
const maxRowsPerTransaction = 500;

/**
 * Removes the presence rows of one worker with an expired lease, or of `workerId` when it stops. Returns whether there was
 * such a worker. SKIP LOCKED gives concurrent reapers different workers.
 */
export async function reapWorker(sql: Sql, announce: Announce, workerId?: string): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [ended] = await tx<{ id: string }[]>`
      select id from realtime_workers
      where ${workerId ? tx`id = ${workerId}` : tx`heartbeat_at < now() - make_interval(secs => ${limits.workerLeaseSeconds})`}
      limit 1 for update skip locked
    `;
    if (!ended) return false;
    const rows = await tx<{ app: string; channel: string; userId: string; info: string }[]>`
      select app, channel, user_id, info from presence where worker_id::text = ${ended.id} order by app limit ${maxRowsPerTransaction}
    `;
    for (const app of new Set(rows.map((row) => row.app))) {
      const appRows = rows.filter((row) => row.app === app).map((row) => ({ ...row, sockets: 0 }));
      await updatePresence(tx, ended.id, app, appRows, announce);
    }
    if (rows.length < maxRowsPerTransaction) {
      await tx`delete from realtime_workers where id = ${ended.id}`;
      // Rows that the worker wrote after its lease was removed have no worker any more.
      // The workers of all rows are few: each is the next one in the index.
      await tx`
        with recursive present (worker) as (
          (select o.worker_id::text from presence o order by o.worker_id::text limit 1)
          union all
          select (
            select o.worker_id::text from presence o where o.worker_id::text > p.worker order by o.worker_id::text limit 1)
          from present p where p.worker is not null
        )
        delete from presence where worker_id::text = any(array(
          select p.worker from present p
          where p.worker is not null and not exists (select from realtime_workers w where w.id = p.worker::uuid)))`;
    }
    return true;
  }) as Promise<boolean>;
}

/** The members of channels over all workers, each once. */
export async function readMembers(tx: Tx, app: string, channels: readonly string[]): Promise<Map<string, Members>> {
  const rows = await tx<{ channel: string; userId: string; info: string }[]>`
    select distinct on (o.channel, o.user_id) o.channel, o.user_id, o.info
    from presence o join realtime_workers w on w.id = o.worker_id
    where o.app = ${app} and o.channel = any(${channels as string[]}::text[]) and o.user_id <> '' and ${hasLease(tx)}
    order by o.channel, o.user_id
  `;
  const members = new Map<string, Members>(channels.map((channel) => [channel, []]));
  for (const { channel, userId, info } of rows) members.get(channel)?.push({ userId, info });
  return members;
}

export type Occupancy = { channel: string; users: number; sockets: number };

/** Occupied channels of an app: those with the prefix, or exactly the named ones. */
export async function readOccupancy(
  sql: Sql,
  app: string,
  wanted: { prefix: string } | { channels: readonly string[] },
): Promise<Occupancy[]> {
  const which =
    "prefix" in wanted
      ? sql`starts_with(o.channel, ${wanted.prefix}) and not starts_with(o.channel, '#')`
      : sql`o.channel = any(${wanted.channels as string[]}::text[])`;
  return sql<Occupancy[]>`
    select o.channel, count(distinct o.user_id)::int as users, sum(o.sockets)::int as sockets
    from presence o join realtime_workers w on w.id = o.worker_id
    where o.app = ${app} and ${which} and ${hasLease(sql)}
    group by o.channel order by o.channel
  `;
}

/** The given users who are online in the app. */
export async function readOnline(sql: Sql | Tx, app: string, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ userId: string }[]>`
    select presence_online(${app}, ${userIds as string[]}::text[], ${limits.workerLeaseSeconds}) as user_id
  `;
  return new Set(rows.map((row) => row.userId));
}

const hasLease = (tx: Tx) => tx`w.heartbeat_at > now() - make_interval(secs => ${limits.workerLeaseSeconds})`;
