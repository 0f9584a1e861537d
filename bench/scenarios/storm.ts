/**
 * The worker is killed outright while ten thousand people are connected and messages go on being sent; a new one starts, and
 * everyone comes back at once. A client is back when it is signed in and subscribed and holds every rev that the worker
 * names; where it is behind, it has asked for the changes and has them. The floor is the handshake of bare `ws`.
 */
import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "#bench/clients/in-parallel.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { Returning } from "#bench/clients/returning.ts";
import { cpuOf } from "#bench/cost.ts";
import type { Harness, Served } from "#bench/harness.ts";
import { reserveIds } from "#bench/in-flight.ts";
import { requireOpenFiles } from "#bench/machine.ts";
import type { Pair } from "#bench/people.ts";
import { insertPopulation } from "#bench/population.ts";
import type { Program } from "#bench/processes.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

/** At once in the handshake; more would overflow the queue of the listening socket and wait for seconds. */
const handshakesAtOnce = 256;
const messagesPerSecond = 100;
const trickleSeconds = 4;
const longestStorm = 60_000;

export const storm: Scenario = {
  metrics: ["storm_vs_handshake"],
  measure: async (harness) => {
    const count = harness.sized({ full: 10_000, quick: 1_000, smoke: 100 });
    requireOpenFiles(count);
    const { people, pairs } = await insertPopulation(harness.sql, count);
    const clients = people.map((person) => new Returning(person));
    const product = await harness.program("servers/product.ts");
    const bare = await harness.program("servers/bare.ts");
    let worker = await harness.worker();

    const rounds = await takeTurns(harness, {
      floor: () => handshakes(Number(bare.ready), count),
      ours: async () => {
        const { figures, next } = await killAndReturn(harness, { worker, product, pairs, clients });
        worker = next;
        return figures;
      },
    });
    return [
      {
        metric: "storm_vs_handshake",
        value: rounds.ratio("ours", "floor", "per s"),
        parts: [
          { label: "floor (handshakes)", value: rounds.of("floor", "per s"), unit: "clients/s" },
          { label: "ours", value: rounds.of("ours", "per s"), unit: "clients/s" },
          { label: "99 % were back after", value: rounds.of("ours", "s to 99 %"), unit: "s" },
          { label: "CPU of the worker", value: rounds.of("ours", "µs worker/client"), unit: "µs/client" },
          { label: "CPU of Postgres", value: rounds.of("ours", "µs Postgres/client"), unit: "µs/client" },
          { label: "behind and caught up", value: rounds.of("ours", "behind"), unit: "clients" },
          { label: "tried again", value: rounds.of("ours", "again"), unit: "times" },
          { label: "from the kill until a worker answered", value: rounds.of("ours", "s to start"), unit: "s" },
        ],
        notes: ["After each storm every client held the rev of the table in every conversation."],
      },
    ];
  },
};

async function handshakes(port: number, count: number) {
  const sockets: RawSocket[] = [];
  const began = performance.now();
  await inParallel(count, handshakesAtOnce, async () => {
    sockets.push(await openRaw(port, "/", { text: () => {} }));
  });
  const seconds = (performance.now() - began) / 1_000;
  for (const socket of sockets) socket.destroy();
  await pause(1_500); // the server sees them go
  return { "per s": count / seconds };
}

type Scene = { worker: Served; product: Program; pairs: Pair[]; clients: Returning[] };

async function killAndReturn(harness: Harness, { worker, product, pairs, clients }: Scene) {
  await comeBack(clients, worker.port);
  for (const client of clients) client.prepare();
  const firstId = reserveIds(messagesPerSecond * trickleSeconds);
  const sending = product.ask<number>({
    type: "trickle",
    pairs,
    perSecond: messagesPerSecond,
    seconds: trickleSeconds,
    firstId,
  });
  sending.catch(() => {}); // awaited below, unless the storm fails first
  await pause(500);
  const killed = performance.now();
  await worker.program.stop("SIGKILL");
  const next = await harness.worker(worker.port);
  const cpu = { worker: cpuOf(next.program.pid), postgres: cpuOf(harness.postgresPid) };
  const began = performance.now();
  const { times, behind, again } = await comeBack(clients, next.port);
  const worked = {
    "µs worker/client": (cpuOf(next.program.pid) - cpu.worker) / clients.length,
    "µs Postgres/client": (cpuOf(harness.postgresPid) - cpu.postgres) / clients.length,
  };
  await sending;
  await checkRevs(harness, clients);
  const last = (times.at(-1) ?? 0) - began;
  const most = (times[Math.floor(times.length * 0.99)] ?? 0) - began;
  const figures = {
    "per s": (clients.length * 1_000) / last,
    "s to 99 %": most / 1_000,
    "s to start": (began - killed) / 1_000,
    behind,
    again,
    ...worked,
  };
  // The generator has not enough files for these and for the floor's.
  for (const client of clients) client.leave();
  await pause(1_500); // the worker sees them go
  return { figures, next };
}

type Back = { times: number[]; behind: number; again: number };

/** When each was back, in order, how many had missed something, and how often one had to try again. */
async function comeBack(clients: readonly Returning[], port: number): Promise<Back> {
  const back: Back = { times: [], behind: 0, again: 0 };
  const until = performance.now() + longestStorm;
  const comeBackOnce = async (client: Returning | undefined): Promise<void> => {
    try {
      if (await client?.comeBack(port)) back.behind += 1;
      back.times.push(performance.now());
    } catch (error) {
      if (performance.now() > until) throw error;
      if (++back.again === 1) console.log(`  a client retries: ${error instanceof Error ? error.message : error}`);
      await pause(100 + Math.random() * 400);
      await comeBackOnce(client);
    }
  };
  const storm = inParallel(clients.length, handshakesAtOnce, (at) => comeBackOnce(clients[at]));
  const watch = pause(longestStorm).then(() => {
    if (back.times.length < clients.length)
      throw new Error(`${clients.length - back.times.length} clients are not back`);
  });
  await Promise.race([storm, watch]);
  return back;
}

/** Nothing was lost: what the clients hold is what the tables say, once the last message has arrived. */
async function checkRevs(harness: Harness, clients: readonly Returning[]): Promise<void> {
  const rows = await harness.sql<{ id: string; rev: number }[]>`select id, rev from conversations`;
  const revs = new Map(rows.map(({ id, rev }) => [id, rev]));
  const behind = () => clients.filter((client) => client.isBehind(revs)).length;
  for (const until = performance.now() + 10_000; behind() > 0; await pause(20)) {
    if (performance.now() > until) throw new Error(`${behind()} clients have not heard everything`);
  }
}
