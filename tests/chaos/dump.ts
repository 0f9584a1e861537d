/**
 * What the tables say at the end, and what the API answers to everybody: the two things that logs are compared with.
 */
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type postgres from "postgres";
import { callApi, readAnswers } from "#tests/chaos/api.ts";
import type { Fixtures, Person } from "#tests/chaos/fixtures.ts";
import type { Journal } from "#tests/chaos/journal.ts";
import type { Stack } from "#tests/chaos/stack.ts";
import { type Page, stateOf } from "#tests/chaos/wire.ts";

const rowsAtOnce = 5_000;

/**
 * The tables keep a message as it is now; a trigger of the run keeps what each change replaced. So the oracle knows at
 * which rev a message was sent, and what it said at each.
 */
export async function keepVersions(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create table chaos_versions (like messages);
    create index on chaos_versions (conversation_id, seq, rev);
    create function chaos_keep_version() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      insert into chaos_versions select old.*;
      return null;
    end $$;
    create trigger chaos_keep_version after update on messages for each row execute function chaos_keep_version();
  `);
}

/** What a row of `messages` says, as in wire.ts, and its reactions. */
const saidSql = (sql: postgres.Sql) => sql`
  case kind when 'text' then content ->> 'text' when 'recalled' then 'recalled:'
    else 'notice:' || (content ->> 'notice') || ':' || coalesce(content ->> 'personId', '') end`;
const reactionsSql = (sql: postgres.Sql) => sql`
  coalesce((select jsonb_agg(jsonb_build_array(r -> 'emoji', r -> 'count', r -> 'personIds') order by n)
    from jsonb_array_elements(reactions) with ordinality as each (r, n)), '[]')`;

/** When it was edited last, in milliseconds. */
const editedSql = (sql: postgres.Sql) => sql`extract(epoch from edited_at)::float8 * 1000`;

/** One JSON object a line: a conversation, its memberships, its messages by seq, its reactions; then the next. */
export async function dumpTables(sql: postgres.Sql, fixtures: Fixtures, file: string): Promise<void> {
  const gzip = createGzip({ level: 1 });
  const output = createWriteStream(file);
  gzip.pipe(output);
  const write = async (rows: readonly object[]) => {
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    if (!gzip.write(text)) await new Promise((resolve) => gzip.once("drain", resolve));
  };
  await write([...fixtures.people.keys()].map((id) => ({ is: "person", id })));
  for (const { id, history, canary } of fixtures.places) {
    await write(
      await sql`
      select 'conversation' as is, id, rev, last_seq as "lastSeq", ${history}::boolean as history, ${canary} as canary
      from conversations where id = ${id}`,
    );
    await write(
      await sql`
      select 'member' as is, person_id as "personId", visible_from_seq as "visibleFromSeq", rev, left_at is not null as left,
        last_read_seq as "lastReadSeq"
      from memberships where conversation_id = ${id}`,
    );
    const messages = sql`
      select seq, rev, sender_id as sender, client_id as client, extract(epoch from sent_at)::float8 * 1000 as at,
        ${saidSql(sql)} as said, ${reactionsSql(sql)} as reactions,
        pinned_at is not null as pinned, ${editedSql(sql)} as edited, (
          select coalesce(jsonb_agg(jsonb_build_object('rev', v.rev, 'said', v.said, 'reactions', v.reactions, 'edited', v.edited)
              order by v.rev), '[]')
          from (select rev, ${saidSql(sql)} as said, ${reactionsSql(sql)} as reactions, ${editedSql(sql)} as edited
            from chaos_versions o
            where o.conversation_id = m.conversation_id and o.seq = m.seq) v) as earlier
      from messages m where conversation_id = ${id} order by seq`.cursor(rowsAtOnce);
    for await (const rows of messages) await write(rows.map((row) => ({ is: "message", ...row })));
    const reactions = sql`
      select 'reaction' as is, seq, person_id as "personId", emoji, rev, removed_at is not null as removed
      from message_reactions where conversation_id = ${id} order by seq, rev, person_id`.cursor(rowsAtOnce);
    for await (const rows of reactions) await write(rows);
    await write(await keptRows(sql, id));
    await write(await receiptRows(sql, id));
  }
  gzip.end();
  await finished(output);
}

/** What each member keeps of a conversation, as in wire.ts: settings, deleted and starred messages. */
const keptRows = (sql: postgres.Sql, id: string) => sql`
  select 'kept' as is, m.person_id as "personId",
    jsonb_build_array(coalesce(s.pinned, false), coalesce(s.muted, false), case when s.muted then s.except_mentions end,
      (extract(epoch from s.archived_at) * 1000)::bigint, (extract(epoch from s.hidden_at) * 1000)::bigint,
      s.marked_unread_seq, to_jsonb(coalesce(s.hidden_unread, '{}')), s.shown_of_seq, s.shown_seq) as settings,
    array(select seq from hidden_messages h
      where h.person_id = m.person_id and h.conversation_id = m.conversation_id order by seq) as hidden,
    array(select seq from starred_messages t
      where t.person_id = m.person_id and t.conversation_id = m.conversation_id order by seq) as starred
  from memberships m left join conversation_settings s on s.person_id = m.person_id and s.conversation_id = m.conversation_id
  where m.conversation_id = ${id} and m.left_at is null`;

/** How far the plain devices of each member, and all of their devices, have received a conversation. */
const receiptRows = (sql: postgres.Sql, id: string) => sql`
  select 'receipt' as is, person_id as "personId", max(delivered_seq) as "all",
    coalesce(max(delivered_seq) filter (where device = 'program'), 0) as program
  from receipts where conversation_id = ${id} group by person_id`;

type Marks = { marks: { personId: string; deliveredSeq: number; readSeq: number }[] };
type ListItem = { id: string; rev: number; lastSeq: number; visibleFromSeq: number; lastReadSeq: number };

/** Everyone asks anew, as an app that was just installed would. */
export async function fetchAfresh(stack: Stack, fixtures: Fixtures, journal: Journal): Promise<void> {
  const left = [...fixtures.people.values()];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let person = left.pop(); person; person = left.pop()) await fetchPerson(stack, person, journal);
    }),
  );
}

async function fetchPerson(stack: Stack, person: Person, journal: Journal): Promise<void> {
  let raw = "";
  const ask = async <T>(path: string, input: unknown): Promise<T> => {
    const port = stack.servers[0]?.door.port ?? 0;
    raw = await callApi(port, person.token, [{ path, input, query: true }], 10_000);
    const [answer] = readAnswers(raw, 1);
    if (!answer || !("data" in answer)) throw new Error(`${path} was not answered after the run`);
    // The shape is the contract's; what is wrong in it the oracle finds.
    return answer.data as T;
  };
  const { conversations } = await ask<{ conversations: ListItem[] }>("conversations.list", undefined);
  journal.write("listed", person.id, conversations.length, raw);
  for (const { id, rev, lastSeq, visibleFromSeq, lastReadSeq } of conversations) {
    const page = await ask<Page>("messages.page", { conversationId: id, limit: 100 });
    const own = new Map(page.ownReactions.map(({ seq, emoji }) => [seq, emoji]));
    const messages = page.messages.map((one) => stateOf(one, own.get(one.seq) ?? []));
    const { marks } = await ask<Marks>("messages.receipts", { conversationId: id });
    const received = marks.map((one) => [one.personId, one.deliveredSeq, one.readSeq]);
    const head = { rev, lastSeq, visibleFromSeq, lastReadSeq, head: page.head };
    journal.write("fresh", person.id, id, head, messages, received);
  }
}
