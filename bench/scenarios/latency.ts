/**
 * How long a message takes from the sender's call to the other person's socket, at fixed rates whatever comes back, against
 * what no design can go below: one commit and two round trips; a commit that notifies, heard by a listener.
 */
import { bodyOf, idIn } from "#bench/body.ts";
import { openLanePairs, type Pairs } from "#bench/clients/pairs.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { connect, type Harness } from "#bench/harness.ts";
import { InFlight } from "#bench/in-flight.ts";
import { befriend, insertPeople } from "#bench/people.ts";
import { median, percentile } from "#bench/percentiles.ts";
import { type Measured, type Rounds, type Scenario, takeTurns } from "#bench/rounds.ts";
import { createCommitTable } from "#bench/scenarios/commit-limit.ts";

const pairCount = 256;
const quietShare = 0.3;
const busyShare = 0.7;
/** Connections that commit and notify: as many as the best of the commit limit needs. */
const writers = 32;

type Name = "commit" | "echo" | "notify" | "quiet" | "busy";

export const latency: Scenario = {
  metrics: ["latency_p50_vs_floor", "latency_p99_vs_floor"],
  measure: async (harness) => {
    const seconds = harness.sized({ full: 5, quick: 2, smoke: 0.3 });
    await createCommitTable(harness);
    const worker = await harness.worker();
    const bare = await harness.program("servers/bare.ts");
    const pairs = await openLanePairs(
      worker.port,
      await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2)),
    );
    const echo = await openEcho(Number(bare.ready));
    const bus = await openBareBus(harness);
    const most = await mostOf(harness, pairs, seconds);
    console.log(`  our own most is ${Math.round(most)} msg/s`);

    const open = async (inFlight: InFlight, slots: number, share: number) => {
      const times = await inFlight.openLoop(slots, most * share, seconds);
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
    };
    const rounds = await takeTurns<Name>(harness, {
      commit: () => oneAfterTheOther(harness, () => harness.sql`insert into commit_rows (body) values (${bodyOf(0)})`),
      echo: () => oneAfterTheOther(harness, echo.roundTrip),
      notify: () => open(bus.inFlight, writers, busyShare),
      quiet: () => open(pairs.inFlight, pairCount, quietShare),
      busy: () => open(pairs.inFlight, pairCount, busyShare),
    });
    pairs.close();
    echo.socket.destroy();
    await bus.close();
    return results(rounds, most);
  },
};

async function mostOf(harness: Harness, { inFlight }: Pairs, seconds: number): Promise<number> {
  const rates: number[] = [];
  for (let turn = 0; turn < harness.sized({ full: 4, quick: 2, smoke: 2 }); turn += 1) {
    const { complete, seconds: took } = await inFlight.closedLoop(pairCount, Math.min(seconds, 3));
    if (turn > 0) rates.push(complete / took);
  }
  return median(rates);
}

async function oneAfterTheOther(
  harness: Harness,
  work: () => PromiseLike<unknown>,
): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  while (times.length < harness.sized({ full: 1_000, quick: 200, smoke: 20 })) {
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
async function openBareBus(harness: Harness): Promise<Pairs & { close(): Promise<void> }> {
  const sql = connect(harness.databaseUrl, writers);
  const ear = connect(harness.databaseUrl, 1);
  const inFlight = new InFlight((_, id) => {
    sql`
      with stored as (insert into commit_rows (body) values (${bodyOf(id)}))
      select pg_notify('bench_bus', ${bodyOf(id)})`.then(
      () => inFlight.acked(id),
      (error) => console.error(error),
    );
  });
  await ear.listen("bench_bus", (payload) => inFlight.delivered(idIn(Buffer.from(payload))));
  const close = async () => void (await Promise.all([sql.end({ timeout: 1 }), ear.end({ timeout: 1 })]));
  return { inFlight, close };
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
