import type { Sql, Tx } from "#server/db/sql.ts";

/** An event for one webhook address of an app. `kind` is its name; `userId` is empty when it is not about a user. */
export type WebhookEvent = { app: string; hook: number; kind: string; channel: string; userId: string; event: unknown };

/** Opposite events within the delay cancel out. */
const oppositeOf: Record<string, string> = { channel_occupied: "channel_vacated", member_added: "member_removed" };
const delayed = new Set(Object.values(oppositeOf));
/** Milliseconds before a vacated channel or a removed member is reported. */
const delayMs = 2_500;
/** A delivery is claimed for this long, in case the worker stops before it reports the result. */
const claimSeconds = 30;
const giveUpMinutes = 5;

/** Queues events for delivery, in the transaction of the change that they report. */
export async function enqueueWebhookEvents(tx: Tx, hooks: readonly WebhookEvent[]): Promise<void> {
  for (const { app, hook, kind, channel, userId, event } of hooks) {
    const opposite = oppositeOf[kind];
    if (opposite !== undefined) {
      const undone = await tx`
        delete from webhook_deliveries
        where app = ${app} and hook = ${hook} and kind = ${opposite} and channel = ${channel} and user_id = ${userId}
          and attempts = 0
        returning id`;
      if (undone.length > 0) continue;
    }
    await tx`
      insert into webhook_deliveries (app, hook, kind, channel, user_id, event, due_at)
      values (${app}, ${hook}, ${kind}, ${channel}, ${userId}, ${JSON.stringify(event)},
        now() + make_interval(secs => ${delayed.has(kind) ? delayMs / 1_000 : 0}))
    `;
  }
}

export type Delivery = { id: string; channel: string; event: string };

/** Claims the due deliveries of one address, oldest first, for half a minute. */
export async function claimDeliveries(sql: Sql, app: string, hook: number, limit: number): Promise<Delivery[]> {
  const taken = await sql<Delivery[]>`
    update webhook_deliveries set attempts = attempts + 1, due_at = now() + make_interval(secs => ${claimSeconds})
    where id in (
      select id from webhook_deliveries where app = ${app} and hook = ${hook} and due_at <= now()
      order by id limit ${limit} for update skip locked)
    returning id, channel, event
  `;
  return [...taken].sort((a, b) => Number(a.id) - Number(b.id));
}

/**
 * Deletes the deliveries of addresses that no worker's settings contain any more: no worker would claim or expire them.
 */
export async function dropAbandoned(sql: Sql): Promise<void> {
  await sql`delete from webhook_deliveries where created_at < now() - make_interval(mins => ${2 * giveUpMinutes})`;
}

export async function dropDeliveries(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql`delete from webhook_deliveries where id = any(${ids as string[]}::bigint[])`;
}

/** Retries after 1, 2, 4 … seconds, until five minutes after the event. Returns how many were given up. */
export async function postponeDeliveries(sql: Sql, ids: readonly string[]): Promise<number> {
  const lost = await sql`
    delete from webhook_deliveries
    where id = any(${ids as string[]}::bigint[]) and created_at < now() - make_interval(mins => ${giveUpMinutes})
    returning id`;
  await sql`
    update webhook_deliveries set due_at = now() + make_interval(secs => least(60, 2 ^ (attempts - 1)))
    where id = any(${ids as string[]}::bigint[])
  `;
  return lost.length;
}
