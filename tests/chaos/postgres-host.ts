/**
 * The Postgres of a run: as durable as the product's own, with the smallest NOTIFY queue, and able to die in every way.
 */

import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { deployLocally } from "#scripts/deploy.ts";
import { freePort } from "#scripts/ports.ts";
import { findBinaries, giveTo } from "#scripts/postgres-binaries.ts";
import { createCluster, launch, stopServer } from "#scripts/postgres-server.ts";
import { isAlive, type ProcessRecord } from "#scripts/process-identity.ts";

const settings = ["max_notify_queue_pages = 64", "synchronous_commit = on", "log_min_messages = fatal"];

export class PostgresHost {
  readonly port: number;
  readonly url: string;
  readonly home: string;
  #mounted = false;
  readonly admin: postgres.Sql;
  #record: ProcessRecord;
  readonly #launch: () => Promise<ProcessRecord>;

  private constructor(
    port: number,
    url: string,
    record: ProcessRecord,
    again: () => Promise<ProcessRecord>,
    home: string,
  ) {
    this.home = home;
    this.port = port;
    this.url = url;
    this.#record = record;
    this.#launch = again;
    this.admin = openAdmin(url);
  }

  static async start(home: string, password: string, ownDisk = false): Promise<PostgresHost> {
    const binaries = findBinaries();
    mkdirSync(home, { recursive: true });
    if (ownDisk) mount(home);
    giveTo(binaries.user, home);
    const data = path.join(home, "data");
    createCluster(binaries, data, password);
    appendFileSync(path.join(data, "postgresql.conf"), `\n${settings.join("\n")}\n`);
    const port = await freePort();
    const again = () => launch(binaries, { data, log: path.join(home, "log"), port, fsync: true, libraries: [] });
    const record = await again();
    const address = (database: string) => `postgresql://imchat:${password}@127.0.0.1:${port}/${database}`;
    const first = openAdmin(address("postgres"));
    await first`create database imchat`;
    await first.end();
    await deployLocally(address("imchat"));
    const host = new PostgresHost(port, address("imchat"), record, again, home);
    host.#mounted = ownDisk;
    return host;
  }

  /** Not a byte is left until the returned function is called. Only with a disk of its own. */
  fillDisk(): () => void {
    const filler = path.join(this.home, "filler");
    const file = openSync(filler, "w");
    try {
      for (const block of [Buffer.alloc(1 << 20), Buffer.alloc(1)]) fillWith(file, block);
    } finally {
      closeSync(file);
    }
    return () => rmSync(filler);
  }

  /** Started again, if it gave up. */
  async ensureUp(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (!isAlive(this.#record)) await this.startAgain();
      if (await this.admin`select 1`.catch(() => undefined)) return;
      await pause(100);
    }
  }

  get pid(): number {
    return this.#record.pid;
  }

  /** SIGKILL is a crash, SIGQUIT the immediate and SIGINT the fast shutdown. Resolves when it is gone. */
  async end(signal: "SIGKILL" | "SIGQUIT" | "SIGINT"): Promise<void> {
    process.kill(this.#record.pid, signal);
    while (isAlive(this.#record)) await pause(20);
  }

  async startAgain(): Promise<void> {
    this.#record = await this.#launch();
  }

  async metadata(): Promise<Record<string, string>> {
    const rows = await this.admin<{ name: string; setting: string }[]>`
      select name, setting from pg_settings
      where name in ('server_version', 'fsync', 'synchronous_commit', 'max_notify_queue_pages')
    `;
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  }

  async stop(home: string): Promise<void> {
    await this.admin.end({ timeout: 1 }).catch(() => {});
    await stopServer(this.#record);
    if (this.#mounted) spawnSync("umount", [home]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** A disk that is full soon. */
function mount(home: string): void {
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=800m,mode=0711", "chaos", home]);
  if (status !== 0) throw new Error(`--full-disk needs root, to mount a small disk: ${stderr}`);
}

function fillWith(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

function openAdmin(url: string): postgres.Sql {
  return postgres(url, { max: 3, onnotice: () => {}, connect_timeout: 5, connection: { application_name: "chaos" } });
}
