/**
 * Messages between two people over the socket lane: against bare echoes on the same number of connections, and against
 * Socket.IO doing the same durable work, in one process and in two behind its Postgres adapter.
 */
import { openEchoPairs, openLanePairs, openPeerPairs, type Pairs } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import { createPeerTables, insertPeerConversations } from "#bench/peer-tables.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import type { Program } from "#bench/processes.ts";
import { type Lane, type Measured, type Rounds, takeTurns } from "#bench/rounds.ts";
import type { Stage } from "#bench/stage.ts";

/** As many people write at the same moment, each one message at a time, as a composer does. */
const pairCount = 256;

type Name = "echo" | "ours" | "socketio" | "cluster";

export const direct: Lane = {
  metrics: ["lane_socket_vs_echo", "durable_cpu_vs_socketio"],
  measure: async (stage) => {
    const seconds = stage.sized({ full: 4, quick: 1, smoke: 0.3 });
    const worker = await stage.worker();
    const bare = await stage.program("servers/bare.ts");
    await createPeerTables(stage.sql);
    const rooms = await insertPeerConversations(stage.sql, pairCount);
    const socketio = await stage.program("peer/socketio.mjs");
    const cluster = [
      await stage.program("peer/socketio.mjs", { ADAPTER: "1" }),
      await stage.program("peer/socketio.mjs", { ADAPTER: "1" }),
    ];
    const people = await befriend(stage.sql, await insertPeople(stage.sql, pairCount * 2));
    const ours = await openLanePairs(worker.port, people);
    const echoes = await openEchoPairs(Number(bare.ready), pairCount);
    const peers = await openPeerPairs([Number(socketio.ready)], rooms);
    const clustered = await openPeerPairs(
      cluster.map((one) => Number(one.ready)),
      rooms,
    );

    const turn = (pairs: Pairs, ...programs: Program[]) => measureLoop(stage, pairs, seconds, programs);
    const rounds = await takeTurns<Name>(stage, {
      echo: () => turn(echoes, bare),
      ours: () => turn(ours, worker.program),
      socketio: () => turn(peers, socketio),
      cluster: () => turn(clustered, ...cluster),
    });
    for (const pairs of [ours, echoes, peers, clustered]) pairs.close();
    return results(rounds);
  },
};

async function measureLoop(stage: Stage, { flight }: Pairs, seconds: number, programs: Program[]) {
  const pids = [stage.postgresPid, ...programs.map((program) => program.pid)];
  const before = { all: cpuOf(...pids), postgres: cpuOf(stage.postgresPid) };
  const { complete, seconds: took } = await flight.closedLoop(pairCount, seconds);
  return {
    "msg/s": complete / took,
    "µs CPU/msg": (cpuOf(...pids) - before.all) / complete,
    "µs Postgres/msg": (cpuOf(stage.postgresPid) - before.postgres) / complete,
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
      metric: "lane_socket_vs_echo",
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
