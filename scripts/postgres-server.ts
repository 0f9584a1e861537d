/** The Postgres server as a process: making its data directory, starting it, recognising one that runs, stopping it. */

import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { type Binaries, giveTo, program } from "#scripts/postgres-binaries.ts";
import { beganAt, type ProcessRecord, recordOf, stopProcess } from "#scripts/process-identity.ts";

const environment = { ...process.env, LC_ALL: "C", LANG: "C", TZ: "UTC" };

/** Makes the data directory: first under another name, so that one that was interrupted is never taken for whole. */
export function createCluster(binaries: Binaries, data: string, password: string): void {
  const part = `${data}.new`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(path.join(os.tmpdir(), "imchat-initdb-"));
  const passwordFile = path.join(secret, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(binaries.user, part, secret, passwordFile);
  const options = ["-D", part, "-U", "imchat", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"];
  const locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"];
  try {
    const made = spawnSync(program(binaries, "initdb"), [...options, ...locale], {
      ...binaries.user,
      env: environment,
      cwd: path.parse(part).root,
      encoding: "utf8",
      windowsHide: true,
    });
    if (made.status !== 0) throw new Error(`Postgres could not make ${data}: ${made.error?.message ?? made.stderr}`);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
  renameSync(part, data);
}

/** postmaster.pid: process id, data directory, start, port, socket directory, listen address, shared memory, status. */
function postmasterFile(data: string): { pid: number; port: number; status: string } | undefined {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
  } catch {
    return undefined;
  }
}

/** Whether the server at `url` is the one of this data directory: asked of itself, which works on every system. */
async function serves(url: string, data: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    const [row] = await sql<{ place: string }[]>`select current_setting('data_directory') as place`;
    return row !== undefined && realpathSync(row.place) === realpathSync(data);
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * The server that already runs on this data directory. One that is starting or stopping is waited for. A postmaster.pid
 * of a process that is gone, or is another program by now, is left to Postgres, which replaces it.
 */
export async function livingServer(
  data: string,
  addressOn: (port: number) => string,
): Promise<{ record: ProcessRecord; port: number } | undefined> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const file = postmasterFile(data);
    const record = file ? recordOf(file.pid) : undefined;
    if (!file || !record) return undefined;
    if (await serves(addressOn(file.port), data)) return { record, port: file.port };
    if (Date.now() > deadline) {
      throw new Error(
        `${path.join(data, "postmaster.pid")} names process ${file.pid}, which lives but does not answer as this database. ` +
          "If it is not a Postgres, remove that file and start again; else stop it.",
      );
    }
    await pause(100);
  }
}

type LaunchOptions = {
  data: string;
  log: string;
  port: number;
  fsync: boolean;
  libraries: readonly string[];
  settings?: Record<string, string>;
};

/** A server that was killed a moment ago is not gone yet: its process waits to be reaped, its children to notice. */
const stillThere = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/;

export async function launch(binaries: Binaries, options: LaunchOptions): Promise<ProcessRecord> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await launchOnce(binaries, options);
    } catch (error) {
      if (!(error instanceof Error) || !stillThere.test(error.message) || Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}

async function launchOnce(
  binaries: Binaries,
  { data, log, port, fsync, libraries, settings: given = {} }: LaunchOptions,
): Promise<ProcessRecord> {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "lc_messages=C",
    `fsync=${fsync ? "on" : "off"}`,
    `shared_preload_libraries=${libraries.join(",")}`,
    ...Object.entries(given).map(([name, value]) => `${name}=${value}`),
  ];
  rmSync(log, { force: true });
  // A file instead of a pipe: the server may outlive this process, and must not die of a closed pipe.
  const output = openSync(log, "w", 0o600);
  const child = spawn(
    program(binaries, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...binaries.user,
      env: environment,
      cwd: path.parse(data).root,
      stdio: ["ignore", output, output],
      // A group of its own: Ctrl-C in the terminal reaches us alone, and we stop things in order.
      detached: process.platform !== "win32",
      windowsHide: true,
    },
  );
  closeSync(output);
  child.unref();
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.once("exit", (code, signal) => {
    failure ??= `it ended (${signal ?? `exit code ${code}`})`;
  });
  const deadline = Date.now() + 60_000;
  while (postmasterFile(data)?.status !== "ready" || postmasterFile(data)?.pid !== child.pid) {
    if (failure === undefined && Date.now() > deadline) failure = "it was not ready within a minute";
    if (failure !== undefined) throw new Error(`Postgres did not start: ${failure}\n${lastLines(log)}`);
    await pause(20);
  }
  const record = child.pid === undefined ? undefined : recordOf(child.pid);
  if (!record) throw new Error(`Postgres did not stay up.\n${lastLines(log)}`);
  return record;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-15).join("\n") : "";
}

/**
 * SIGINT is Postgres' fast shutdown: open sessions are ended, everything is written, the file of the process goes. One
 * that is not done by then is killed, and recovers from its log at the next start.
 */
export async function stopServer(record: ProcessRecord, graceMs = 20_000): Promise<void> {
  if (process.platform === "win32") {
    // No signals there: ended at once, and recovered from its log at the next start, which is what the log is for.
    process.kill(record.pid);
    while (beganAt(record.pid) === record.began) await pause(20);
    return;
  }
  await stopProcess(record, { signal: "SIGINT", graceMs });
}
