/**
 * How long a message takes from the sender's call to the other person's socket, at fixed rates whatever comes back, against
 * what no design can go below: one commit and two round trips; a commit that notifies, heard by a listener.
 */
import { bodyOf, idIn } from "#bench/body.ts";
import { openLanePairs, type Pairs } from "#bench/clients/pairs.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { Flight } from "#bench/flight.ts";
import { createCommitTable } from "#bench/lanes/commit-limit.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import { median, percentile } from "#bench/percentiles.ts";
import { type Lane, type Measured, type Rounds, takeTurns } from "#bench/rounds.ts";
import { connect, type Stage } from "#bench/stage.ts";

const pairCount = 256;
const quietShare = 0.3;
const busyShare = 0.7;
/** Connections that commit and notify: as many as the best of the commit limit needs. */
const writers = 32;

type Name = "commit" | "echo" | "notify" | "quiet" | "busy";

export const latency: Lane = {
  metrics: ["latency_p50_vs_floor", "latency_p99_vs_floor"],
  measure: async (stage) => {
    const seconds = stage.sized({ full: 5, quick: 2, smoke: 0.3 });
    await createCommitTable(stage);
    const worker = await stage.worker();
    const bare = await stage.program("servers/bare.ts");
    const pairs = await openLanePairs(
      worker.port,
      await befriend(stage.sql, await insertPeople(stage.sql, pairCount * 2)),
    );
    const echo = await openEcho(Number(bare.ready));
    const bus = await openBareBus(stage);
    const most = await mostOf(stage, pairs, seconds);
    console.log(`  our own most is ${Math.round(most)} msg/s`);

    const open = async (flight: Flight, lanes: number, share: number) => {
      const times = await flight.openLoop(lanes, most * share, seconds);
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
    };
    const rounds = await takeTurns<Name>(stage, {
      commit: () => oneAfterTheOther(stage, () => stage.sql`insert into commit_rows (body) values (${bodyOf(0)})`),
      echo: () => oneAfterTheOther(stage, echo.roundTrip),
      notify: () => open(bus.flight, writers, busyShare),
      quiet: () => open(pairs.flight, pairCount, quietShare),
      busy: () => open(pairs.flight, pairCount, busyShare),
    });
    pairs.close();
    echo.socket.destroy();
    await bus.close();
    return results(rounds, most);
  },
};

async function mostOf(stage: Stage, { flight }: Pairs, seconds: number): Promise<number> {
  const rates: number[] = [];
  for (let turn = 0; turn < stage.sized({ full: 4, quick: 2, smoke: 2 }); turn += 1) {
    const { complete, seconds: took } = await flight.closedLoop(pairCount, Math.min(seconds, 3));
    if (turn > 0) rates.push(complete / took);
  }
  return median(rates);
}

async function oneAfterTheOther(stage: Stage, work: () => PromiseLike<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  while (times.length < stage.sized({ full: 1_000, quick: 200, smoke: 20 })) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function openEcho(port: number): Promise<{ socket: RawSocket; roundTrip: () => Promise<void> }> {
  let back = () => {};
  const text = (frame: Buffer) => {
    if (idIn(frame) === 0) back();
  };
  const socket = await openRaw(port, "/", { text });
  const roundTrip = () =>
    new Promise<void>((resolve) => {
      back = resolve;
      socket.send(bodyOf(0));
    });
  return { socket, roundTrip };
}

/** One row and one notification in one statement and one commit; the listener is another connection. */
async function openBareBus(stage: Stage): Promise<Pairs & { close(): Promise<void> }> {
  const sql = connect(stage.databaseUrl, writers);
  const ear = connect(stage.databaseUrl, 1);
  const flight = new Flight((_, id) => {
    sql`
      with stored as (insert into commit_rows (body) values (${bodyOf(id)}))
      select pg_notify('bench_bus', ${bodyOf(id)})`.then(
      () => flight.acked(id),
      (error) => console.error(error),
    );
  });
  await ear.listen("bench_bus", (payload) => flight.delivered(idIn(Buffer.from(payload))));
  const close = async () => void (await Promise.all([sql.end({ timeout: 1 }), ear.end({ timeout: 1 })]));
  return { flight, close };
}

function results(rounds: Rounds<Name>, most: number): Measured[] {
  const ms = (label: string, name: Name, share: string) => ({ label, value: rounds.of(name, share), unit: "ms" });
  const floor = rounds.of("commit", "p50") + 2 * rounds.of("echo", "p50");
  const rate = (share: number) => ({ label: `at ${share * 100} %`, value: most * share, unit: "msg/s" });
  return [
    {
      metric: "latency_p50_vs_floor",
      value: rounds.of("quiet", "p50") / floor,
      parts: [
        ms("one commit p50", "commit", "p50"),
        ms("one round trip p50", "echo", "p50"),
        ms("ours p50", "quiet", "p50"),
        ms("ours p99", "quiet", "p99"),
        rate(quietShare),
      ],
    },
    {
      metric: "latency_p99_vs_floor",
      value: rounds.ratio("busy", "notify", "p99"),
      parts: [
        ms("bare commit + NOTIFY p50", "notify", "p50"),
        ms("bare commit + NOTIFY p99", "notify", "p99"),
        ms("ours p50", "busy", "p50"),
        ms("ours p99", "busy", "p99"),
        rate(busyShare),
      ],
    },
  ];
}
