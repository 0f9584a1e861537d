/**
 * One local run of the messenger: database, migrations, demo accounts, the web process and the two workers; until it is
 * told to stop. `start.ts` and `dev.ts` say what their processes are.
 *
 * Ctrl-C (SIGINT), SIGTERM, SIGHUP, and the end of the npm that started it stop the workers, then Next, then Postgres:
 * each outlives those who need it. All is over within ten seconds, also when one of them hangs. A second Ctrl-C does
 * not wait. Exit code 0 after being told to stop; 1 with a sentence that says what to do when something prevents the
 * run or a process keeps dying.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Role } from "#prisma/grants.ts";
import { Child, type ChildSpec, printLine, stopInOrder } from "#scripts/children.ts";
import { type Database, openDatabase, seedIfEmpty } from "#scripts/database.ts";
import { type HeldPort, holdPort } from "#scripts/held-port.ts";
import { isTaken } from "#scripts/ports.ts";
import { isAlive, npmAbove } from "#scripts/process-identity.ts";
import { type Mode, RunLock } from "#scripts/run-lock.ts";
import { dataDirectory, hostFor, readSettings, type Settings } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { withoutOthers } from "#server/env/processes.ts";
import { parseEnv } from "#server/env.ts";

export type RunPlan = {
  mode: Mode;
  nodeEnv: "production" | "development";
  web: (settings: Settings) => string[];
  worker: string[];
  jobs: string[];
  /** What has to happen between the database and the processes. */
  prepare?: (environment: Record<string, string>) => Promise<unknown>;
};

/** Resolves when we are asked to stop. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      if (asked === 1) resolve();
      // The parent watch ends the children a moment after us, and the next start takes Postgres over.
      else process.exit(1);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
    // npm passes signals on, but nothing tells us when it is killed outright.
    const npm = npmAbove();
    if (npm) setInterval(() => asked === 0 && !isAlive(npm) && ask(), 1_000).unref();
  });
}

async function refuseTakenPorts({ port, workerPort, jobsPort }: Settings, command: string): Promise<void> {
  for (const [name, number] of Object.entries({ PORT: port, WORKER_PORT: workerPort, JOBS_PORT: jobsPort })) {
    if (!(await isTaken(number))) continue;
    throw new Error(
      `Port ${number} is in use by another program. Stop that one, or choose another port: ${name}=${number + 1} ${command}`,
    );
  }
}

function printAddress(url: string, { local, bindAddress }: Settings, started: number): void {
  console.log(`\n  IMChat is ready: ${url}   (after ${((Date.now() - started) / 1000).toFixed(1)} s)`);
  const file = path.join(dataDirectory, "demo.json");
  if (local && existsSync(file)) {
    const accounts: { handle: string; password: string }[] = JSON.parse(readFileSync(file, "utf8"));
    console.log("  Demo accounts (this machine only):");
    for (const { handle, password } of accounts) console.log(`    ${handle.padEnd(12)} ${password}`);
  }
  if (bindAddress === "127.0.0.1" || bindAddress === "::1") {
    console.log("  Only this machine reaches it. BIND_ADDRESS=0.0.0.0 npm start opens it to the network.");
  } else {
    console.log(`  It listens on ${bindAddress}: others on the network reach it, demo accounts included.`);
  }
  console.log("  Ctrl-C stops it.\n");
}

/** What a person waits for after Ctrl-C, at most; the graces of the children leave Postgres two seconds of it. */
const wholeStopMs = 9_000;

class Run {
  #plan: RunPlan;
  #settings: Settings;
  #runLock: RunLock;
  #database: Promise<Database> | undefined;
  #claimed = false;
  #stopping = false;
  #children: Child[] = [];
  /** The worker's: who comes while it is started anew waits there. */
  #held: HeldPort | undefined;
  #failed: Error | undefined;
  #fail: (error: Error) => void = () => {};
  /** Rejects when a process keeps dying. */
  readonly failure: Promise<never>;
  readonly url: string;

  constructor(plan: RunPlan, settings: Settings) {
    this.#plan = plan;
    this.#settings = settings;
    this.url = `http://localhost:${settings.port}`;
    this.#runLock = new RunLock(dataDirectory, plan.mode, this.url);
    this.failure = new Promise((_, reject) => {
      this.#fail = (error) => {
        this.#failed ??= error;
        reject(error);
      };
    });
    this.failure.catch(() => {});
  }

  async start(): Promise<void> {
    await this.#runLock.claim();
    this.#claimed = true;
    await refuseTakenPorts(this.#settings, this.#plan.mode === "dev" ? "npm run dev" : "npm start");
    this.#database = openDatabase(this.#settings.databaseUrl);
    const database = await this.#database;
    const environment = { ...this.#settings.environment, NODE_ENV: this.#plan.nodeEnv };
    parseEnv({ ...process.env, ...environment, ...database.environmentOf("web") });
    await database.deploy();
    if (this.#settings.local) await seedIfEmpty({ ...environment, ...database.environmentOf("web") });
    await this.#plan.prepare?.(environment);
    await this.#startChildren(environment, database);
  }

  async #startChildren(environment: Record<string, string>, database: Database): Promise<void> {
    if (this.#stopping) return;
    const { web, worker, jobs } = this.#plan;
    const ownOf = (name: Role) => ({ ...environment, ...database.environmentOf(name), ...withoutOthers(name) });
    // In development tsx stands between and starts the worker anew itself.
    if (this.#plan.mode === "start") this.#held = holdPort(this.#settings.bindAddress, this.#settings.workerPort);
    const workerEnvironment = { ...ownOf("worker"), ...(this.#plan.mode === "dev" ? { WORKERS: "1" } : {}) };
    const specs: ChildSpec[] = [
      { name: "worker", args: worker, environment: workerEnvironment, graceMs: 5_000, listenFd: this.#held?.fd },
      { name: "jobs", args: jobs, environment: ownOf("jobs"), graceMs: 5_000 },
      { name: "web", args: web(this.#settings), environment: ownOf("web"), graceMs: 2_000 },
    ];
    this.#children = specs.map(
      (spec) =>
        new Child(spec, {
          onLine: printLine,
          onChange: () => this.#runLock.write(this.#children),
          onCrashLoop: (message) => this.#fail(new Error(message)),
        }),
    );
    for (const child of this.#children) child.start();
    const given = () => {
      if (this.#failed) throw this.#failed;
    };
    const host = hostFor(this.#settings.bindAddress);
    await Promise.all([
      waitFor(`http://${host}:${this.#settings.workerPort}/readyz`, { given }),
      waitFor(`http://${host}:${this.#settings.jobsPort}/readyz`, { given }),
      waitFor(`http://${host}:${this.#settings.port}/api/health`, { given }),
    ]);
  }

  /** The worker closes its sockets while Next still answers those who come back; Postgres outlives both. */
  async stop(): Promise<void> {
    const deadline = Date.now() + wholeStopMs;
    this.#stopping = true;
    this.#held?.close();
    await stopInOrder([this.#children.filter(({ name }) => name !== "web"), this.#children]);
    // It may still be opening; what was begun has to be closed.
    const database = await this.#database?.catch(() => undefined);
    await database?.stop(deadline - Date.now());
    if (this.#claimed) this.#runLock.release();
  }
}

export async function run(plan: RunPlan): Promise<void> {
  const started = Date.now();
  const stopped = stopRequest();
  let current: Run | undefined;
  let exitCode = 0;
  try {
    const settings = readSettings();
    const running = new Run(plan, settings);
    current = running;
    const ready = running.start().then(() => printAddress(running.url, settings, started));
    ready.catch(() => {});
    await Promise.race([ready.then(() => running.failure), stopped]);
    console.log("\nStopping …");
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    exitCode = 1;
  }
  await current?.stop();
  process.exit(exitCode);
}
