/**
 * Thousands of people who are there and say nothing: what each connection costs in memory and in CPU, while it is pinged
 * every 20 seconds and the worker checks all sessions every 30. As many connections of a bare `ws` server beside it, in the
 * same seconds, send as many pings by themselves, spread over the time, as Pusher clients do where the server does not ping.
 * Socket.IO is shown beside.
 */

import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "#bench/clients/in-parallel.ts";
import { Inbox } from "#bench/clients/inbox.ts";
import { openRaw } from "#bench/clients/raw-socket.ts";
import { PeerClient } from "#bench/clients/socketio.ts";
import { cpuOf, memoryOf } from "#bench/cost.ts";
import type { Harness } from "#bench/harness.ts";
import { requireOpenFiles } from "#bench/machine.ts";
import { createPeerTables } from "#bench/peer-tables.ts";
import { insertPopulation } from "#bench/population.ts";
import { type Figures, type Scenario, takeTurns } from "#bench/rounds.ts";

const handshakesAtOnce = 64;
/** After so long the worker pings a client that it has not heard (realtime/connection-registry.ts). */
const pingEvery = 20_000;
/** Three pings of each connection and two checks of all sessions fall into each. */
const windowSeconds = 60;

type Client = { ping?(): void; close(): void };
type Crowd = { pids: number[]; open(at: number): Promise<Client> };

export const idle: Scenario = {
  metrics: ["idle_rss_per_conn", "idle_cpu_per_conn", "idle_cpu_vs_ws"],
  measure: async (harness) => {
    // Of ours and of the floor at once, in one generator.
    const count = harness.sized({ full: 9_500, quick: 1_000, smoke: 100 });
    requireOpenFiles(2 * count);
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
    const peer = await sit(harness, { "Socket.IO": await openPeer(harness) }, count, 1);
    const { of, ratio } = await sit(harness, { ours, "bare ws": await openBare(harness) }, count);
    const beside = (figure: string, unit: string) => [
      { label: "bare ws", value: of("bare ws", figure), unit },
      { label: "Socket.IO", value: peer.of("Socket.IO", figure), unit },
    ];
    return [
      {
        metric: "idle_rss_per_conn",
        value: of("ours", "KB"),
        parts: [
          ...beside("KB", "KB/connection"),
          { label: "ours, the worker alone", value: of("ours", "KB server"), unit: "KB/connection" },
          { label: "connections", value: count, unit: "" },
        ],
      },
      { metric: "idle_cpu_per_conn", value: of("ours", "µs/s"), parts: beside("µs/s", "µs/s") },
      {
        metric: "idle_cpu_vs_ws",
        value: ratio("ours", "bare ws", "µs/s"),
        parts: [
          { label: "ours", value: of("ours", "µs/s"), unit: "µs/s" },
          { label: "the worker alone", value: of("ours", "µs/s server"), unit: "µs/s" },
          { label: "bare ws", value: of("bare ws", "µs/s"), unit: "µs/s" },
        ],
      },
    ];
  },
};

/** Connects the crowds and watches all of them sit there in the same windows. */
async function sit<Name extends string>(
  harness: Harness,
  crowds: Record<Name, Crowd>,
  count: number,
  rounds = harness.settings.rounds,
) {
  const seconds = harness.sized({ full: windowSeconds, quick: 20, smoke: 0.5 });
  // Object.entries loses the type of the keys that were given.
  const all = Object.entries(crowds) as [Name, Crowd][];
  const clients: Client[] = [];
  const before = new Map<Name, { all: number; server: number }>();
  await pause(2_000);
  for (const [name, { pids, open }] of all) {
    before.set(name, { all: memoryOf(...pids), server: memoryOf(...pids.slice(0, 1)) });
    await inParallel(count, handshakesAtOnce, async (at) => {
      clients.push(await open(at));
    });
  }
  const stopPings = pingInTurn(clients);
  await pause(harness.sized({ full: 10_000, quick: 1_000, smoke: 100 }));

  const watch = async () => {
    const cpu = all.map(([, { pids }]) => ({ all: cpuOf(...pids), server: cpuOf(...pids.slice(0, 1)) }));
    const began = performance.now();
    await pause(seconds * 1_000);
    const shares = ((performance.now() - began) / 1_000) * count;
    const figures = all.map(
      ([name, { pids }], at): Figures => ({
        [`${name} µs/s`]: (cpuOf(...pids) - (cpu[at]?.all ?? 0)) / shares,
        [`${name} µs/s server`]: (cpuOf(...pids.slice(0, 1)) - (cpu[at]?.server ?? 0)) / shares,
        [`${name} KB`]: (memoryOf(...pids) - (before.get(name)?.all ?? 0)) / count,
        [`${name} KB server`]: (memoryOf(...pids.slice(0, 1)) - (before.get(name)?.server ?? 0)) / count,
      }),
    );
    return Object.assign({}, ...figures) as Figures; // they have different names
  };
  // A shorter harness: the crowds share these windows, and no contender takes turns with another one.
  const quiet = { settings: { ...harness.settings, rounds }, settle: async () => {} };
  const windows = await takeTurns(quiet, { all: watch }, false);
  stopPings();
  for (const client of clients) client.close();
  return {
    of: (name: Name, figure: string) => windows.of("all", `${name} ${figure}`),
    ratio: (over: Name, under: Name, figure: string) =>
      windows.ratio("all", "all", `${over} ${figure}`, `${under} ${figure}`),
  };
}

/** Those who ping do it every 20 s, spread over that time as people are. */
function pingInTurn(all: readonly Client[]): () => void {
  const clients = all.filter(({ ping }) => ping);
  const began = performance.now();
  let pings = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / pingEvery) * clients.length;
    while (pings < due) clients[pings++ % clients.length]?.ping?.();
  }, 10);
  return () => clearInterval(timer);
}

async function openBare(harness: Harness): Promise<Crowd> {
  const bare = await harness.program("servers/bare.ts");
  const open = async () => {
    const socket = await openRaw(Number(bare.ready), "/", { text: () => {} });
    return { ping: () => socket.send('{"event":"pusher:ping","data":{}}'), close: () => socket.destroy() };
  };
  return { pids: [bare.pid], open };
}

/** No sign-in and no conversations; each connection joins two rooms. Its server pings by itself. */
async function openPeer(harness: Harness): Promise<Crowd> {
  await createPeerTables(harness.sql);
  const peer = await harness.program("peer/socketio.mjs");
  const open = async (at: number) => {
    const client = await PeerClient.open(Number(peer.ready), { message: () => {} });
    await client.join([`pair ${Math.floor(at / 2)}`, `group ${Math.floor(at / 500)}`]);
    return { close: () => client.close() };
  };
  return { pids: [peer.pid], open };
}
