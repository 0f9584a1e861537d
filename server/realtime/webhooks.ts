import type { Sql, Tx } from "#server/db/sql.ts";

/** An event for one address of an app. `kind` is its name; `userId` is empty where it concerns nobody. */
export type WebhookEvent = { app: string; hook: number; kind: string; channel: string; userId: string; event: unknown };

/** What undoes what: whoever comes back within the delay was never gone. */
const oppositeOf: Record<string, string> = { channel_occupied: "channel_vacated", member_added: "member_removed" };
const delayed = new Set(Object.values(oppositeOf));
/** Milliseconds for which a vacated channel or a lost member is not reported. */
const delayMs = 2_500;
/** Somebody who took a delivery and died holds it no longer than this. */
const claimSeconds = 30;
const giveUpMinutes = 5;

/** Puts events on their way, in the transaction of what they report. */
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

/** Takes what is due to one address, oldest first; each is one worker's for half a minute. */
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

/** Of addresses that are no longer in any worker's settings: nobody takes or gives them up. */
export async function dropAbandoned(sql: Sql): Promise<void> {
  await sql`delete from webhook_deliveries where created_at < now() - make_interval(mins => ${2 * giveUpMinutes})`;
}

export async function dropDeliveries(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql`delete from webhook_deliveries where id = any(${ids as string[]}::bigint[])`;
}

/** Tries again after 1, 2, 4 … seconds; given up five minutes after the event. Returns how many were given up. */
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
