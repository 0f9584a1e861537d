import type { Sendable } from "#contracts/messages/kinds/index.ts";
import type { ScheduledRef, UnscheduleOutput } from "#contracts/messages/schedule.ts";
import type { Reason } from "#contracts/refusals.ts";
import { markUnread } from "#server/conversations/settings/mark-unread.ts";
import { findNotes } from "#server/conversations/store.ts";
import { isLockTimeout, sql, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { resolveDraft } from "#server/messages/resolve-draft.ts";
import { deleteScheduled, readScheduled, writeFailure } from "#server/messages/schedule/store.ts";
import { type ScheduledRow, toScheduled } from "#server/messages/schedule/view.ts";
import { sendInTransaction } from "#server/messages/send/send-in-transaction.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** What another attempt may find otherwise. */
const passing: ReadonlySet<Reason> = new Set(["rate_limited", "slow_mode", "unavailable", "internal_error"]);

/**
 * Sends a scheduled message of mine at once. Refuses what `sendMessage` refuses, and leaves it as it is then; `not_found`
 * also for one that was sent or is not mine.
 */
export async function sendScheduledNow(me: Me, { clientId }: ScheduledRef): Promise<UnscheduleOutput> {
  const row = await readScheduled(sql(), me.personId, clientId);
  if (!row) throw new Refusal("not_found");
  return { rev: await send(me, row) };
}

/**
 * The job: sends a message that is due, judged as one that its author sends at this moment; what is refused is kept with
 * the reason. Running it again is harmless: the row is gone with the commit that stored the message. One that was moved
 * to a later time has another job.
 */
export async function sendDue({ personId, clientId }: { personId: string; clientId: string }): Promise<void> {
  const row = await readScheduled(sql(), personId, clientId);
  if (!row?.due || row.failure !== null) return;
  try {
    // No session: what sends does not ask for one.
    await send({ personId, sessionId: "" }, row, true);
  } catch (error) {
    if (!(error instanceof Refusal) || passing.has(error.reason)) throw error;
    await keepFailed(row, error.reason);
  }
}

/**
 * Stores the message and deletes the row, in one transaction. `reminds`: what arrives in my notes without me is unread.
 * Answers my rev after it.
 */
async function send(
  me: Me,
  { conversationId, clientId, draft, version }: ScheduledRow,
  reminds = false,
): Promise<number> {
  // It has passed the schema of its kind.
  const content = await resolveDraft(me, conversationId, draft as Sendable);
  try {
    return await transaction(async (tx) => {
      const people = await beginPeopleChanges(tx, [me.personId]);
      const now = await readScheduled(tx, me.personId, clientId);
      // Sent, taken away or written anew since it was read.
      if (now?.version !== version) throw new Refusal("unavailable");
      await deleteScheduled(tx, me.personId, clientId);
      publishToPerson(people, me.personId, { type: "scheduled_message.removed", clientId });
      await sendInTransaction(tx, me, { conversationId, clientId, content, draft: draft as Sendable });
      const isForMe = reminds && (await findNotes(tx, me.personId)) === conversationId;
      if (isForMe) await markUnread(tx, people, me.personId, conversationId);
      await commitPeopleChanges(tx, people);
      return people.revs.get(me.personId) ?? 0;
    });
  } catch (error) {
    throw isLockTimeout(error) ? new Refusal("unavailable") : error;
  }
}

async function keepFailed({ personId, clientId, version }: ScheduledRow, reason: Reason): Promise<void> {
  await transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [personId]);
    const row = await readScheduled(tx, personId, clientId);
    if (row?.version !== version) return;
    await writeFailure(tx, personId, clientId, reason);
    const message = toScheduled({ ...row, failure: reason });
    publishToPerson(people, personId, { type: "scheduled_message.changed", message });
    await commitPeopleChanges(tx, people);
  });
}
