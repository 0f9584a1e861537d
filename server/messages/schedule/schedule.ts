import { limits } from "#contracts/limits.ts";
import { previewOf } from "#contracts/messages/kinds/index.ts";
import type {
  RescheduleInput,
  ScheduledRef,
  ScheduleInput,
  ScheduleOutput,
  UnscheduleOutput,
} from "#contracts/messages/schedule.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { sql, type Tx, transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import type { Me } from "#server/me.ts";
import { resolveDraft } from "#server/messages/resolve-draft.ts";
import { countScheduled, deleteScheduled, readScheduled, writeScheduled } from "#server/messages/schedule/store.ts";
import { type ScheduledRow, toScheduled } from "#server/messages/schedule/view.ts";
import { readSent } from "#server/messages/store.ts";
import { beginPeopleChanges, commitPeopleChanges, type PeopleLedger, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** Of the job: a conversation that is locked and a person who sends too fast are waited for, longer each time: days. */
const attempts = 25;

/**
 * Keeps a message of mine and sends it at `sendAt`, once, if I may send it then; the same call again changes nothing.
 * Refuses what `sendMessage` refuses now, `invalid_send_time` for a time that is past or more than
 * `limits.scheduledDays` away, `scheduled_messages_limit_reached`, `client_id_reused` and `rate_limited`.
 */
export async function scheduleMessage(me: Me, input: ScheduleInput): Promise<ScheduleOutput> {
  const { conversationId, clientId } = input;
  await consumeRateLimit(`schedule:${me.personId}`, rates.schedule);
  const sendAt = readTime(input.sendAt);
  const preview = previewOf(await resolveDraft(me, conversationId, input.content));
  return transaction(async (tx) => {
    // My devices wait for each other here, so the limit holds for all of them together.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const known = await readScheduled(tx, me.personId, clientId);
    if (known && known.conversationId !== conversationId) throw new Refusal("client_id_reused");
    if (known) return { rev: people.revs.get(me.personId) ?? 0, message: toScheduled(known) };
    if (await readSent(tx, conversationId, me.personId, clientId)) throw new Refusal("client_id_reused");
    await authorizeWriter(tx, me, conversationId);
    if ((await countScheduled(tx, me.personId)) >= limits.scheduledMessages) {
      throw new Refusal("scheduled_messages_limit_reached");
    }
    const row = { personId: me.personId, clientId, conversationId, draft: input.content, preview, sendAt };
    return write(tx, people, { ...row, version: 1, failure: null });
  });
}

/**
 * Gives a scheduled message of mine another time, and other content where there is one; one that failed waits again.
 * Refuses `not_found` for one that was sent or is not mine, and what `scheduleMessage` refuses.
 */
export async function rescheduleMessage(me: Me, input: RescheduleInput): Promise<ScheduleOutput> {
  await consumeRateLimit(`schedule:${me.personId}`, rates.schedule);
  const sendAt = readTime(input.sendAt);
  const before = await readScheduled(sql(), me.personId, input.clientId);
  if (!before) throw new Refusal("not_found");
  const content = input.content && (await resolveDraft(me, before.conversationId, input.content));
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    const row = await readScheduled(tx, me.personId, input.clientId);
    if (!row) throw new Refusal("not_found");
    const draft = input.content ?? row.draft;
    const preview = content ? previewOf(content) : row.preview;
    return write(tx, people, { ...row, draft, preview, sendAt, version: row.version + 1, failure: null });
  });
}

/** Takes a scheduled message of mine away; repeating is harmless, and one that was sent stays sent. */
export async function unscheduleMessage(me: Me, { clientId }: ScheduledRef): Promise<UnscheduleOutput> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    if (!(await deleteScheduled(tx, me.personId, clientId))) return { rev: await readPersonRev(tx, me.personId) };
    publishToPerson(people, me.personId, { type: "scheduled_message.removed", clientId });
    await commitPeopleChanges(tx, people);
    return { rev: people.revs.get(me.personId) ?? 0 };
  });
}

function readTime(sendAt: string): Date {
  const time = new Date(sendAt);
  const away = time.getTime() - Date.now();
  if (away <= 0 || away > limits.scheduledDays * 86_400_000) throw new Refusal("invalid_send_time");
  return time;
}

/** The row, its job and what my devices are told, in one transaction. A job for an earlier time is replaced. */
async function write(tx: Tx, people: PeopleLedger, row: ScheduledRow): Promise<ScheduleOutput> {
  const { personId, clientId, sendAt } = row;
  await writeScheduled(tx, row);
  const key = `scheduled ${personId} ${clientId}`;
  // One queue for a person: what was meant for one moment leaves in the order in which it was written.
  const options = { runAt: sendAt, key, queue: `scheduled ${personId}`, attempts };
  await addJob(tx, "messages:send-scheduled", { personId, clientId }, options);
  const message = toScheduled(row);
  publishToPerson(people, personId, { type: "scheduled_message.changed", message });
  await commitPeopleChanges(tx, people);
  return { rev: people.revs.get(personId) ?? 0, message };
}
