/**
 * What more worker processes cost, all of them on one core: CPU of a message between two people when one, two and four
 * workers share the connections, and of a message that three workers read from the bus and have nobody for.
 */
import { setTimeout as pause } from "node:timers/promises";
import { openLanePairs } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import type { Harness, Served } from "#bench/harness.ts";
import { befriend, insertPeople, type Pair } from "#bench/people.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

const pairCount = 128;
const idleListeners = 3;

export const workers: Scenario = {
  metrics: ["message_cpu_per_extra_worker", "notify_cpu_of_idle_worker"],
  measure: async (harness) => {
    const pairs = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2));
    const rounds = await takeTurns(harness, {
      one: () => measure(harness, pairs, 1),
      two: () => measure(harness, pairs, 2),
      four: () => measure(harness, pairs, 4),
      listeners: () => measureListeners(harness, pairs),
    });
    const cpu = (label: string, name: "one" | "two" | "four") => ({
      label,
      value: rounds.of(name, "µs/msg"),
      unit: "µs/msg, Postgres included",
    });
    return [
      {
        metric: "message_cpu_per_extra_worker",
        value: (rounds.ratio("four", "one", "µs/msg") - 1) / 3,
        parts: [cpu("one worker", "one"), cpu("two", "two"), cpu("four", "four")],
      },
      {
        metric: "notify_cpu_of_idle_worker",
        value: rounds.of("listeners", "µs/msg of each listener"),
        parts: [{ label: "messages", value: rounds.of("listeners", "msg/s"), unit: "msg/s" }],
      },
    ];
  },
};

async function measure(harness: Harness, pairs: readonly Pair[], count: number) {
  const served = await openWorkers(harness, count);
  const figures = await exchange(harness, pairs, served, [served.program.pid, harness.postgresPid]);
  await served.program.stop();
  return { "msg/s": figures.complete / figures.seconds, "µs/msg": figures.micros / figures.complete };
}

/** One worker has all connections; the CPU is that of the others, less what they use when nothing is sent. */
async function measureListeners(harness: Harness, pairs: readonly Pair[]) {
  const served = await openWorkers(harness, 1);
  const listeners = await openWorkers(harness, idleListeners);
  const { pid } = listeners.program;
  const quietSeconds = harness.sized({ full: 5, quick: 2, smoke: 0.3 });
  const before = cpuOf(pid);
  await pause(quietSeconds * 1_000);
  const quiet = (cpuOf(pid) - before) / quietSeconds;
  const { micros, complete, seconds } = await exchange(harness, pairs, served, [pid]);
  await Promise.all([served.program.stop(), listeners.program.stop()]);
  return {
    "msg/s": complete / seconds,
    "µs/msg of each listener": (micros - quiet * seconds) / complete / idleListeners,
  };
}

async function exchange(harness: Harness, pairs: readonly Pair[], { port }: Served, pids: number[]) {
  const { inFlight, close } = await openLanePairs(port, pairs);
  await inFlight.closedLoop(pairCount, harness.sized({ full: 2, quick: 1, smoke: 0.2 })); // warms the new processes
  const before = cpuOf(...pids);
  const done = await inFlight.closedLoop(pairCount, harness.sized({ full: 6, quick: 2, smoke: 0.3 }));
  const micros = cpuOf(...pids) - before;
  close();
  return { ...done, micros };
}

/** Resolves when all of them are ready. */
async function openWorkers(harness: Harness, count: number): Promise<Served> {
  const served = await harness.worker(undefined, { WORKERS: String(count) });
  for (;;) {
    const page = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
    if ([...page.matchAll(/^imchat_bus_up(\{.*\})? 1$/gm)].length === count) return served;
    await pause(100);
  }
}
