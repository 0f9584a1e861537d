import type { Content } from "#contracts/messages/kinds/index.ts";
import { filesOf } from "#contracts/messages/kinds/index.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { mentionedBy } from "#server/messages/mentions/store.ts";
import type { Sending } from "#server/messages/send/batch.ts";
import { eventForm } from "#server/messages/send/event-form.ts";
import type { MessageRow } from "#server/messages/view.ts";

export const messageColumns = (tx: Tx) =>
  tx`m.conversation_id, m.seq, m.rev, m.sender_id, m.client_id, m.kind, m.content, m.preview, m.sent_at,
    m.changed_at, m.reactions, m.edited_at, m.pinned_at`;

export type NewMessage = {
  conversationId: string;
  seq: number;
  rev: number;
  senderId: string;
  clientId: string;
  content: Content;
  preview: string;
};

export async function insertMessage(tx: Tx, message: NewMessage): Promise<MessageRow> {
  const [row] = await tx<MessageRow[]>`
    insert into messages as m (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
    values (${message.conversationId}, ${message.seq}, ${message.rev}, ${message.senderId}, ${message.clientId},
      ${message.content.kind}, ${tx.json(message.content)}, ${message.preview})
    returning ${messageColumns(tx)}
  `;
  if (!row) throw new Error("insert returned no message");
  return row;
}

export type SendAnswer = {
  /** The index in the batch, from 1. */
  n: number;
  outcome: string;
  seq: number;
  rev: number;
  sentAt: Date;
  /** Seconds until it may be sent, when that is known: `rate_limited`, `slow_mode`, `muted` with an end. */
  wait: number | null;
};

/**
 * Calls prisma/functions/send_messages.sql, which says what it does and returns. A batch with mentions writes them in the
 * same statement, which is one transaction like every other; a batch without runs the function alone.
 */
export async function sendMessages(
  tx: Tx,
  batch: readonly Sending[],
  { rate, burst, wait, quiet }: { rate: number; burst: number; wait: boolean; quiet: boolean },
): Promise<SendAnswer[]> {
  const column = (read: (one: (typeof batch)[number]) => string) => batch.map(read);
  const files = batch.flatMap((one, at) =>
    (one.files ?? filesOf(one.content)).map((fileId) => ({ n: at + 1, fileId })),
  );
  const mentions = batch.flatMap(({ me, content, conversationId }, at) =>
    mentionedBy(me.personId, content).map((personId) => ({ n: at + 1, personId, conversationId })),
  );
  const sent = tx`
    select * from send_messages(
      ${column((one) => one.conversationId)}::uuid[], ${column((one) => one.me.personId)}::uuid[],
      ${column((one) => one.clientId)}::uuid[], ${column((one) => JSON.stringify(one.content))}::text[],
      ${column((one) => one.preview)}::text[], ${column(eventForm)}::text[], ${files.map(({ n }) => n)}::int[],
      ${files.map(({ fileId }) => fileId)}::uuid[], ${rate}, ${burst}, ${wait}, ${quiet})
  `;
  if (mentions.length === 0) return tx<SendAnswer[]>`${sent}`;
  return tx<SendAnswer[]>`
    with sent as materialized (${sent}), mentioned as (
      insert into mentions (person_id, conversation_id, seq, sent_at)
      select i.person_id, i.conversation_id, sent.seq, sent.sent_at
      from sent join unnest(${mentions.map(({ n }) => n)}::int[], ${mentions.map(({ personId }) => personId)}::uuid[],
        ${mentions.map(({ conversationId }) => conversationId)}::uuid[]) as i (n, person_id, conversation_id) on i.n = sent.n
      where sent.outcome = 'stored'
    )
    select * from sent
  `;
}

export type PlainBatch = {
  /** At most one with the same conversation, sender and client id. `form`: null for a reference. */
  messages: readonly { conversationId: string; clientId: string; me: Me; content: string; preview: string }[];
  forms: readonly (string | null)[] | null;
  /** The envelope that names the batch, as JSON. */
  batch: string;
};

/** `n`: the index in the batch, from 1. */
export type PlainAnswer = { sentAt: Date; stored: { n: number; seq: number; rev: number }[] };

/** Calls prisma/functions/send_plain_messages.sql, which says what it stores. Null: nothing was stored. */
export async function sendPlainMessages(
  tx: Tx,
  { messages, forms, batch }: PlainBatch,
  { rate, burst }: { rate: number; burst: number },
): Promise<PlainAnswer | null> {
  const many = new Map<string, number>();
  for (const { me } of messages) many.set(me.personId, (many.get(me.personId) ?? 0) + 1);
  const column = (read: (one: (typeof messages)[number]) => string) => `{${messages.map(read).join(",")}}`;
  const [row] = await tx<{ answer: string | null }[]>`
    select send_plain_messages(
      ${column((one) => one.conversationId)}::uuid[], ${column((one) => one.me.personId)}::uuid[],
      ${column((one) => one.clientId)}::uuid[], ${column((one) => quoted(one.content))}::text[],
      ${column((one) => quoted(one.preview))}::text[], ${column((one) => String(many.get(one.me.personId)))}::int[],
      ${forms && `{${forms.map((form) => (form === null ? "null" : quoted(form))).join(",")}}`}::text[],
      ${batch}, ${rate}, ${burst}) as answer
  `;
  if (!row?.answer) return null;
  const [sentAt, stored] = JSON.parse(row.answer) as [string, [number, number, number][]];
  return { sentAt: new Date(sentAt), stored: stored.map(([n, seq, rev]) => ({ n, seq, rev })) };
}

/** An element of Postgres' text form of an array. Written by hand, because the client's encoder costs as much as the call. */
const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

/**
 * Up to `limit` messages below `before`, newest first; never below `visibleFromSeq`. `before` is at most one above the
 * last message: a page is a range of numbers, which have no gaps, so no plan can read more than the page.
 */
export async function readOlder(tx: Tx, conversationId: string, visibleFromSeq: number, before: number, limit: number) {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where m.conversation_id = ${conversationId} and m.seq < ${before}
      and m.seq >= ${Math.max(visibleFromSeq, before - limit)}
    order by m.seq desc
  `;
}

/** Up to `limit` messages above `after`, oldest first; never below `visibleFromSeq`. `after` is at most the last one. */
export async function readNewer(tx: Tx, conversationId: string, visibleFromSeq: number, after: number, limit: number) {
  const first = Math.max(visibleFromSeq, after + 1);
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where m.conversation_id = ${conversationId} and m.seq >= ${first} and m.seq < ${first + limit}
    order by m.seq
  `;
}

/** Is there such a message, and is it in the range that this member may read? */
export async function mayRead(tx: Tx, conversationId: string, personId: string, seq: number): Promise<boolean> {
  const [row] = await tx`
    select from memberships o join messages m on m.conversation_id = o.conversation_id
    where o.conversation_id = ${conversationId} and o.person_id = ${personId} and o.left_at is null and m.seq = ${seq}
      and m.seq >= o.visible_from_seq
  `;
  return row !== undefined;
}

/** Who said a message, and what in one line; null for one that this member may not read or has deleted for themselves. */
export async function readLine(tx: Tx, conversationId: string, personId: string, seq: number) {
  const [row] = await tx<{ name: string; kind: string; preview: string }[]>`
    select p.display_name as name, m.kind, m.preview
    from memberships o join messages m on m.conversation_id = o.conversation_id join people p on p.id = m.sender_id
    where o.conversation_id = ${conversationId} and o.person_id = ${personId} and o.left_at is null and m.seq = ${seq}
      and m.seq >= o.visible_from_seq and not exists (
        select from hidden_messages h
        where h.person_id = o.person_id and h.conversation_id = m.conversation_id and h.seq = m.seq)
  `;
  return row ?? null;
}

/** Are all of them in the conversation now? Each is looked up by the key, whatever Postgres knows of how many there are. */
export async function areMembers(tx: Tx, conversationId: string, personIds: readonly string[]): Promise<boolean> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from unnest(${personIds as string[]}::uuid[]) as i (id)
    where (select m.left_at is null from memberships m where m.conversation_id = ${conversationId} and m.person_id = i.id)
  `;
  return row?.count === personIds.length;
}

/**
 * The message that a client id stands for, for its sender. A sender who left the conversation is not told its
 * reactions.
 */
export async function readSent(tx: Tx, conversationId: string, senderId: string, clientId: string) {
  const [row] = await tx<(MessageRow & { content: Content; isMember: boolean })[]>`
    select ${messageColumns(tx)}, exists (
      select from memberships o
      where o.conversation_id = m.conversation_id and o.person_id = ${senderId} and o.left_at is null) as is_member
    from messages m
    where client_id = ${clientId} and sender_id = ${senderId} and conversation_id = ${conversationId}
  `;
  return row ? { ...row, reactions: row.isMember ? row.reactions : null } : null;
}

export async function readMessage(tx: Tx, conversationId: string, seq: number): Promise<MessageRow | null> {
  const [row] = await tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m where m.conversation_id = ${conversationId} and m.seq = ${seq}
  `;
  return row ?? null;
}

export async function updateMessage(
  tx: Tx,
  { conversationId, seq, rev, content, preview, reactions, editedAt, pinnedAt }: Omit<MessageRow, "kind" | "sentAt">,
): Promise<void> {
  await tx`
    update messages set rev = ${rev}, kind = ${content.kind}, content = ${tx.json(content)}, preview = ${preview},
      reactions = ${reactions && tx.json(reactions)}, edited_at = ${editedAt}, pinned_at = ${pinnedAt}, changed_at = now()
    where conversation_id = ${conversationId} and seq = ${seq}
  `;
}

/** The files of a message are no longer given to its readers; without other uses they are deleted later. */
export async function detachFiles(tx: Tx, conversationId: string, seq: number): Promise<void> {
  await tx`delete from attachments where conversation_id = ${conversationId} and seq = ${seq}`;
}
