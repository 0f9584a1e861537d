/**
 * The built-in Postgres 18: `npm start`, `npm run dev` and `npm test` need no database server of their own.
 *
 * `startPostgres()` keeps its data in `.data/postgres` (0700) and its port and password in `.data/postgres.json`
 * (0600): scram-sha-256 over TCP on 127.0.0.1, no unix socket. The server is its own process group and writes to
 * `.data/postgres.log`. When the process that started it is killed outright, it lives on, and the next start finds it
 * through postmaster.pid and takes it over; a start beside a living owner shares it and leaves it running.
 *
 * `startPostgres({ ephemeral: true })` is the one of the tests: a directory under the system's temporary one, fsync off
 * (commits keep their meaning; only a power cut could lose them), removed by `stop()`. What a killed test run left
 * behind is removed by the next one. With `fsync: true` it flushes as a lasting one does: measurements want that.
 *
 * Errors are sentences that say what to do. No environment is read.
 */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { freePort } from "#scripts/ports.ts";
import { type Binaries, canReach, findBinaries, giveTo, outsideDirectory } from "#scripts/postgres-binaries.ts";
import { createCluster, launch, livingServer, stopServer } from "#scripts/postgres-server.ts";
import { writePrivately } from "#scripts/private-file.ts";
import { isAlive, type ProcessRecord, recordOf } from "#scripts/process-identity.ts";

export type Postgres = AsyncDisposable & {
  /** The address of the database `imchat`. */
  url: string;
  /** The address of another database of this server. */
  urlOf(database: string): string;
  port: number;
  pid: number;
  /** The file that the server writes its log to. */
  log: string;
  /** Stops the server, unless another running process started it. */
  /** A server that is not down after `graceMs` (20 s unless said) is killed. */
  stop(graceMs?: number): Promise<void>;
};

/** What is remembered between starts. */
type State = { port: number; password: string; owner?: ProcessRecord };
type Place = { home: string; data: string; state: string; log: string };

const temporaryPrefix = "imchat-test-postgres-";
const dataDirectory = path.resolve(import.meta.dirname, "../.data");

function readState(place: Place): State | undefined {
  return existsSync(place.state) ? JSON.parse(readFileSync(place.state, "utf8")) : undefined;
}

function writeState(place: Place, state: State): void {
  writePrivately(place.state, `${JSON.stringify(state)}\n`);
}

function placeIn(home: string, data = path.join(home, "postgres")): Place {
  return { home, data, state: path.join(home, "postgres.json"), log: path.join(home, "postgres.log") };
}

function lastingPlace(binaries: Binaries, home: string): Place {
  mkdirSync(home, { recursive: true });
  if (canReach(home, binaries.user)) return placeIn(home);
  // Only root can enter /root, so the data goes where Postgres can reach it: one folder per checkout.
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  return placeIn(home, path.join(outsideDirectory(`imchat-data-${name}`), "postgres"));
}

/** Removes what test runs left behind that were killed before they could. */
async function sweepTemporary(): Promise<void> {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(temporaryPrefix))) {
    const place = placeIn(path.join(os.tmpdir(), name));
    try {
      const state = readState(place);
      if (!state?.owner || isAlive(state.owner)) continue;
      const living = await livingServer(place.data, (port) => address(port, state.password, "postgres"));
      if (living) await stopServer(living.record);
      rmSync(place.home, { recursive: true, force: true });
    } catch {
      // Another user's, or another run sweeps it at this moment.
    }
  }
}

function address(port: number, password: string, database: string): string {
  return `postgresql://imchat:${password}@127.0.0.1:${port}/${database}`;
}

/** The data directory with its password, made when there is none. */
function ensureCluster(binaries: Binaries, place: Place): State {
  const state = readState(place);
  if (state && existsSync(path.join(place.data, "PG_VERSION"))) return state;
  if (existsSync(place.data)) {
    // Without its password it cannot be opened. It is renamed, not removed: it may contain messages.
    const aside = `${place.data}-${Date.now()}`;
    renameSync(place.data, aside);
    console.log(`The database in ${aside} has lost its password (.data/postgres.json); a new one is begun.`);
  }
  const password = randomBytes(24).toString("base64url");
  createCluster(binaries, place.data, password);
  return { port: 0, password };
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = 'imchat'`;
    if (found.length === 0) await sql`create database imchat`;
  } finally {
    await sql.end();
  }
}

export type PostgresOptions = {
  ephemeral?: boolean;
  /** Whether a commit waits for the disk; where nothing is meant to last it need not. */
  fsync?: boolean;
  /** Extensions of Postgres that must be there from its start, such as the one that counts statements. */
  libraries?: readonly string[];
  /** Settings of the server that differ from its defaults, such as its memory. */
  settings?: Record<string, string>;
  /** Where the lasting data lives; `.data` of the checkout unless said otherwise. */
  home?: string;
};

export async function startPostgres({
  ephemeral = false,
  fsync = !ephemeral,
  libraries = [],
  settings = {},
  home = dataDirectory,
}: PostgresOptions = {}): Promise<Postgres> {
  const binaries = findBinaries();
  if (ephemeral) await sweepTemporary();
  const place = ephemeral ? temporaryPlace(binaries) : lastingPlace(binaries, home);
  const state = ensureCluster(binaries, place);
  const self = recordOf(process.pid);

  const living = await livingServer(place.data, (port) => address(port, state.password, "postgres"));
  const shared =
    living !== undefined && state.owner !== undefined && isAlive(state.owner) && state.owner.pid !== process.pid;
  const port = living?.port ?? (await freePort(state.port));
  // Written before the launch: a process that finds the server must also find its password.
  writeState(place, { password: state.password, port, owner: shared ? state.owner : self });
  const server =
    living?.record ?? (await launch(binaries, { data: place.data, log: place.log, port, fsync, libraries, settings }));
  await ensureDatabase(address(port, state.password, "postgres"));

  const stop = async (graceMs?: number) => {
    if (shared) return;
    await stopServer(server, graceMs);
    if (ephemeral) rmSync(place.home, { recursive: true, force: true });
  };
  return {
    url: address(port, state.password, "imchat"),
    urlOf: (database) => address(port, state.password, database),
    port,
    pid: server.pid,
    log: place.log,
    stop,
    [Symbol.asyncDispose]: () => stop(),
  };
}

function temporaryPlace(binaries: Binaries): Place {
  const home = mkdtempSync(path.join(os.tmpdir(), temporaryPrefix));
  giveTo(binaries.user, home);
  // Owned from the first moment, so that a run killed while it makes the cluster is swept as well.
  const place = placeIn(home);
  writeState(place, { port: 0, password: "", owner: recordOf(process.pid) });
  return place;
}
