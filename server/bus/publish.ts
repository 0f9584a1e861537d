import { AsyncLocalStorage } from "node:async_hooks";
import { busChannel, type Envelope } from "#contracts/bus.ts";
import { packPayloads } from "#server/bus/payloads.ts";
import type { Tx } from "#server/db/sql.ts";

/** Set while a transaction is retried without NOTIFY, because the queue of NOTIFY was full. */
const quiet = new AsyncLocalStorage<true>();
export const outboxOnly = <T>(work: () => Promise<T>): Promise<T> => quiet.run(true, work);

/** NOTIFY fails at commit when its queue is full, which happens when a listener does not read its notifications. */
export function isQueueFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "54000";
}

/** Whether this transaction is outbox-only; for callers that write their own NOTIFY in SQL. */
export const isQuiet = () => quiet.getStore() === true;

/**
 * Frees the notifications that all listeners have read. Postgres (seen in 18.4) does so only on a successful NOTIFY or
 * on this call; without it, the queue stays full even after the slow listener has disconnected.
 */
export async function advanceNotifyQueue(tx: Tx): Promise<void> {
  await tx`select pg_notification_queue_usage()`;
}

/**
 * Notifies every worker, in the transaction that makes the change: Postgres sends the notification at commit, in commit
 * order, and nothing after a rollback. Only this and the SQL function `send_messages` call `pg_notify`. Envelopes are
 * packed in order into payloads of at most `limits.notifyBytes`; an envelope that is too large alone travels as a
 * reference (without its event).
 */
export async function publish(tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  if (quiet.getStore()) return writeToOutbox(tx, envelopes);
  const payloads = packPayloads(envelopes);
  if (payloads.length === 0) return;
  await tx`select pg_notify(${busChannel}, payload) from unnest(${payloads}::text[]) with ordinality as p(payload, n) order by n`;
}

/**
 * Workers poll this table every second. A row with neither a conversation nor a person means that sessions were
 * revoked.
 */
async function writeToOutbox(tx: Tx, envelopes: readonly Envelope[]): Promise<void> {
  for (const envelope of envelopes) {
    if ("revokedSessionIds" in envelope) await tx`insert into notify_outbox (rev) values (0)`;
    if (!("rev" in envelope)) continue;
    const conversationId = "conversationId" in envelope ? envelope.conversationId : null;
    const personId = "personId" in envelope ? envelope.personId : null;
    await tx`
      insert into notify_outbox (conversation_id, person_id, rev) values (${conversationId}, ${personId}, ${envelope.rev})
    `;
  }
  await tx`delete from notify_outbox where created_at < now() - interval '10 minutes'`;
}
