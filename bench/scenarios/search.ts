/**
 * Searching a million messages of real lines: how long a question of two characters takes, against reading all and against
 * an index of pg_trgm on the same lines; whether all is found; and what the index weighs.
 */
import type postgres from "postgres";
import { connect, type Harness } from "#bench/harness.ts";
import { randomFrom, realLines } from "#bench/lines.ts";
import { insertCommunity, insertPeople, type Person } from "#bench/people.ts";
import { percentile } from "#bench/percentiles.ts";
import type { Program } from "#bench/processes.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";
import type { Searched } from "#bench/servers/searcher.ts";
import { fold, isSingle } from "#contracts/search/fold.ts";

const conversations = 1_000;
/** Of the conversations the person who searches is in one of five; the first, which has a tenth of all messages, is theirs. */
const oneIn = 5;
const largest = 0.1;
/** Messages of the conversation in which everything that can be found is asked for. */
const checked = 2_000;

type Library = {
  program: Program;
  sql: postgres.Sql;
  me: Person;
  checkedId: string;
  lines: string[];
  seconds: number;
  messages: number;
};

export const search: Scenario = {
  metrics: [
    "search_2char_p95_ms",
    "search_vs_seqscan",
    "search_vs_trgm",
    "search_recall",
    "search_index_bytes_per_message",
  ],
  onRequest: true,
  minutes: 40,
  measure: async (harness) => {
    const messages = harness.sized({ full: 1_000_000, quick: 100_000, smoke: 3_000 });
    const library = await openLibrary(harness, messages);
    const { program, me, sql } = library;
    const random = randomFrom(11);
    const questions = (count: number, length: number) =>
      Array.from({ length: count }, () =>
        questionOf(library.lines[random(library.lines.length)] ?? "", length, random),
      );
    const count = harness.sized({ full: 200, quick: 60, smoke: 5 });
    const few = harness.sized({ full: 8, quick: 5, smoke: 2 });
    const ask = async (question: object) => {
      const { times } = await program.ask<Searched>({ me, ...question });
      return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
    };
    const rounds = await takeTurns(harness, {
      ours: () => ask({ type: "search", queries: questions(count, 2) }),
      seqscan: () => ask({ type: "scan", queries: questions(few, 2), indexed: false }),
      trgm: () => ask({ type: "scan", queries: questions(few, 2), indexed: true }),
    });
    const ms = (name: "ours" | "seqscan" | "trgm", figure: string) => ({
      label: `${name} ${figure}`,
      value: rounds.of(name, figure),
      unit: "ms",
    });
    const asked = harness.sized({ full: 10_000, quick: 1_000, smoke: 50 });
    const recall = await measureRecall(library, questions, asked);
    const [size] = await sql<{ index: number; table: number }[]>`
      select pg_relation_size('message_search_keys')::float8 as index, pg_total_relation_size('message_search')::float8 as table`;
    const each = (bytes: number | undefined) => (bytes ?? Number.NaN) / messages;
    return [
      { metric: "search_2char_p95_ms", value: rounds.of("ours", "p95"), parts: [ms("ours", "p50"), ms("ours", "p95")] },
      {
        metric: "search_vs_seqscan",
        value: rounds.ratio("seqscan", "ours", "p50"),
        parts: [ms("ours", "p50"), ms("seqscan", "p50")],
      },
      {
        metric: "search_vs_trgm",
        value: rounds.ratio("trgm", "ours", "p50"),
        parts: [ms("ours", "p50"), ms("trgm", "p50")],
      },
      {
        metric: "search_recall",
        value: recall.found / recall.there,
        parts: [
          { label: "questions", value: asked, unit: "" },
          { label: "messages to find", value: recall.there, unit: "" },
          { label: "found beyond them", value: recall.beyond, unit: "" },
        ],
      },
      {
        metric: "search_index_bytes_per_message",
        value: each(size?.table),
        parts: [
          { label: "of them the GIN index", value: each(size?.index), unit: "bytes" },
          { label: "time to index all", value: library.seconds, unit: "s" },
        ],
      },
    ];
  },
};

/** A stretch of a script without spaces, or the beginning of a word: what is in a line, by chance. */
function questionOf(line: string, length: number, random: (below: number) => number): string {
  const runs = fold(line)
    .text.split(" ")
    .filter((run) => [...run].length >= length);
  const characters = [...(runs[random(runs.length)] ?? "aa")];
  const from = isSingle(characters[0] ?? "") ? random(characters.length - length + 1) : 0;
  return characters.slice(from, from + length).join("");
}

/** Compares with reading every line: of words their beginnings, of the other scripts any stretch. */
async function measureRecall(
  { program, me, sql, checkedId }: Library,
  questions: (count: number, length: number) => string[],
  asked: number,
) {
  const rows = await sql<{ text: string }[]>`select text from bench_lines where conversation_id = ${checkedId}`;
  const texts = rows.map(({ text }) => ` ${fold(text).text}`);
  const queries = [1, 2, 3, 5].flatMap((length) => questions(asked / 4, length));
  const { counts } = await program.ask<Searched>({ type: "search", me, queries, in: [checkedId] });
  const sum = { there: 0, found: 0, beyond: 0 };
  for (const [at, query] of queries.entries()) {
    const anywhere = isSingle([...query][0] ?? "");
    const isThere = (text: string) => {
      for (let from = text.indexOf(query); from >= 0; from = text.indexOf(query, from + 1)) {
        const before = [...text.slice(0, from)].at(-1) ?? " ";
        if (anywhere || before === " " || isSingle(before)) return true;
      }
      return false;
    };
    const there = texts.filter(isThere).length;
    const found = counts[at] ?? 0;
    sum.there += there;
    sum.found += Math.min(there, found);
    sum.beyond += Math.max(0, found - there);
  }
  return sum;
}

async function openLibrary(harness: Harness, messages: number): Promise<Library> {
  const url = await harness.database("bench_search");
  const sql = connect(url);
  await sql`create extension if not exists pg_trgm`;
  await sql`create table bench_lines (conversation_id uuid, seq int, sent_at timestamptz, text text)`;
  const people = await insertPeople(sql, 20);
  const [me] = people;
  if (!me) throw new Error("no person was inserted");
  const program = await harness.program("servers/searcher.ts", { DATABASE_URL: url, DATABASE_URL_DIRECT: url });
  const languages = realLines();
  const random = randomFrom(5);
  const many = Math.max(oneIn * 2, Math.ceil((conversations * messages) / 1_000_000));
  let checkedId = "";
  for (let n = 0; n < many; n += 1) {
    const id = await insertCommunity(sql, n % oneIn === 0 ? people : people.slice(1));
    const length =
      n === oneIn ? Math.min(checked, messages / 10) : n === 0 ? messages * largest : (messages * (1 - largest)) / many;
    if (n === oneIn) checkedId = id;
    // A conversation has one language or two.
    const own = [languages[random(languages.length)] ?? [], languages[random(languages.length)] ?? []].flat();
    const lines = n <= oneIn ? languages.flat() : own;
    const texts = Array.from({ length: Math.floor(length) }, () => lines[random(lines.length)] ?? "");
    await insertLines(sql, id, people, texts);
  }
  const seconds = await program.ask<number>({ type: "index" });
  await sql`create index on bench_lines using gin (text gin_trgm_ops)`;
  await sql`vacuum analyze`;
  return { program, sql, me, checkedId, lines: languages.flat(), seconds, messages };
}

async function insertLines(sql: postgres.Sql, id: string, people: readonly Person[], texts: string[]): Promise<void> {
  const senders = people.slice(1).map(({ personId }) => personId);
  await sql`
    insert into bench_lines (conversation_id, seq, sent_at, text)
    select ${id}, n, now() - (${texts.length}::int - n) * interval '1 minute', t
    from unnest(${texts}::text[]) with ordinality as l (t, n)`;
  await sql`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview, sent_at)
    select ${id}, seq, seq, (${senders}::uuid[])[1 + seq % ${senders.length}], uuidv7(), 'text',
      jsonb_build_object('kind', 'text', 'text', text), text, sent_at
    from bench_lines where conversation_id = ${id}`;
  await sql`update conversations set last_seq = ${texts.length}, rev = ${texts.length} where id = ${id}`;
}
