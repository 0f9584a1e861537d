/**
 * Ten thousand people who are there and say nothing: what each connection costs in memory and in CPU, while it pings every
 * 25 seconds as Pusher clients do and the worker checks all sessions every 30. Bare `ws` and Socket.IO stand beside it.
 */

import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "#bench/clients/in-parallel.ts";
import { Inbox } from "#bench/clients/inbox.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { PeerClient } from "#bench/clients/socketio.ts";
import { cpuOf, memoryOf } from "#bench/cost.ts";
import type { Harness } from "#bench/harness.ts";
import { requireOpenFiles } from "#bench/machine.ts";
import { createPeerTables } from "#bench/peer-tables.ts";
import { insertPopulation } from "#bench/population.ts";
import { type Part, type Scenario, takeTurns } from "#bench/rounds.ts";

const handshakesAtOnce = 64;
const pingEvery = 25_000;
/** One check of all sessions falls into each. */
const windowSeconds = 30;

type Client = { ping(): void; close(): void };
type Crowd = { pids: number[]; open(at: number): Promise<Client> };

export const idle: Scenario = {
  metrics: ["idle_rss_per_conn", "idle_cpu_per_conn"],
  measure: async (harness) => {
    const count = harness.sized({ full: 10_000, quick: 1_000, smoke: 100 });
    requireOpenFiles(count);
    const { people } = await insertPopulation(harness.sql, count);
    const worker = await harness.worker();
    const ours: Crowd = {
      pids: [worker.program.pid, harness.postgresPid],
      open: async (at) => {
        const person = people[at];
        if (!person) throw new Error("there are fewer people than connections");
        return Inbox.open(worker.port, person, { event: () => {} });
      },
    };
    const beside = [...(await openBare(harness)), ...(await openPeer(harness))];
    const parts: Part[] = [];
    for (const { label, population } of beside) {
      const { memory, cpu } = await sit(harness, population, count, 1);
      parts.push({ label, value: memory, unit: "KB/connection" }, { label: `${label} CPU`, value: cpu, unit: "µs/s" });
    }
    const { memory, cpu, worker: own } = await sit(harness, ours, count, harness.settings.rounds);
    return [
      {
        metric: "idle_rss_per_conn",
        value: memory,
        parts: [
          ...parts.filter(({ unit }) => unit !== "µs/s"),
          { label: "ours, the worker alone", value: own, unit: "KB/connection" },
          { label: "connections", value: count, unit: "" },
        ],
      },
      { metric: "idle_cpu_per_conn", value: cpu, parts: parts.filter(({ unit }) => unit === "µs/s") },
    ];
  },
};

/** Connects the population and watches it sit there. */
async function sit(harness: Harness, { pids, open }: Crowd, count: number, rounds: number) {
  const seconds = harness.sized({ full: windowSeconds, quick: 5, smoke: 0.5 });
  await pause(2_000);
  const [server = 0] = pids;
  const before = { memory: memoryOf(...pids), worker: memoryOf(server) };
  const clients: Client[] = [];
  await inParallel(count, handshakesAtOnce, async (at) => {
    clients.push(await open(at));
  });
  const stopPings = pingInTurn(clients);
  await pause(harness.sized({ full: 10_000, quick: 1_000, smoke: 100 }));
  const watch = async () => {
    const cpu = cpuOf(...pids);
    const began = performance.now();
    await pause(seconds * 1_000);
    return {
      "µs/s": (cpuOf(...pids) - cpu) / ((performance.now() - began) / 1_000) / count,
      KB: (memoryOf(...pids) - before.memory) / count,
      "KB worker": (memoryOf(server) - before.worker) / count,
    };
  };
  // A shorter harness: these windows have no contender to take turns with.
  const windows = await takeTurns(
    { settings: { ...harness.settings, rounds }, settle: async () => {} },
    { idle: watch },
    false,
  );
  stopPings();
  for (const client of clients) client.close();
  const of = (figure: string) => windows.of("idle", figure);
  return { memory: of("KB"), cpu: of("µs/s"), worker: of("KB worker") };
}

/** Each pings every 25 s, and they are spread over that time as people are. */
function pingInTurn(clients: readonly Client[]): () => void {
  const began = performance.now();
  let pings = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / pingEvery) * clients.length;
    while (pings < due) clients[pings++ % clients.length]?.ping();
  }, 10);
  return () => clearInterval(timer);
}

async function openBare(harness: Harness): Promise<{ label: string; population: Crowd }[]> {
  const bare = await harness.program("servers/bare.ts");
  const open = async () => {
    const socket: RawSocket = await openRaw(Number(bare.ready), "/", { text: () => {} });
    return { ping: () => socket.send("ping"), close: () => socket.destroy() };
  };
  return [{ label: "bare ws", population: { pids: [bare.pid], open } }];
}

/** No sign-in and no conversations; each connection joins two rooms. Its server pings by itself. */
async function openPeer(harness: Harness): Promise<{ label: string; population: Crowd }[]> {
  await createPeerTables(harness.sql);
  const peer = await harness.program("peer/socketio.mjs");
  const open = async (at: number) => {
    const client = await PeerClient.open(Number(peer.ready), { message: () => {} });
    await client.join([`pair ${Math.floor(at / 2)}`, `group ${Math.floor(at / 500)}`]);
    return { ping: () => {}, close: () => client.close() };
  };
  return [{ label: "Socket.IO", population: { pids: [peer.pid], open } }];
}
