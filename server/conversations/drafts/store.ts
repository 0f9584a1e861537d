import type { Draft } from "#contracts/drafts.ts";
import type { Tx } from "#server/db/sql.ts";

type Key = { personId: string; conversationId: string };

const columns = (tx: Tx) => tx`d.conversation_id, d.text, d.reply_to`;

/** In the order of the conversations' ids, as clients hold them. */
export async function readDrafts(tx: Tx, personId: string): Promise<Draft[]> {
  return tx<Draft[]>`
    select ${columns(tx)} from drafts d where d.person_id = ${personId} order by d.conversation_id
  `;
}

export async function readDraft(tx: Tx, { personId, conversationId }: Key): Promise<Draft | null> {
  const [row] = await tx<Draft[]>`
    select ${columns(tx)} from drafts d where d.person_id = ${personId} and d.conversation_id = ${conversationId}
  `;
  return row ?? null;
}

export async function countDrafts(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from drafts where person_id = ${personId}
  `;
  return row?.count ?? 0;
}

export async function writeDraft(tx: Tx, personId: string, { conversationId, text, replyTo }: Draft): Promise<void> {
  await tx`
    insert into drafts (person_id, conversation_id, text, reply_to)
    values (${personId}, ${conversationId}, ${text}, ${replyTo})
    on conflict (person_id, conversation_id) do update set text = excluded.text, reply_to = excluded.reply_to
  `;
}

export async function deleteDraft(tx: Tx, { personId, conversationId }: Key): Promise<void> {
  await tx`delete from drafts where person_id = ${personId} and conversation_id = ${conversationId}`;
}
