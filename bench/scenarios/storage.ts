/**
 * The storage scenario: messages through the express path into Postgres and out again as notifications, against what the
 * same Postgres can commit one row at a time, and against itself without the bus.
 */
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "#bench/cost.ts";
import { connect, type Harness } from "#bench/harness.ts";
import { reserveIds } from "#bench/in-flight.ts";
import { befriend, insertPeople, type Pair } from "#bench/people.ts";
import type { Program } from "#bench/processes.ts";
import { type Measured, type Scenario, takeTurns } from "#bench/rounds.ts";
import { bestCommitRate, commitProgram, createCommitTable } from "#bench/scenarios/commit-limit.ts";
import type { Loaded } from "#bench/servers/product.ts";
import { busChannel } from "#contracts/bus.ts";

const pairCount = 400;
/** Two full batches are on their way while a third gathers. */
const underWay = 600;

export const storage: Scenario = {
  metrics: ["storage_vs_commit_limit", "storage_cpu_vs_commit", "bus_on_vs_off"],
  measure: measureStorage,
};

async function measureStorage(harness: Harness): Promise<Measured[]> {
  await createCommitTable(harness);
  await createSilentSend(harness);
  const pairs = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2));
  const seconds = harness.sized({ full: 4, quick: 1, smoke: 0.3 });
  const on = await harness.program("servers/product.ts");
  const silent = `${harness.databaseUrl}?search_path=bench_silent,public`;
  const off = await harness.program("servers/product.ts", { DATABASE_URL: silent, DATABASE_URL_DIRECT: silent });
  const ear = connect(harness.databaseUrl, 1);
  let told = new Set<string>();
  await ear.listen(busChannel, (payload) => {
    for (const { conversationId, rev } of JSON.parse(payload)) if (rev) told.add(`${conversationId} ${rev}`);
  });

  const turn = async (program: Program, listens: boolean) => {
    told = new Set();
    const before = { all: cpuOf(program.pid, harness.postgresPid), postgres: cpuOf(harness.postgresPid) };
    const firstId = reserveIds(1_000_000);
    const began = performance.now();
    const { sent, seconds: took } = await program.ask<Loaded>({ type: "load", pairs, seconds, underWay, firstId });
    while (listens && told.size < sent && performance.now() < began + took * 1_000 + 5_000) await pause(1);
    if (told.size !== (listens ? sent : 0)) throw new Error(`${sent} messages were stored and ${told.size} were told`);
    const whole = listens ? (performance.now() - began) / 1_000 : took;
    return {
      "msg/s": sent / whole,
      "µs CPU/msg": (cpuOf(program.pid, harness.postgresPid) - before.all) / sent,
      "µs Postgres/msg": (cpuOf(harness.postgresPid) - before.postgres) / sent,
    };
  };
  try {
    const rounds = await takeTurns(harness, {
      floor: () => bestCommitRate(harness, harness.sized({ full: 2, quick: 1, smoke: 1 })),
      ours: () => turn(on, true),
      silent: () => turn(off, false),
    });
    await checkNumbers(harness, pairs);
    return [
      {
        metric: "storage_vs_commit_limit",
        value: rounds.ratio("ours", "floor", "msg/s"),
        parts: [
          { label: `floor (${commitProgram})`, value: rounds.of("floor", "msg/s"), unit: "commits/s" },
          { label: "ours", value: rounds.of("ours", "msg/s"), unit: "msg/s" },
          { label: "floor CPU", value: rounds.of("floor", "µs CPU/msg"), unit: "µs/commit, Postgres alone" },
          { label: "ours CPU", value: rounds.of("ours", "µs CPU/msg"), unit: "µs/msg, Postgres included" },
        ],
      },
      {
        metric: "storage_cpu_vs_commit",
        value: rounds.ratio("floor", "ours", "µs CPU/msg", "µs Postgres/msg"),
        parts: [
          { label: "floor CPU", value: rounds.of("floor", "µs CPU/msg"), unit: "µs/commit, Postgres alone" },
          { label: "ours CPU", value: rounds.of("ours", "µs Postgres/msg"), unit: "µs/msg, Postgres alone" },
        ],
      },
      {
        metric: "bus_on_vs_off",
        value: rounds.ratio("ours", "silent", "msg/s"),
        parts: [
          { label: "on", value: rounds.of("ours", "msg/s"), unit: "msg/s" },
          { label: "off", value: rounds.of("silent", "msg/s"), unit: "msg/s" },
          { label: "on CPU", value: rounds.of("ours", "µs CPU/msg"), unit: "µs/msg, Postgres included" },
          { label: "off CPU", value: rounds.of("silent", "µs CPU/msg"), unit: "µs/msg, Postgres included" },
        ],
      },
    ];
  } finally {
    await ear.end({ timeout: 1 });
  }
}

/** `send_plain_messages` in a schema of the bench, without NOTIFY. */
async function createSilentSend(harness: Harness): Promise<void> {
  const [found] = await harness.sql<{ text: string }[]>`
    select pg_get_functiondef('send_plain_messages'::regproc) as text`;
  const [head = "", ...parts] = (found?.text ?? "").split(/PERFORM pg_notify\([^;]*\);/);
  const silent = [head.replace("FUNCTION public.", "FUNCTION bench_silent."), ...parts].join("NULL;");
  if (parts.length !== 3 || !silent.includes("bench_silent") || silent.includes("pg_notify")) {
    throw new Error("send_plain_messages has changed; bench/scenarios/storage.ts must find its notifications anew");
  }
  await harness.sql`create schema if not exists bench_silent`;
  await harness.sql.unsafe(silent);
}

/** Numbered without gaps, and every number once. */
async function checkNumbers(harness: Harness, pairs: readonly Pair[]): Promise<void> {
  const [row] = await harness.sql<{ wrong: number }[]>`
    select count(*)::int as wrong from (
      select count(*) as many, max(m.seq) as top, c.last_seq from messages m join conversations c on c.id = m.conversation_id
      where c.id = any(${pairs.map((pair) => pair.conversationId)}::uuid[]) group by c.id
    ) as counted where many <> top or top <> last_seq`;
  if (row?.wrong !== 0) throw new Error(`${row?.wrong} conversations have gaps in their numbers`);
}
