import type { VoterCursor } from "#contracts/messages/answers.ts";
import type { SignupEntry } from "#contracts/messages/kinds/signup.ts";
import type { Tx } from "#server/db/sql.ts";
import { publicColumns } from "#server/people/store.ts";
import type { PersonRow } from "#server/people/view.ts";

export type MessageKey = { conversationId: string; seq: number };

/** `age`: milliseconds since they were told; null: never. `now`: of the database, at this statement. */
export type Results = {
  voters: number;
  votes: number[];
  lastEntry: number;
  publishDue: boolean;
  age: number | null;
  now: Date;
};

/** What was counted of a message; the caller holds the conversation's lock. */
export async function readResults(tx: Tx, { conversationId, seq }: MessageKey): Promise<Results> {
  const [row] = await tx<Results[]>`
    select coalesce(r.voters, 0) as voters, coalesce(r.votes, '{}') as votes, coalesce(r.last_entry, 0) as last_entry,
      coalesce(r.publish_due, false) as publish_due, clock_timestamp() as now,
      extract(epoch from clock_timestamp() - r.published_at)::float8 * 1000 as age
    from (select) one left join message_results r on r.conversation_id = ${conversationId} and r.seq = ${seq}
  `;
  if (!row) throw new Error("no row of one");
  return row;
}

/** `published`: they are told in this transaction. */
export async function writeResults(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  { voters, votes, lastEntry, publishDue }: Results,
  published: boolean,
): Promise<void> {
  await tx`
    insert into message_results as r (conversation_id, seq, voters, votes, last_entry, publish_due, published_at)
    values (${conversationId}, ${seq}, ${voters}, ${votes}::int[], ${lastEntry}, ${publishDue}, clock_timestamp())
    on conflict (conversation_id, seq) do update set voters = excluded.voters, votes = excluded.votes,
      last_entry = excluded.last_entry, publish_due = excluded.publish_due,
      published_at = case when ${published} then excluded.published_at else r.published_at end
  `;
}

/** The results are told in this transaction, and no job needs to. */
export async function writePublished(tx: Tx, { conversationId, seq }: MessageKey): Promise<void> {
  await tx`
    update message_results set publish_due = false, published_at = clock_timestamp()
    where conversation_id = ${conversationId} and seq = ${seq}
  `;
}

/** A message's content with its counts; nothing else of it changes. */
export async function writeContent(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  rev: number,
  content: { kind: string },
) {
  await tx`
    update messages set rev = ${rev}, content = ${tx.json(content)}, changed_at = now()
    where conversation_id = ${conversationId} and seq = ${seq}
  `;
}

export async function insertQuizAnswer(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  { correct, explanation }: { correct: number; explanation: string },
): Promise<void> {
  await tx`
    insert into quiz_answers (conversation_id, seq, correct, explanation)
    values (${conversationId}, ${seq}, ${correct}, ${explanation})
  `;
}

export async function readQuizAnswer(tx: Tx, { conversationId, seq }: MessageKey) {
  const [row] = await tx<{ correct: number; explanation: string }[]>`
    select correct, explanation from quiz_answers where conversation_id = ${conversationId} and seq = ${seq}
  `;
  return row ?? null;
}

/** The indices that a person has chosen, rising; empty: they have not voted. */
export async function readVote(tx: Tx, { conversationId, seq }: MessageKey, personId: string): Promise<number[]> {
  const [row] = await tx<{ choices: number[] }[]>`
    select choices from poll_votes
    where conversation_id = ${conversationId} and seq = ${seq} and person_id = ${personId}
  `;
  return row?.choices ?? [];
}

/** `named`: who chose what can be listed. */
export async function writeVote(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  personId: string,
  { choices, named }: { choices: number[]; named: boolean },
): Promise<void> {
  if (choices.length === 0) {
    await tx`
      delete from poll_votes
      where conversation_id = ${conversationId} and seq = ${seq} and person_id = ${personId}`;
  } else {
    await tx`
      insert into poll_votes (conversation_id, seq, person_id, choices)
      values (${conversationId}, ${seq}, ${personId}, ${choices}::int[])
      on conflict (conversation_id, seq, person_id) do update set choices = excluded.choices`;
  }
  if (!named) return;
  await tx`
    delete from poll_choices
    where conversation_id = ${conversationId} and seq = ${seq} and person_id = ${personId}
      and option <> all(${choices}::int[])
  `;
  await tx`
    insert into poll_choices (conversation_id, seq, person_id, option)
    select ${conversationId}, ${seq}, ${personId}, option from unnest(${choices}::int[]) as c (option)
    on conflict do nothing
  `;
}

/** The voters of one option, of a poll that is not anonymous, by the time of their votes. */
export async function readVoters(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  option: number,
  after: VoterCursor | null,
  limit: number,
) {
  const from = after ? tx`and (voted_at, person_id) > (${after.votedAt}, ${after.personId})` : tx``;
  // `offset 0`: a page of the index is read, and each person by their key.
  return tx<(PersonRow & { votedAt: Date })[]>`
    select p.*, c.voted_at
    from (
      select person_id, voted_at from poll_choices
      where conversation_id = ${conversationId} and seq = ${seq} and option = ${option} ${from}
      order by voted_at, person_id limit ${limit}) as c
    cross join lateral (select ${publicColumns(tx)} from people p where p.id = c.person_id offset 0) as p
    order by c.voted_at, c.person_id
  `;
}

export async function countEntries(tx: Tx, { conversationId, seq }: MessageKey, personId: string) {
  const [row] = await tx<{ all: number; mine: number }[]>`
    select count(*)::int as all, (count(*) filter (where person_id = ${personId}))::int as mine
    from signup_entries where conversation_id = ${conversationId} and seq = ${seq}
  `;
  return row ?? { all: 0, mine: 0 };
}

export async function readEntry(tx: Tx, { conversationId, seq }: MessageKey, id: string) {
  const [row] = await tx<{ personId: string; text: string }[]>`
    select person_id, text from signup_entries
    where conversation_id = ${conversationId} and seq = ${seq} and id = ${id}
  `;
  return row ?? null;
}

export async function insertEntry(
  tx: Tx,
  { conversationId, seq }: MessageKey,
  entry: { id: string; n: number; personId: string; text: string },
): Promise<void> {
  await tx`
    insert into signup_entries (conversation_id, seq, id, n, person_id, text)
    values (${conversationId}, ${seq}, ${entry.id}, ${entry.n}, ${entry.personId}, ${entry.text})
  `;
}

export async function writeEntryText(tx: Tx, { conversationId, seq }: MessageKey, id: string, text: string) {
  await tx`
    update signup_entries set text = ${text}
    where conversation_id = ${conversationId} and seq = ${seq} and id = ${id}
  `;
}

export async function deleteEntry(tx: Tx, { conversationId, seq }: MessageKey, id: string): Promise<void> {
  await tx`delete from signup_entries where conversation_id = ${conversationId} and seq = ${seq} and id = ${id}`;
}

export async function readOwnEntries(tx: Tx, { conversationId, seq }: MessageKey, personId: string) {
  return tx<{ id: string; text: string }[]>`
    select id, text from signup_entries
    where conversation_id = ${conversationId} and seq = ${seq} and person_id = ${personId} order by n
  `;
}

const numbered = (tx: Tx, { conversationId, seq }: MessageKey) => tx`
  select id, person_id, text, n, (row_number() over (order by n))::int as position from signup_entries
  where conversation_id = ${conversationId} and seq = ${seq}`;

/** The last entries in their order, and how many there are. */
export async function readLastEntries(tx: Tx, key: MessageKey, limit: number) {
  const entries = await tx<SignupEntry[]>`
    select id, position, person_id, text from (${numbered(tx, key)}) e order by position desc limit ${limit}
  `;
  return { count: entries[0]?.position ?? 0, entries: entries.toReversed() };
}

/** The entries behind a position, with the people. */
export async function readEntries(tx: Tx, key: MessageKey, after: number, limit: number) {
  return tx<(PersonRow & { entryId: string; position: number; text: string })[]>`
    select p.*, e.id as entry_id, e.position, e.text
    from (select * from (${numbered(tx, key)}) all_entries where position > ${after} order by position limit ${limit}) e
    cross join lateral (select ${publicColumns(tx)} from people p where p.id = e.person_id offset 0) as p
    order by e.position
  `;
}

/** What a person answered in a conversation: votes and entries, the last `limit` of each. */
export async function readOwnAnswers(
  tx: Tx,
  { personId, conversationId }: { personId: string; conversationId: string },
  limit: number,
) {
  const votes = await tx<{ seq: number; choices: number[] }[]>`
    select seq, choices from poll_votes
    where person_id = ${personId} and conversation_id = ${conversationId} order by seq desc limit ${limit}
  `;
  const entries = await tx<{ seq: number; id: string; text: string }[]>`
    select seq, id, text from (
      select seq, id, text, n from signup_entries
      where person_id = ${personId} and conversation_id = ${conversationId} order by seq desc limit ${limit}) e
    order by seq, n
  `;
  return { votes: votes.toReversed(), entries };
}

/** Deletes what people answered to a message that is recalled. */
export async function deleteAnswers(tx: Tx, { conversationId, seq }: MessageKey): Promise<void> {
  await tx`delete from poll_choices where conversation_id = ${conversationId} and seq = ${seq}`;
  await tx`delete from poll_votes where conversation_id = ${conversationId} and seq = ${seq}`;
  await tx`delete from signup_entries where conversation_id = ${conversationId} and seq = ${seq}`;
  await tx`delete from quiz_answers where conversation_id = ${conversationId} and seq = ${seq}`;
  await tx`delete from message_results where conversation_id = ${conversationId} and seq = ${seq}`;
}
