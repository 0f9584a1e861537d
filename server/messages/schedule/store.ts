import { filesOf, type Sendable } from "#contracts/messages/kinds/index.ts";
import type { Reason } from "#contracts/refusals.ts";
import type { Tx } from "#server/db/sql.ts";
import type { ScheduledRow } from "#server/messages/schedule/view.ts";

const columns = (tx: Tx) =>
  tx`s.person_id, s.client_id, s.conversation_id, s.draft, s.preview, s.send_at, s.version, s.failure`;

/** The next one first; those of one moment in the order of their ids, so that every device lists them alike. */
export async function readAllScheduled(tx: Tx, personId: string): Promise<ScheduledRow[]> {
  return tx<ScheduledRow[]>`
    select ${columns(tx)} from scheduled_messages s where s.person_id = ${personId} order by s.send_at, s.client_id
  `;
}

/** `due`: its time has come, by Postgres' clock, which is also the one that jobs begin by. */
export async function readScheduled(
  tx: Tx,
  personId: string,
  clientId: string,
): Promise<(ScheduledRow & { due: boolean }) | null> {
  const [row] = await tx<(ScheduledRow & { due: boolean })[]>`
    select ${columns(tx)}, s.send_at <= now() as due from scheduled_messages s
    where s.person_id = ${personId} and s.client_id = ${clientId}
  `;
  return row ?? null;
}

export async function countScheduled(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from scheduled_messages where person_id = ${personId}
  `;
  return row?.count ?? 0;
}

/** Writes one of mine as it is now, with its files. */
export async function writeScheduled(tx: Tx, row: ScheduledRow): Promise<void> {
  const { personId, clientId, conversationId, draft, preview, sendAt, version } = row;
  await tx`
    insert into scheduled_messages (person_id, client_id, conversation_id, draft, preview, send_at, version)
    values (${personId}, ${clientId}, ${conversationId}, ${tx.json(draft)}, ${preview}, ${sendAt}, ${version})
    on conflict (person_id, client_id) do update set draft = excluded.draft, preview = excluded.preview,
      send_at = excluded.send_at, version = excluded.version, failure = null
  `;
  await tx`delete from scheduled_files where person_id = ${personId} and client_id = ${clientId}`;
  await insertFiles(tx, row);
}

async function insertFiles(tx: Tx, { personId, clientId, draft }: ScheduledRow): Promise<void> {
  const files = [...new Set(filesOf(draft as Sendable))];
  if (files.length === 0) return;
  await tx`
    insert into scheduled_files (file_id, person_id, client_id)
    select f.id, ${personId}, ${clientId} from unnest(${files}::uuid[]) as f (id)
  `;
}

export async function writeFailure(tx: Tx, personId: string, clientId: string, failure: Reason): Promise<void> {
  await tx`
    update scheduled_messages set failure = ${failure}, version = version + 1
    where person_id = ${personId} and client_id = ${clientId}
  `;
}

/** Its files go with it, by the foreign key; those that a message has are kept by that. */
export async function deleteScheduled(tx: Tx, personId: string, clientId: string): Promise<boolean> {
  const rows = await tx`
    delete from scheduled_messages where person_id = ${personId} and client_id = ${clientId} returning true
  `;
  return rows.length > 0;
}
