/**
 * Backends that die at the worst moments. The driver as published throws outside its promises then, which ends the
 * process (Vitest reports such an error and fails the run), or leaves a connection that answers no one; `patches/` has
 * the fix.
 */
import { once } from "node:events";
import net from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBus } from "#realtime/bus.ts";
import { openSql, type Sql, sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { explain } from "#server/trpc/explain.ts";
import { closeDatabase } from "#tests/_people.ts";

const rounds = 50;
let admin: Sql;

beforeAll(async () => {
  admin = openSql(env().databaseUrl, 1);
  await admin`create table lost_writes (n int)`;
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
});

const terminate = (pid: number) => admin`select pg_terminate_backend(${pid}, 5000)`;
const pidOf = async (query: Sql | Parameters<Parameters<Sql["begin"]>[1]>[0]) =>
  (await query<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;

/** The backend at a statement that holds `text`, once it runs. */
async function pidAt(text: string): Promise<number> {
  for (;;) {
    const [row] = await admin<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and state = 'active' and pid <> pg_backend_pid() and query like ${`%${text}%`}`;
    if (row) return row.pid;
  }
}

/** Every connection of the pool answers, and none is inside a transaction. */
async function expectWholePool(): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => sql()<{ n: number }[]>`select ${n}::int as n, pg_sleep(0.001)`),
  );
  expect(answers.map(([row]) => row?.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const [row] = await admin<{ open: number }[]>`
    select count(*)::int as open from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'`;
  expect(row?.open).toBe(0);
}

/** What a caller is answered when this fails. */
const reasonOf = (work: PromiseLike<unknown>) =>
  work.then(
    () => "no refusal",
    (error: unknown) => explain(error).reason,
  );

test("a backend that dies between two statements of a transaction fails that transaction alone", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const lost = sql().begin(async (tx) => {
      await terminate(await pidOf(tx));
      await tx`insert into lost_writes values (${round})`;
    });
    const reason = reasonOf(lost);
    // The pool reconnects meanwhile; the rest of the transaction must not run on the new connection.
    const others = Promise.all(Array.from({ length: 12 }, () => sql()`select 1`.catch(() => [])));
    expect(await reason).toBe("unavailable");
    await others;
    await expectWholePool();
  }
  expect(await admin`select n from lost_writes`).toHaveLength(0);
});

test("a backend that dies in the middle of a transaction's statement fails that transaction alone", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const lost = sql().begin(async (tx) => {
      await tx`select pg_sleep(30), 'in a transaction'`.catch(() => {});
      await tx`insert into lost_writes values (${round})`;
    });
    const reason = reasonOf(lost);
    await terminate(await pidAt("in a transaction"));
    expect(await reason).toBe("unavailable");
    await expectWholePool();
  }
  expect(await admin`select n from lost_writes`).toHaveLength(0);
});

test("a backend that dies in mid-query fails that query alone", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const reason = reasonOf(sql()`select pg_sleep(30), 'alone', ${"x".repeat(2_000)}`);
    await terminate(await pidAt("alone"));
    expect(await reason).toBe("unavailable");
    await expectWholePool();
  }
});

/**
 * A way to Postgres that can be reset: both ends are told with an RST. `answers`: also resets each connection instead of
 * the chunk of this number that Postgres sends on it.
 */
async function resettable(answers = Number.POSITIVE_INFINITY) {
  const { hostname, port } = new URL(env().databaseUrl);
  const ends = new Set<net.Socket>();
  const reset = (sockets: Iterable<net.Socket>) => {
    for (const end of sockets) end.resetAndDestroy();
  };
  const server = net.createServer((client) => {
    const pair = [client, net.connect(Number(port), hostname)] as const;
    let answered = 0;
    for (const [at, one] of pair.entries()) {
      const other = pair[1 - at];
      ends.add(one);
      one.on("error", () => {});
      one.on("data", (chunk) => {
        if (one !== client) answered += 1;
        if (answered >= answers) reset(pair);
        else other?.write(chunk);
      });
      one.on("close", () => {
        ends.delete(one);
        other?.destroy();
      });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(env().databaseUrl);
  url.port = String((server.address() as net.AddressInfo).port); // listening on TCP
  return { url: url.href, reset: () => reset(ends), close: () => server.close() };
}

test("a query that follows one whose connection was reset, in the same tick, is answered or fails", async () => {
  const way = await resettable();
  const pool = openSql(way.url, 1);
  for (let round = 0; round < rounds; round += 1) {
    const again = pool.unsafe(`select pg_sleep(30), 'round ${round}'`).catch(() => pool`select 1`);
    const pid = await pidAt(`round ${round}`);
    way.reset();
    await Promise.allSettled([again]);
    await terminate(pid); // a sleeping backend does not notice that its client is gone
  }
  await pool.end({ timeout: 1 });
  way.close();
});

// A query that is never settled ends the test by its time, and Vitest fails on what is thrown outside of promises.
test("queries of a connection that is reset while it is being set up are settled, wherever it stands", async () => {
  // From the question for the password to the list of types and the answer to the query itself.
  for (let answers = 1; answers <= 8; answers += 1) {
    const way = await resettable(answers);
    const pool = openSql(way.url, 1);
    const asked = Array.from({ length: 3 }, () => pool`select 1`);
    await Promise.allSettled(asked);
    await pool.end({ timeout: 1 });
    way.close();
  }
});

test("a LISTEN that dies in silence is opened again, every time", { timeout: 120_000 }, async () => {
  let relistened = 0;
  const bus = await openBus(env().databaseUrl, sql(), {
    isTold: () => false,
    ignores: () => false,
    onEnvelope: () => {},
    onReconnect: () => {
      relistened += 1;
    },
  });
  for (let round = 1; round <= rounds; round += 1) {
    const [row] = await admin<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%'`;
    if (row) await terminate(row.pid);
    await expect.poll(() => relistened, { timeout: 20_000, interval: 20 }).toBeGreaterThanOrEqual(round);
  }
  await bus.close();
});

test("transactions that begin on a full pipeline are alone on their connection", async () => {
  const options = { max: 3, max_pipeline: 0 }; // the driver's types leave the second one out
  const small = postgres(env().databaseUrl, options);
  for (let round = 0; round < 10; round += 1) {
    const held = Array.from({ length: 3 }, () => small`select pg_sleep(0.02)`);
    const single = Array.from({ length: 6 }, (_, n) => small<{ n: number }[]>`select ${n}::int as n`);
    const begun = Array.from({ length: 5 }, () => small.begin((tx) => tx`select txid_current_if_assigned()`));
    await Promise.all([...held, ...single, ...begun]);
  }
  await small.end();
});
