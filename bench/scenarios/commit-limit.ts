/** What the database can commit: the best rate of one-row INSERTs over several numbers of clients. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bodyOf } from "#bench/body.ts";
import { cpuOf } from "#bench/cost.ts";
import { connect, type Harness } from "#bench/harness.ts";

const clientCounts = [8, 16, 32];

export const commitProgram = spawnSync("pgbench", ["--version"]).status === 0 ? "pgbench" : "a loop in Node";

export async function createCommitTable(harness: Harness): Promise<void> {
  await harness.sql`
    create table if not exists commit_rows (
      id bigint generated always as identity primary key, body text not null, at timestamptz not null default now())`;
}

/** The best of several numbers of clients, with Postgres' CPU time for one commit of that best. */
export async function bestCommitRate(
  harness: Harness,
  seconds: number,
): Promise<{ "msg/s": number; "µs CPU/msg": number }> {
  let best = { "msg/s": 0, "µs CPU/msg": 0 };
  for (const clients of clientCounts) {
    const before = cpuOf(harness.postgresPid);
    const { rate, count } = await (commitProgram === "pgbench" ? pgbench : loop)(harness, clients, seconds);
    const cpu = (cpuOf(harness.postgresPid) - before) / count;
    if (rate > best["msg/s"]) best = { "msg/s": rate, "µs CPU/msg": cpu };
  }
  return best;
}

type Committed = { rate: number; count: number };

async function pgbench(harness: Harness, clients: number, seconds: number): Promise<Committed> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "imchat-bench-"));
  const script = path.join(directory, "insert.sql");
  writeFileSync(script, `insert into commit_rows (body) values ('${bodyOf(0)}');\n`);
  const url = new URL(harness.databaseUrl);
  // The generator's core is inherited.
  const child = spawn(
    "pgbench",
    ["-n", "-M", "prepared", "-f", script, "-c", String(clients), "-j", "1", "-T", String(seconds)],
    {
      env: {
        ...process.env,
        PGHOST: url.hostname,
        PGPORT: url.port,
        PGUSER: url.username,
        PGPASSWORD: decodeURIComponent(url.password),
        PGDATABASE: url.pathname.slice(1),
      },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  rmSync(directory, { recursive: true });
  const rate = Number(output.match(/^tps = ([\d.]+)/m)?.[1]);
  const count = Number(output.match(/actually processed: (\d+)/)?.[1]);
  // On a busy machine a second may end before the last client is connected.
  if (code === 0 && count === 0 && seconds < 10) return pgbench(harness, clients, seconds * 2);
  if (code !== 0 || !(rate > 0)) throw new Error(`pgbench failed:\n${output}`);
  return { rate, count };
}

/** The same without pgbench: each connection inserts, waits for the commit, and inserts again. */
async function loop(harness: Harness, clients: number, seconds: number): Promise<Committed> {
  const sql = connect(harness.databaseUrl, clients);
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  const scenario = async () => {
    while (performance.now() < end) {
      await sql`insert into commit_rows (body) values (${bodyOf(0)})`;
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, scenario));
  await sql.end();
  return { rate: count / seconds, count };
}
