/**
 * What the index of messages costs those who send: the trigger that notes conversations, against the same without it; and
 * beside it the same while the index is filled.
 */
import { setTimeout as pause } from "node:timers/promises";
import { cpuOf } from "#bench/cost.ts";
import { connect, type Harness } from "#bench/harness.ts";
import { reserveIds } from "#bench/in-flight.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

const pairCount = 400;
const perSecond = 1_000;

export const searchCost: Scenario = {
  metrics: ["send_cpu_with_search_vs_without"],
  measure: async (harness) => {
    const seconds = harness.sized({ full: 6, quick: 3, smoke: 0.3 });
    const turn = await prepare(harness, seconds);
    const rounds = await takeTurns(harness, {
      noted: () => turn("noted"),
      plain: () => turn("plain"),
      filled: () => turn("filled"),
    });
    const part = (label: string, name: "noted" | "plain" | "filled", figure: string, unit: string) => ({
      label,
      value: rounds.of(name, figure),
      unit,
    });
    return [
      {
        metric: "send_cpu_with_search_vs_without",
        value: rounds.ratio("noted", "plain", "µs CPU/msg"),
        parts: [
          part("without", "plain", "µs CPU/msg", "µs/msg"),
          part("with what notes it", "noted", "µs CPU/msg", "µs/msg"),
          part("with the index filled meanwhile", "filled", "µs CPU/msg", "µs/msg, Postgres and jobs included"),
          part("until the last was indexed", "filled", "s behind", "s after the last message"),
        ],
      },
    ];
  },
};

async function prepare(harness: Harness, seconds: number) {
  const url = await harness.database("bench_noted");
  const sql = connect(url);
  const pairs = await befriend(sql, await insertPeople(sql, pairCount * 2));
  const database = { DATABASE_URL: url, DATABASE_URL_DIRECT: url };
  const program = await harness.program("servers/product.ts", database);
  const searcher = await harness.program("servers/searcher.ts", database);
  return async (name: "noted" | "plain" | "filled") => {
    await sql.unsafe(`alter table messages ${name === "plain" ? "disable" : "enable"} trigger user`);
    const pids = [program.pid, harness.postgresPid, searcher.pid];
    const before = cpuOf(...pids);
    const load = { type: "trickle", pairs, perSecond, seconds, firstId: reserveIds(1_000_000) };
    let over = false;
    const filling = (async () => {
      while (name === "filled" && !over) {
        await searcher.ask({ type: "index" });
        await pause(500);
      }
    })();
    const sent = await program.ask<number>(load);
    over = true;
    const ended = performance.now();
    await filling;
    if (name === "filled") await searcher.ask({ type: "index" });
    const behind = (performance.now() - ended) / 1_000;
    const used = cpuOf(...pids) - before;
    await sql`truncate search_queue`;
    return { "µs CPU/msg": used / sent, "s behind": behind };
  };
}
