import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Fault, Scene } from "#tests/chaos/fault.ts";

/** Backends of the product, newest work first. */
async function backends({ stack }: Scene): Promise<number[]> {
  const rows = await stack.postgres.admin<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = 'imchat' order by state = 'active' desc, state_change desc
  `;
  return rows.map(({ pid }) => pid);
}

const end = (signal: "SIGKILL" | "SIGQUIT" | "SIGINT", name: string, ms: number): Fault => ({
  row: 5,
  name,
  long: ms > 1_000,
  run: async ({ stack }) => {
    await stack.postgres.end(signal);
    await pause(ms);
    await stack.postgres.startAgain();
    return undefined;
  },
});

/** Postgres takes the loss of one backend for a broken memory and restarts all of them. */
async function killBackend(scene: Scene): Promise<string> {
  const [pid] = await backends(scene);
  if (pid) process.kill(pid, "SIGKILL");
  return pid ? "one backend" : "no backend was there";
}

async function freezeBackend(scene: Scene): Promise<string> {
  const { random, size } = scene;
  const pids = await backends(scene);
  const pid = random.pick(pids.slice(0, 4));
  const ms = size === "short" ? 2_500 : random.int(5_000, 20_000);
  process.kill(pid, "SIGSTOP");
  await pause(ms);
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It was ended meanwhile.
  }
  return `${ms / 1_000} s`;
}

async function terminateListeners({ stack, size }: Scene): Promise<string> {
  let ended = 0;
  const rounds = size === "short" ? 2 : 4;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await pause(size === "short" ? 1_000 : 3_000);
    const rows = await stack.postgres.admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'imchat' and query ilike 'listen %'
    `;
    ended += rows.length;
  }
  return `${ended} listeners`;
}

/** A listener that sits in a transaction keeps the queue from being emptied; then it is filled to its last page. */
async function fillQueue({ stack, size }: Scene): Promise<string> {
  const sitter = postgres(stack.postgres.url, { max: 1, onnotice: () => {} });
  try {
    await sitter`listen chaos_filler`;
    await sitter.unsafe("begin; select 1").simple();
    const filled = await fill(stack.postgres.url);
    const [usage] = await stack.postgres.admin<{ full: number }[]>`select pg_notification_queue_usage() as full`;
    await pause(size === "short" ? 2_000 : 5_000);
    const full = Math.round((usage?.full ?? 0) * 100);
    await sitter.end({ timeout: 0 });
    return `${filled} notifications of 7 kB, the queue ${full} % full; usable again after ${await queueIsBack(stack)} ms`;
  } finally {
    await sitter.end({ timeout: 0 });
  }
}

/** Telling must work again soon after the sitter is gone, without anybody's help. */
async function queueIsBack(stack: Scene["stack"]): Promise<number> {
  const since = Date.now();
  for (;;) {
    try {
      await stack.postgres.admin`select pg_notify('chaos_filler', 'still full?')`;
      return Date.now() - since;
    } catch (error) {
      if (Date.now() - since > 10_000) throw new Error("The NOTIFY queue stayed full.", { cause: error });
    }
    await pause(100);
  }
}

async function fill(url: string): Promise<number> {
  const filler = postgres(url, { max: 1, onnotice: () => {} });
  let count = 0;
  try {
    for (; count < 400; count += 1) await filler`select pg_notify('chaos_filler', repeat('x', 7000) || ${count}::text)`;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== "54000") throw error;
  } finally {
    await filler.end({ timeout: 0 });
  }
  return count;
}

async function fullDisk({ stack, random }: Scene): Promise<string> {
  const free = stack.postgres.fillDisk();
  const ms = random.int(2_000, 6_000);
  await pause(ms);
  free();
  await stack.postgres.ensureUp();
  return `${ms / 1_000} s without a byte`;
}

export const postgresFaults: Fault[] = [
  { row: 5, name: "kill -9 one backend", run: killBackend },
  end("SIGKILL", "kill -9 the postmaster", 0),
  end("SIGINT", "restart Postgres, fast", 0),
  end("SIGQUIT", "restart Postgres, immediate", 0),
  end("SIGKILL", "Postgres away for 30 s", 30_000),
  { row: 6, name: "SIGSTOP one backend", run: freezeBackend },
  { row: 8, name: "terminate the listeners", run: terminateListeners },
  { row: 20, name: "the disk is full", run: fullDisk, fullDisk: true },
  { row: 9, name: "the NOTIFY queue is full", run: fillQueue },
];
