/**
 * What it costs that devices say what they have received: the same messages between two people, at a rate that people have,
 * with receivers that report by the browser's own code, and with receivers that say nothing. A report stands for what
 * arrives within its interval, here about three messages.
 */
import { openLanePairs } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import { befriend, insertPeople, type Pair } from "#bench/people.ts";
import { percentile } from "#bench/percentiles.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

const pairCount = 256;
const perSecond = 500;
const metric = "send_cpu_with_receipts_vs_without";

export const receipts: Scenario = {
  metrics: [metric],
  measure: async (harness) => {
    const seconds = harness.sized({ full: 6, quick: 3, smoke: 0.3 });
    const worker = await harness.worker();
    const people = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 4));
    const open = (pairs: readonly Pair[], reporting: boolean) => openLanePairs(worker.port, pairs, { reporting });
    const silent = await open(people.slice(0, pairCount), false);
    const reporting = await open(people.slice(pairCount), true);
    const turn = async ({ inFlight }: typeof silent) => {
      const pids = [harness.postgresPid, worker.program.pid];
      const before = { all: cpuOf(...pids), postgres: cpuOf(harness.postgresPid) };
      const times = await inFlight.openLoop(pairCount, perSecond, seconds);
      return {
        "µs CPU/msg": (cpuOf(...pids) - before.all) / times.length,
        "µs Postgres/msg": (cpuOf(harness.postgresPid) - before.postgres) / times.length,
        p50: percentile(times, 0.5),
      };
    };
    const rounds = await takeTurns<"with" | "without">(harness, {
      without: () => turn(silent),
      with: () => turn(reporting),
    });
    for (const pairs of [silent, reporting]) pairs.close();
    const part = (name: "with" | "without", figure: string, unit: string) => ({
      label: `${name} receipts`,
      value: rounds.of(name, figure),
      unit,
    });
    return [
      {
        metric,
        value: rounds.ratio("with", "without", "µs CPU/msg"),
        parts: (["without", "with"] as const).flatMap((name) => [
          part(name, "µs CPU/msg", "µs/msg, Postgres included"),
          part(name, "µs Postgres/msg", "µs/msg of Postgres"),
          part(name, "p50", "ms"),
        ]),
      },
    ];
  },
};
