import type { Content } from "#contracts/messages/kinds/index.ts";
import { isQueueFull } from "#server/bus/publish.ts";
import { isDataError, isForeignKeyViolation, sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { refusalFor, sendRates } from "#server/messages/send/send-result.ts";
import { type SendAnswer, sendMessages } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

export type Sending = {
  conversationId: string;
  clientId: string;
  content: Content;
  me: Me;
  preview: string;
  /** What the message gives its readers, where that is more than `filesOf(content)`. */
  files?: readonly string[];
};
export type Sent = { outcome: "stored" | "duplicate"; seq: number; rev: number; sentAt: Date };

type Waiting = Sending & { skips: number; resolve: (sent: Sent) => void; reject: (error: unknown) => void };

/** Two batches overlap a commit with the next one's work; a third only waits for the same two cores and one log. */
const mostInFlight = 2;
const mostInBatch = 200;
/** A conversation that was locked this often is waited for, alone, so that it delays no other conversation. */
const maxSkips = 2;

const queue: Waiting[] = [];
/** Conversations in a batch that is on its way: their next messages wait, so that the order of arrival stays. */
const inFlightConversations = new Set<string>();
let inFlight = 0;

/**
 * Group commit: messages that arrive while a batch is on its way are written together in the next, in one round trip
 * and one transaction. No timer: an idle server adds no delay, a busy one merges. Each message is answered on its own,
 * and one that is refused fails no neighbour.
 */
export function enqueue(sending: Sending): Promise<Sent> {
  return new Promise((resolve, reject) => {
    queue.push({ ...sending, skips: 0, resolve, reject });
    pump();
  });
}

function pump(): void {
  while (inFlight < mostInFlight) {
    const batch = takeBatch();
    if (batch.length === 0) return;
    inFlight += 1;
    for (const one of batch) inFlightConversations.add(one.conversationId);
    void write(batch).finally(() => {
      for (const one of batch) inFlightConversations.delete(one.conversationId);
      inFlight -= 1;
      pump();
    });
  }
}

/** The oldest that may go. Two sends of one client id are never in one batch: the second shall find the first. */
function takeBatch(): Waiting[] {
  const batch: Waiting[] = [];
  const keys = new Set<string>();
  const held = new Set(inFlightConversations);
  for (let at = 0; at < queue.length && batch.length < mostInBatch; ) {
    const one = queue[at];
    if (!one) break;
    const key = `${one.conversationId} ${one.me.personId} ${one.clientId}`;
    const alone = one.skips >= maxSkips;
    if (held.has(one.conversationId) || keys.has(key) || (alone && batch.length > 0)) {
      held.add(one.conversationId); // whatever follows in this conversation stays behind it
      at += 1;
      continue;
    }
    queue.splice(at, 1);
    keys.add(key);
    batch.push(one);
    if (alone) break;
  }
  return batch;
}

async function write(batch: Waiting[]): Promise<void> {
  try {
    resolveBatch(batch, await call(batch));
  } catch (error) {
    if (batch.length === 1 || !isDataError(error)) {
      const reason = isForeignKeyViolation(error, "attachments_file_id_fkey") ? new Refusal("file_not_found") : error;
      for (const one of batch) one.reject(reason);
      return;
    }
    // One row that Postgres itself refuses must not take the others with it. Nothing of the batch was stored.
    for (const one of batch) {
      await write([one]);
    }
  }
}

async function call(batch: Waiting[]): Promise<SendAnswer[]> {
  const options = { ...sendRates(), wait: batch.some((one) => one.skips >= maxSkips) };
  try {
    return await sendMessages(sql(), batch, { ...options, quiet: false });
  } catch (error) {
    if (!isQueueFull(error)) throw error;
    return sendMessages(sql(), batch, { ...options, quiet: true });
  }
}

function resolveBatch(batch: Waiting[], answers: SendAnswer[]): void {
  const busy: Waiting[] = [];
  for (const answer of answers.toSorted((a, b) => a.n - b.n)) {
    const one = batch[answer.n - 1];
    if (!one) continue;
    const { outcome, seq, rev, sentAt } = answer;
    if (outcome === "busy") busy.push({ ...one, skips: one.skips + 1 });
    else if (outcome === "stored" || outcome === "duplicate") one.resolve({ outcome, seq, rev, sentAt });
    else one.reject(refusalFor(answer));
  }
  // In front, in their old order: the skipped are older than all that wait.
  queue.unshift(...busy);
}
