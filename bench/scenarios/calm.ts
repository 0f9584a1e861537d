/**
 * The load that people have: so many messages a second, far below what either server could do. Here the fixed costs of a small
 * batch count, not those of a message.
 */
import { openLanePairs, openPeerPairs, type Pairs } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import { createPeerTables, insertPeerConversations } from "#bench/peer-tables.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import { percentile } from "#bench/percentiles.ts";
import type { Program } from "#bench/processes.ts";
import { type Measured, type Rounds, type Scenario, takeTurns } from "#bench/rounds.ts";

const pairCount = 256;
const rates = [500, 100] as const;
type Rate = (typeof rates)[number];
type Name = `${"ours" | "socketio"}${Rate}`;

export const calm: Scenario = {
  metrics: rates.flatMap((rate) => [`open${rate}_cpu_vs_socketio`, `open${rate}_p50_vs_socketio`]),
  measure: async (harness) => {
    const seconds = harness.sized({ full: 6, quick: 3, smoke: 0.3 });
    const worker = await harness.worker();
    await createPeerTables(harness.sql);
    const rooms = await insertPeerConversations(harness.sql, pairCount);
    const socketio = await harness.program("peer/socketio.mjs");
    const people = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2));
    const ours = await openLanePairs(worker.port, people);
    const peers = await openPeerPairs([Number(socketio.ready)], rooms);
    const turn = async ({ inFlight }: Pairs, program: Program, rate: Rate) => {
      const pids = [harness.postgresPid, program.pid];
      const before = { all: cpuOf(...pids), postgres: cpuOf(harness.postgresPid) };
      const times = await inFlight.openLoop(pairCount, rate, seconds);
      return {
        "µs CPU/msg": (cpuOf(...pids) - before.all) / times.length,
        "µs Postgres/msg": (cpuOf(harness.postgresPid) - before.postgres) / times.length,
        p50: percentile(times, 0.5),
        p99: percentile(times, 0.99),
      };
    };
    const rounds = await takeTurns<Name>(harness, {
      ours500: () => turn(ours, worker.program, 500),
      socketio500: () => turn(peers, socketio, 500),
      ours100: () => turn(ours, worker.program, 100),
      socketio100: () => turn(peers, socketio, 100),
    });
    for (const pairs of [ours, peers]) pairs.close();
    return rates.flatMap((rate) => results(rounds, rate));
  },
};

function results(rounds: Rounds<Name>, rate: Rate): Measured[] {
  const parts = (figure: string, unit: string) => [
    { label: "Socket.IO", value: rounds.of(`socketio${rate}`, figure), unit },
    { label: "ours", value: rounds.of(`ours${rate}`, figure), unit },
  ];
  return [
    {
      metric: `open${rate}_cpu_vs_socketio`,
      value: rounds.ratio(`socketio${rate}`, `ours${rate}`, "µs CPU/msg"),
      parts: [...parts("µs CPU/msg", "µs/msg, Postgres included"), ...parts("µs Postgres/msg", "µs/msg of Postgres")],
    },
    {
      metric: `open${rate}_p50_vs_socketio`,
      value: rounds.ratio(`socketio${rate}`, `ours${rate}`, "p50"),
      parts: [...parts("p50", "ms"), ...parts("p99", "ms, p99")],
    },
  ];
}
