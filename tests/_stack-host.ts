/**
 * The messenger for the journeys: a Postgres of its own, `next start` and the bundled workers on free ports, and a
 * small loopback server through which a journey stops and starts them (see _stack.ts). Their output is in
 * `.data/journeys-1.log`, or -2.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { buildIfNeeded, jobsFile, nextProgram, workerFile } from "#scripts/build.ts";
import { Child, stopInOrder } from "#scripts/children.ts";
import { deployLocally } from "#scripts/deploy.ts";
import { freePort } from "#scripts/ports.ts";
import { type Postgres, startPostgres } from "#scripts/postgres.ts";
import { localUrl } from "#scripts/roles.ts";
import { dataDirectory } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { withoutOthers } from "#server/env/processes.ts";
import { testEnvironment } from "#tests/_environment.ts";
import { type ProcessAction, type ProcessName, pageApp, type StackAddresses } from "#tests/_stack.ts";

type Hosted = { child: Child; ready: string };

function processesOf(
  { baseUrl, workerUrl, jobsUrl, databaseUrl }: StackAddresses,
  environment: Record<string, string>,
  log: string,
): Record<ProcessName, Hosted> {
  const ownOf = (name: ProcessName) => {
    const url = localUrl(databaseUrl, name);
    return { ...environment, DATABASE_URL: url, DATABASE_URL_DIRECT: url, ...withoutOthers(name) };
  };
  const child = (name: ProcessName, args: string[]) =>
    new Child(
      { name, args, environment: ownOf(name) },
      { onLine: (from, line) => appendFileSync(log, `[${from}] ${line}\n`) },
    );
  return {
    worker: { child: child("worker", ["--enable-source-maps", workerFile]), ready: `${workerUrl}/readyz` },
    jobs: { child: child("jobs", ["--enable-source-maps", jobsFile]), ready: `${jobsUrl}/readyz` },
    web: {
      child: child("web", [nextProgram, "start", "-p", environment.PORT ?? "", "-H", environment.BIND_ADDRESS ?? ""]),
      ready: `${baseUrl}/api/health`,
    },
  };
}

/** Listens on a free loopback port and gives its number. */
async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

export class StackHost {
  readonly addresses: StackAddresses;
  #database: Postgres;
  #processes: Record<ProcessName, Hosted>;
  #control: http.Server;
  #log: string;

  private constructor(
    addresses: StackAddresses,
    database: Postgres,
    processes: Record<ProcessName, Hosted>,
    controlServer: http.Server,
    log: string,
  ) {
    this.#log = log;
    this.addresses = addresses;
    this.#database = database;
    this.#processes = processes;
    this.#control = controlServer;
    controlServer.on("request", (request, response) => void this.#answer(request, response));
  }

  /** `name`: of its log and of its folder of files, in `.data`. */
  static async start(webPort: number, name: string): Promise<StackHost> {
    const log = path.join(dataDirectory, `${name}.log`);
    const media = path.join(dataDirectory, `${name}-media`);
    const workerPort = await freePort();
    const jobsPort = await freePort();
    const pagePort = await freePort();
    const ports = { PORT: String(webPort), WORKER_PORT: String(workerPort), JOBS_PORT: String(jobsPort) };
    await buildIfNeeded({});
    const database = await startPostgres({ ephemeral: true });
    const controlServer = http.createServer();
    try {
      await deployLocally(database.url);
      mkdirSync(dataDirectory, { recursive: true });
      writeFileSync(log, "");
      rmSync(media, { recursive: true, force: true });
      const controlPort = await listen(controlServer);
      const environment = {
        ...testEnvironment(database.url),
        ...ports,
        BIND_ADDRESS: "127.0.0.1",
        NODE_ENV: "production",
        // Each visitor names an address of their own (tests/journeys/_people.ts).
        TRUSTED_PROXIES: "1",
        MEDIA_DIR: media,
        LINK_PREVIEW_ALLOWED_HOSTS: `127.0.0.1:${pagePort}`,
        PUSHER_APPS: JSON.stringify([pageApp]),
      };
      const addresses = {
        baseUrl: `http://localhost:${webPort}`,
        workerUrl: `http://127.0.0.1:${workerPort}`,
        jobsUrl: `http://127.0.0.1:${jobsPort}`,
        pagePort,
        databaseUrl: database.url,
        controlUrl: `http://127.0.0.1:${controlPort}`,
        controlToken: randomBytes(16).toString("hex"),
      };
      const host = new StackHost(addresses, database, processesOf(addresses, environment, log), controlServer, log);
      await Promise.all([host.act("worker", "start"), host.act("jobs", "start"), host.act("web", "start")]).catch(
        async (error: unknown) => {
          await host.#stopProcesses();
          throw error;
        },
      );
      return host;
    } catch (error) {
      controlServer.close();
      await database.stop();
      throw error;
    }
  }

  async act(name: ProcessName, action: ProcessAction): Promise<void> {
    const { child, ready } = this.#processes[name];
    if (action === "kill") return child.kill();
    if (action !== "start") await child.stop();
    if (action === "stop") return;
    if (!child.record) child.start();
    await waitFor(ready, { timeoutMs: 30_000 }).catch((error: unknown) => {
      throw new Error(`${name} did not start (${error}); its output is in ${path.relative(process.cwd(), this.#log)}`);
    });
  }

  async stop(): Promise<void> {
    this.#control.close();
    this.#control.closeAllConnections();
    await this.#stopProcesses();
    await this.#database.stop();
  }

  #rssBytes(name: ProcessName): number {
    const pid = String(this.#processes[name].child.record?.pid);
    const status = `/proc/${pid}/status`;
    const kilobytes = existsSync(status)
      ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1]
      : spawnSync("ps", ["-o", "rss=", "-p", pid], { encoding: "utf8" }).stdout;
    return Number(kilobytes) * 1024;
  }

  async #stopProcesses(): Promise<void> {
    const { worker, jobs, web } = this.#processes;
    await stopInOrder([[worker.child, jobs.child], [web.child]]);
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const match = /^\/(worker|jobs|web)\/(start|stop|kill|restart|rss)$/.exec(request.url ?? "");
    if (request.headers.authorization !== `Bearer ${this.addresses.controlToken}` || !match) {
      response.writeHead(404).end();
      return;
    }
    try {
      // The pattern above allows exactly the names of the two types, and one more question.
      if (match[2] === "rss") return void response.end(String(this.#rssBytes(match[1] as ProcessName)));
      await this.act(match[1] as ProcessName, match[2] as ProcessAction);
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }
}
