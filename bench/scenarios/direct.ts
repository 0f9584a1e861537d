/**
 * Messages between two people over the socket scenario: against bare echoes on the same number of connections, and against
 * Socket.IO doing the same durable work, in one process and in two behind its Postgres adapter.
 */
import { openEchoPairs, openLanePairs, openPeerPairs, type Pairs } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import type { Harness } from "#bench/harness.ts";
import { createPeerTables, insertPeerConversations } from "#bench/peer-tables.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import type { Program } from "#bench/processes.ts";
import { type Measured, type Rounds, type Scenario, takeTurns } from "#bench/rounds.ts";

/** As many people write at the same moment, each one message at a time, as a composer does. */
const pairCount = 256;

type Name = "echo" | "ours" | "socketio" | "cluster";

export const direct: Scenario = {
  metrics: ["rpc_socket_vs_echo", "durable_cpu_vs_socketio"],
  measure: async (harness) => {
    const seconds = harness.sized({ full: 4, quick: 1, smoke: 0.3 });
    const worker = await harness.worker();
    const bare = await harness.program("servers/bare.ts");
    await createPeerTables(harness.sql);
    const rooms = await insertPeerConversations(harness.sql, pairCount);
    const socketio = await harness.program("peer/socketio.mjs");
    const cluster = [
      await harness.program("peer/socketio.mjs", { ADAPTER: "1" }),
      await harness.program("peer/socketio.mjs", { ADAPTER: "1" }),
    ];
    const people = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2));
    const ours = await openLanePairs(worker.port, people);
    const echoes = await openEchoPairs(Number(bare.ready), pairCount);
    const peers = await openPeerPairs([Number(socketio.ready)], rooms);
    const clustered = await openPeerPairs(
      cluster.map((one) => Number(one.ready)),
      rooms,
    );

    const turn = (pairs: Pairs, ...programs: Program[]) => measureLoop(harness, pairs, seconds, programs);
    const rounds = await takeTurns<Name>(harness, {
      echo: () => turn(echoes, bare),
      ours: () => turn(ours, worker.program),
      socketio: () => turn(peers, socketio),
      cluster: () => turn(clustered, ...cluster),
    });
    for (const pairs of [ours, echoes, peers, clustered]) pairs.close();
    return results(rounds);
  },
};

async function measureLoop(harness: Harness, { inFlight }: Pairs, seconds: number, programs: Program[]) {
  const pids = [harness.postgresPid, ...programs.map((program) => program.pid)];
  const before = { all: cpuOf(...pids), postgres: cpuOf(harness.postgresPid) };
  const { complete, seconds: took } = await inFlight.closedLoop(pairCount, seconds);
  return {
    "msg/s": complete / took,
    "µs CPU/msg": (cpuOf(...pids) - before.all) / complete,
    "µs Postgres/msg": (cpuOf(harness.postgresPid) - before.postgres) / complete,
  };
}

function results(rounds: Rounds<Name>): Measured[] {
  const rate = (label: string, name: Name) => ({ label, value: rounds.of(name, "msg/s"), unit: "msg/s" });
  const cpu = (label: string, name: Name) => ({
    label: `${label} CPU`,
    value: rounds.of(name, "µs CPU/msg"),
    unit: "µs/msg, Postgres included",
  });
  const postgres = (label: string, name: Name) => ({
    label: `${label} CPU of Postgres`,
    value: rounds.of(name, "µs Postgres/msg"),
    unit: "µs/msg",
  });
  return [
    {
      metric: "rpc_socket_vs_echo",
      value: rounds.ratio("ours", "echo", "msg/s"),
      parts: [rate("floor (echo)", "echo"), cpu("floor", "echo"), rate("ours", "ours"), cpu("ours", "ours")],
    },
    {
      metric: "durable_cpu_vs_socketio",
      value: rounds.ratio("socketio", "ours", "µs CPU/msg"),
      parts: [
        cpu("Socket.IO, one process,", "socketio"),
        rate("Socket.IO, one process,", "socketio"),
        cpu("Socket.IO, two with its Postgres adapter,", "cluster"),
        rate("Socket.IO, two with its Postgres adapter,", "cluster"),
        postgres("Socket.IO, one process,", "socketio"),
        cpu("ours", "ours"),
        rate("ours", "ours"),
        postgres("ours", "ours"),
      ],
    },
  ];
}
