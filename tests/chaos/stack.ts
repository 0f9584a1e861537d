/**
 * The processes of a run and the proxies between them: two servers, two workers or more, one Postgres, some client processes.
 */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { Child } from "#scripts/children.ts";
import { freePort } from "#scripts/ports.ts";
import { localUrl } from "#scripts/roles.ts";
import { root } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { spawnWatched } from "#scripts/watched-child.ts";
import { testEnvironment } from "#tests/_environment.ts";
import type { Options } from "#tests/chaos/options.ts";
import type { AskName, Asks } from "#tests/chaos/plan.ts";
import { PostgresHost } from "#tests/chaos/postgres-host.ts";
import { FaultyProxy } from "#tests/chaos/proxy.ts";
import type { Random } from "#tests/chaos/random.ts";

const programs = {
  server: "tests/chaos/server-main.ts",
  client: "tests/chaos/client-main.ts",
  worker: "realtime/main.ts",
};
/** Below the checkout, where the packages are found; of this run alone, for another may be running. */
const built = path.join(root, ".data/chaos", String(process.pid));
const programOf = (name: keyof typeof programs) => path.join(built, `${name}.mjs`);

/** Each in one file beside its packages: a killed process is back in a blink. */
async function bundlePrograms(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: built,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
}

/** A process of the product behind its proxy. */
export type Part = { name: string; child: Child; door: FaultyProxy; ready: string };
export type WorkerPart = Part & { database: FaultyProxy };

/** A client process, asked and answered over its message channel. */
export class ClientProcess {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  #count = 0;
  ended = false;

  constructor(environment: Record<string, string>) {
    this.#process = spawnWatched({ args: [programOf("client")], environment, output: "inherit", ownGroup: true });
    this.#process.on("message", ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
    });
    this.#process.once("exit", (code, signal) => {
      this.ended = true;
      for (const { reject } of this.#waiting.values()) reject(new Error(`a client process ended (${signal ?? code})`));
    });
  }

  ask<Name extends AskName>(name: Name, ask: Asks[Name]["ask"]): Promise<Asks[Name]["answer"]> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, name, ask });
    });
  }

  stop(): void {
    if (!this.ended) this.#process.kill("SIGKILL");
  }
}

export class Stack {
  readonly postgres: PostgresHost;
  readonly servers: Part[] = [];
  readonly workers: WorkerPart[] = [];
  readonly clients: ClientProcess[] = [];
  readonly environment: Record<string, string>;
  /** What the product's processes said, the last lines of it. */
  readonly lines: string[] = [];
  readonly #home: string;
  stopping = false;

  private constructor(postgres: PostgresHost, home: string) {
    this.postgres = postgres;
    this.#home = home;
    this.environment = { ...testEnvironment(postgres.url), MESSAGE_RATE_LIMIT: "1000000", NODE_ENV: "production" };
  }

  static async start(home: string, random: Random, { fullDisk: ownDisk, workers }: Options): Promise<Stack> {
    mkdirSync(built, { recursive: true });
    const [postgres] = await Promise.all([
      PostgresHost.start(home, randomBytes(18).toString("base64url"), ownDisk),
      bundlePrograms(),
    ]);
    const stack = new Stack(postgres, home);
    try {
      for (let n = 1; n <= workers; n += 1) await stack.#addWorker(n, random);
      for (const n of [1, 2]) await stack.#addServer(n, random);
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  #child(name: string, program: keyof typeof programs, environment: Record<string, string>): Child {
    const spec = {
      name,
      args: [programOf(program)],
      environment: { ...this.environment, ...environment },
      graceMs: 500,
    };
    const onLine = (from: string, line: string) => {
      this.lines.push(`[${from}] ${line}`);
      if (this.lines.length > 4_000) this.lines.splice(0, 2_000);
    };
    // A real supervisor never gives up; a process that cannot start at all is found by `ready`.
    const onCrashLoop = () => {
      if (!this.stopping) setTimeout(() => child.start(), 2_000).unref();
    };
    const child: Child = new Child(spec, { onLine, onCrashLoop });
    return child;
  }

  async #addWorker(n: number, random: Random): Promise<void> {
    const port = await freePort();
    const database = new FaultyProxy({ target: this.postgres.port, random: random.fork(`bus-${n}`), postgres: true });
    const door = new FaultyProxy({ target: port, random: random.fork(`worker-${n}`) });
    await Promise.all([database.listen(), door.listen()]);
    const url = new URL(localUrl(this.postgres.url, "worker"));
    url.port = String(database.port);
    // Both the same, or the worker takes the first for a pooler.
    const environment = { WORKER_PORT: String(port), DATABASE_URL: url.href, DATABASE_URL_DIRECT: url.href };
    const name = `worker-${n}`;
    const child = this.#child(name, "worker", environment);
    this.workers.push({ name, child, door, database, ready: `http://127.0.0.1:${port}/readyz` });
    child.start();
  }

  async #addServer(n: number, random: Random): Promise<void> {
    const port = await freePort();
    const door = new FaultyProxy({ target: port, random: random.fork(`server-${n}`) });
    await door.listen();
    const databaseUrl = localUrl(this.postgres.url, "web");
    const database = { DATABASE_URL: databaseUrl, DATABASE_URL_DIRECT: databaseUrl };
    const environment = {
      ...database,
      PORT: String(port),
      REALTIME_URL: `ws://127.0.0.1:${this.workers[n - 1]?.door.port}`,
    };
    const name = `server-${n}`;
    const child = this.#child(name, "server", environment);
    this.servers.push({ name, child, door, ready: `http://127.0.0.1:${port}/health` });
    child.start();
  }

  async ready(): Promise<void> {
    await Promise.all([...this.servers, ...this.workers].map(({ ready }) => waitFor(ready, { timeoutMs: 30_000 })));
  }

  addClients(count: number): void {
    for (let n = 0; n < count; n += 1) this.clients.push(new ClientProcess(this.environment));
  }

  get doors(): FaultyProxy[] {
    return [...this.servers, ...this.workers].map(({ door }) => door);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const client of this.clients) client.stop();
    await Promise.all([...this.servers, ...this.workers].map(({ child }) => child.kill()));
    await Promise.all([...this.doors, ...this.workers.map(({ database }) => database)].map((proxy) => proxy.close()));
    await this.postgres.stop(this.#home);
    rmSync(built, { recursive: true, force: true });
  }
}
