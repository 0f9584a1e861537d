/**
 * A page of history, anywhere in a conversation, through `messages.page` with all its checks: in a database that holds a
 * million messages and in one that holds a hundred thousand. Half of them are in one conversation, the rest in a hundred.
 */
import type postgres from "postgres";
import { bodyOf } from "#bench/body.ts";
import { connect, type Harness } from "#bench/harness.ts";
import { insertCommunity, insertPeople, type Person } from "#bench/people.ts";
import { percentile } from "#bench/percentiles.ts";
import type { Program } from "#bench/processes.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

const conversations = 100;

type Library = { program: Program; me: Person; ids: string[]; lengths: number[] };

export const history: Scenario = {
  metrics: ["history_p99_growth"],
  measure: async (harness) => {
    const tenth = harness.sized({ full: 1, quick: 10, smoke: 10 });
    const small = await openLibrary(harness, "bench_small", 100_000 / tenth);
    const large = await openLibrary(harness, "bench_large", 1_000_000 / tenth);
    const pages = harness.sized({ full: 2_000, quick: 300, smoke: 20 });
    const rounds = await takeTurns(harness, {
      small: () => read(small, pages),
      large: () => read(large, pages),
    });
    const ms = (label: string, name: "small" | "large", figure: string) => ({
      label: `${label} ${figure}`,
      value: rounds.of(name, figure),
      unit: "ms",
    });
    return [
      {
        metric: "history_p99_growth",
        value: rounds.ratio("large", "small", "p99"),
        parts: ["p50", "p99"].flatMap((figure) => [
          ms("100,000 messages,", "small", figure),
          ms("1,000,000 messages,", "large", figure),
        ]),
      },
    ];
  },
};

/** Half of the reads where half of the messages are; any place in it. */
async function read({ program, me, ids, lengths }: Library, count: number) {
  const pages = Array.from({ length: count }, (_, at) => {
    const which = at % 2 === 0 ? 0 : 1 + Math.floor(Math.random() * (ids.length - 1));
    const before = 52 + Math.floor(Math.random() * ((lengths[which] ?? 52) - 51));
    return { conversationId: ids[which] ?? "", before };
  });
  const times = await program.ask<number[]>({ type: "pages", me, pages });
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function openLibrary(harness: Harness, name: string, messages: number): Promise<Library> {
  const url = await harness.database(name);
  const sql = connect(url);
  const [me] = await insertPeople(sql, 1);
  if (!me) throw new Error("no person was inserted");
  const ids: string[] = [];
  const lengths = [messages / 2, ...Array.from({ length: conversations }, () => messages / 2 / conversations)];
  for (const length of lengths) {
    const id = await insertCommunity(sql, [me]);
    await insertMessages(sql, id, me, length);
    ids.push(id);
  }
  await sql`vacuum analyze`;
  await sql.end();
  const program = await harness.program("servers/product.ts", { DATABASE_URL: url, DATABASE_URL_DIRECT: url });
  return { program, me, ids, lengths };
}

async function insertMessages(sql: postgres.Sql, conversationId: string, me: Person, count: number): Promise<void> {
  const text = bodyOf(0);
  await sql`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
    select ${conversationId}, n, n, ${me.personId}, uuidv7(), 'text',
      jsonb_build_object('kind', 'text', 'text', ${text}::text), ${text}
    from generate_series(1, ${count}::int) as n`;
  await sql`update conversations set last_seq = ${count}, rev = ${count} where id = ${conversationId}`;
}
