/** Searches in a process of its own, as a Next instance makes them, and the same questions put to a table without our index. */
import type { Person } from "#bench/people.ts";
import { answerParent } from "#bench/program.ts";
import { sql } from "#server/db/sql.ts";
import { indexQueued } from "#server/messages/search/indexing/index-messages.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";

export type Question =
  | { type: "index" }
  | { type: "search"; me: Person; queries: string[]; in?: string[] }
  /** `indexed`: with the index of pg_trgm, else by reading all. */
  | { type: "scan"; me: Person; queries: string[]; indexed: boolean };
export type Searched = { times: number[]; counts: number[] };

async function index(): Promise<number> {
  const began = performance.now();
  while ((await indexQueued()) > 0);
  return (performance.now() - began) / 1_000;
}

async function search({ me, queries, in: only }: Extract<Question, { type: "search" }>): Promise<Searched> {
  const { messages } = createCallerFactory(appRouter)({
    findMe: async () => me,
    headers: new Headers(),
    address: "",
    requestId: "",
  });
  const answer: Searched = { times: [], counts: [] };
  for (const query of queries) {
    // More than a person may ask.
    await sql()`delete from rate_limits`;
    const began = performance.now();
    const { counts } = await messages.search({ query, ...(only && { in: only }) });
    answer.times.push(performance.now() - began);
    answer.counts.push(counts.reduce((sum, { count }) => sum + count, 0));
  }
  return answer;
}

/** The newest fifty messages of my conversations that have the characters anywhere: what `LIKE` can ask. */
async function scan({ me, queries, indexed }: Extract<Question, { type: "scan" }>): Promise<Searched> {
  const answer: Searched = { times: [], counts: [] };
  const [on, off] = indexed ? ["on", "off"] : ["off", "on"];
  await sql().begin(async (tx) => {
    await tx.unsafe(
      `set local enable_bitmapscan = ${on}; set local enable_seqscan = ${off}; set local statement_timeout = 0`,
    );
    for (const query of queries) {
      const began = performance.now();
      const rows = await tx`
        select conversation_id, seq from bench_lines
        where text like ${`%${query}%`} and conversation_id = any(array(
          select conversation_id from memberships where person_id = ${me.personId} and left_at is null))
        order by sent_at desc limit 50`;
      answer.times.push(performance.now() - began);
      answer.counts.push(rows.length);
    }
  });
  return answer;
}

setInterval(() => {}, 60_000); // the channel to the parent alone keeps nothing alive
answerParent<Question>(true, async (question) => {
  switch (question.type) {
    case "index":
      return index();
    case "search":
      return search(question);
    case "scan":
      return scan(question);
  }
});
