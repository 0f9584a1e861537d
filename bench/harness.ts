/**
 * What the measurements share: a Postgres of their own that flushes to the disk, migrated, and the programs of the product
 * as processes of their own on the server's core. Whatever was started through the harness ends with it.
 */
import path from "node:path";
import postgres from "postgres";
import { childrenOf } from "#bench/cost.ts";
import { pin, serverCore } from "#bench/machine.ts";
import { Program } from "#bench/processes.ts";
import { profileArguments } from "#bench/profile.ts";
import { jobsFile, nextProgram, workerFile } from "#scripts/build.ts";
import { migrate } from "#scripts/migrate.ts";
import { freePort } from "#scripts/ports.ts";
import { type Postgres, startPostgres } from "#scripts/postgres.ts";
import { root } from "#scripts/settings.ts";
import { testEnvironment } from "#tests/_environment.ts";

export type Served = { program: Program; port: number };
/** `full` for figures, `quick` to look at them while changing code, `smoke` to see that a scenario runs. */
export type Size = "full" | "quick" | "smoke";
/** `profile` is a folder for CPU profiles; they slow what they look at. */
/**
 * `scale` is how large the world of bench/world/ is; 1 is a million people. `keep`: the cluster lasts, and the next run
 * with it finds its databases.
 */
export type Settings = { rounds: number; size: Size; profile?: string; scale?: number; keep?: boolean };

/** One set for the run: the generator reads its environment once, and signs tickets for every harness. */
const secrets = testEnvironment("");

export class Harness {
  readonly sql: postgres.Sql;
  readonly settings: Settings;
  readonly environment: Record<string, string>;
  readonly #postgres: Postgres;
  readonly #programs: Program[] = [];

  private constructor(server: Postgres, settings: Settings) {
    this.#postgres = server;
    this.settings = settings;
    this.sql = connect(server.url);
    const database = { DATABASE_URL: server.url, DATABASE_URL_DIRECT: server.url };
    this.environment = {
      ...secrets,
      ...database,
      MESSAGE_RATE_LIMIT: "1000000",
      NODE_ENV: "production",
      NO_COLOR: "1",
    };
  }

  /** `server`: settings of Postgres that a scenario needs. */
  static async open(settings: Settings, server: Record<string, string> = {}): Promise<Harness> {
    const libraries = settings.profile ? ["pg_stat_statements"] : [];
    const place = settings.keep ? { home: path.join(root, ".data/world") } : { ephemeral: true };
    const cluster = await startPostgres({ ...place, fsync: true, libraries, settings: server });
    const harness = new Harness(cluster, settings);
    try {
      harness.#pinPostgres();
      await migrate(cluster.url);
      // Tickets are made here as Next would make them, with the same secrets.
      Object.assign(process.env, harness.environment);
      return harness;
    } catch (error) {
      await harness.close();
      throw error;
    }
  }

  /** The number for the size of this run. */
  sized(numbers: Record<Size, number>): number {
    return numbers[this.settings.size];
  }

  get postgresPid(): number {
    return this.#postgres.pid;
  }

  get databaseUrl(): string {
    return this.#postgres.url;
  }

  urlOf(name: string): string {
    return this.#postgres.urlOf(name);
  }

  get postgresLog(): string {
    return this.#postgres.log;
  }

  /** Another database of the same server, migrated. */
  async database(name: string): Promise<string> {
    const known = await this.sql`select from pg_database where datname = ${name}`;
    if (known.length === 0) await this.sql`create database ${this.sql(name)}`;
    const url = this.#postgres.urlOf(name);
    await migrate(url);
    return url;
  }

  /**
   * Starts every round from the same place: nothing waits to be written, and the planner knows how large the tables are,
   * which autovacuum would tell it within the first minute of a database.
   */
  async settle(): Promise<void> {
    await this.sql`analyze`;
    await this.sql`checkpoint`;
  }

  /** A program under `bench/`: TypeScript of ours, or the peer in plain JavaScript. */
  async program(file: string, environment: Record<string, string> = {}): Promise<Program> {
    const loader = file.endsWith(".ts") ? ["--import", "tsx"] : [];
    return this.#keep({ name: file, args: [...loader, path.join(root, "bench", file)], environment });
  }

  /** The worker as it is deployed: one bundled file. */
  async worker(port?: number, environment: Record<string, string> = {}): Promise<Served> {
    const chosen = port ?? (await freePort());
    const program = await this.#keep({
      name: "worker",
      args: [workerFile],
      environment: {
        WORKER_PORT: String(chosen),
        // A population from one address, each member as fast as it can.
        WORKER_CONNECTIONS: "100000",
        WORKER_CONNECTIONS_PER_ADDRESS: "100000",
        WORKER_FRAMES_PER_SECOND: "1000000",
        ...environment,
      },
      health: `http://127.0.0.1:${chosen}/readyz`,
    });
    return { program, port: chosen };
  }

  /** The jobs process as it is deployed. */
  async jobs(environment: Record<string, string>): Promise<Served> {
    const port = await freePort();
    const program = await this.#keep({
      name: "jobs",
      args: [jobsFile],
      environment: { ...environment, JOBS_PORT: String(port) },
      health: `http://127.0.0.1:${port}/readyz`,
    });
    return { program, port };
  }

  async web(workerPort: number): Promise<Served> {
    const port = await freePort();
    const program = await this.#keep({
      name: "next start",
      args: [nextProgram, "start", "-p", String(port)],
      environment: { PORT: String(port), WORKER_PORT: String(workerPort) },
      health: `http://127.0.0.1:${port}/api/health`,
    });
    return { program, port };
  }

  outputs(): string[] {
    return this.#programs.map((program) => program.output).filter((output) => output !== "");
  }

  /** With `profile`: the statements that Postgres spent its time on, over the whole scenario. */
  async printStatements(): Promise<void> {
    if (!this.settings.profile) return;
    await this.sql`create extension if not exists pg_stat_statements`;
    const rows = await this.sql<{ calls: number; rows: number; ms: number; query: string }[]>`
      select calls::int, rows::int, (total_exec_time + total_plan_time)::float as ms, query
      from pg_stat_statements where toplevel order by total_exec_time + total_plan_time desc limit 20`;
    console.log("\n  calls     rows        ms  µs/call  statement");
    for (const { calls, rows: many, ms, query } of rows) {
      const figures = [String(calls).padStart(7), String(many).padStart(8), ms.toFixed(0).padStart(9)];
      const each = ((ms * 1_000) / calls).toFixed(0).padStart(8);
      console.log(`${figures.join(" ")} ${each}  ${query.replace(/\s+/g, " ").slice(0, 100)}`);
    }
  }

  async stopPrograms(): Promise<void> {
    await Promise.all(this.#programs.splice(0).map((program) => program.stop()));
  }

  async close(): Promise<void> {
    await this.stopPrograms();
    await this.sql.end({ timeout: 1 });
    await this.#postgres.stop();
  }

  async #keep(options: Parameters<typeof Program.start>[0]): Promise<Program> {
    const environment = { ...this.environment, ...options.environment };
    const { profile } = this.settings;
    const args = [...(profile ? profileArguments(profile, options.name) : []), ...options.args];
    const program = await Program.start({ ...options, args, environment });
    this.#programs.push(program);
    return program;
  }

  /** The processes that are there; every backend that comes later inherits it from the postmaster. */
  #pinPostgres(): void {
    pin(this.#postgres.pid, serverCore);
    for (const pid of childrenOf(this.#postgres.pid)) pin(pid, serverCore);
  }
}

export function connect(url: string, max = 2): postgres.Sql {
  return postgres(url, { max, onnotice: () => {}, transform: { column: { from: postgres.toCamel } } });
}
