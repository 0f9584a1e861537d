/**
 * Starts the clients, breaks one thing after the other, waits until everybody is back, and collects what there is to
 * judge.
 */

import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Actors } from "#tests/chaos/actors.ts";
import { dumpTables, fetchAfresh } from "#tests/chaos/dump.ts";
import type { Fault } from "#tests/chaos/fault.ts";
import { schedule } from "#tests/chaos/faults.ts";
import type { Fixtures } from "#tests/chaos/fixtures.ts";
import type { Journal } from "#tests/chaos/journal.ts";
import type { Options } from "#tests/chaos/options.ts";
import type { Progress } from "#tests/chaos/plan.ts";
import type { Random } from "#tests/chaos/random.ts";
import type { Stack } from "#tests/chaos/stack.ts";

/**
 * A client that is behind for longer than this after a fault does not come back by itself. Far above what the slowest
 * machine takes: a device that lost its way stays lost, whatever the time.
 */
const mostRecovery = 120_000;
const mostReceiptsMs = 20_000;

export type Broken = { row: number; name: string; told: string; recoveredMs: number | null };

export class Driver {
  readonly #options: Options;
  readonly #random: Random;
  readonly #directory: string;
  readonly #stack: Stack;
  readonly #journal: Journal;
  readonly #fixtures: Fixtures;
  readonly #actors: Actors;
  readonly faults: Broken[] = [];

  constructor(
    options: Options,
    directory: string,
    parts: { stack: Stack; journal: Journal; fixtures: Fixtures; random: Random },
  ) {
    this.#options = options;
    this.#directory = directory;
    this.#stack = parts.stack;
    this.#journal = parts.journal;
    this.#fixtures = parts.fixtures;
    this.#random = parts.random;
    this.#actors = new Actors(parts.fixtures, parts.stack, parts.random.fork("actors"), parts.journal);
  }

  async startClients(): Promise<void> {
    const { seed, rate, clientProcesses } = this.#options;
    this.#stack.addClients(clientProcesses);
    const places = {
      directory: this.#directory,
      key: this.#stack.environment.REALTIME_KEY ?? "",
      servers: this.#stack.servers.map(({ door }) => door.port),
      workers: this.#stack.workers.map(({ door }) => door.port),
    };
    await Promise.all(
      this.#stack.clients.map((client, at) => {
        const devices = this.#fixtures.devices.filter((_, n) => n % clientProcesses === at);
        const tabs = this.#fixtures.tabs.filter((_, n) => n % clientProcesses === at);
        const conversations = this.#fixtures.places;
        const setup = { seed, places, devices, tabs, conversations, rate: rate / clientProcesses };
        return client.ask("start", setup);
      }),
    );
    await this.#recovered(true);
  }

  /**
   * Milliseconds until every device (and tab) has a link and stands where the tables stood just now; null after too
   * long.
   */
  async #recovered(tabs = false): Promise<number | null> {
    const since = Date.now();
    let stood: { heads: Record<string, number>; revs: Record<string, number> } | undefined;
    let last = "";
    while (Date.now() - since < mostRecovery) {
      try {
        stood ??= { heads: await this.#revsOf("conversations"), revs: await this.#revsOf("people") };
        const answers = await this.#actors.askAll("behind", { ...stood, people: await this.#memberships(), tabs });
        const late = answers.find(({ unready, behind }) => unready + behind > 0);
        if (!late) return Date.now() - since;
        last = JSON.stringify(late);
      } catch (error) {
        if (this.#stack.clients.some(({ ended }) => ended)) throw error;
        // Postgres is not back yet.
      }
      await pause(100);
    }
    this.#journal.write("late", last);
    console.log(`  not recovered: ${last}`);
    return null;
  }

  async #revsOf(table: "conversations" | "people"): Promise<Record<string, number>> {
    const { admin } = this.#stack.postgres;
    const rows = await admin<{ id: string; rev: number }[]>`select id, rev from ${admin(table)}`;
    return Object.fromEntries(rows.map(({ id, rev }) => [id, rev]));
  }

  async #memberships(): Promise<Record<string, string[]>> {
    const rows = await this.#stack.postgres.admin<{ personId: string; ids: string[] }[]>`
      select person_id as "personId", array_agg(conversation_id) as ids from memberships
      where left_at is null group by person_id`;
    return Object.fromEntries(rows.map(({ personId, ids }) => [personId, ids]));
  }

  async progress(): Promise<Progress> {
    const all = await this.#actors.askAll("progress", null);
    return all.reduce((sum, one) => {
      const keys = Object.keys(sum) as (keyof Progress)[];
      return Object.fromEntries(keys.map((key) => [key, sum[key] + one[key]])) as Progress;
    });
  }

  /** Faults one after the other until both numbers are reached. */
  async breakThings(): Promise<void> {
    const { size, messages, faults, limit, fullDisk } = this.#options;
    await this.#actors.askAll("load", null);
    this.#actors.startChurn(size === "short" ? 1_000 : 1_500);
    const deadline = Date.now() + limit * 1_000;
    const random = this.#random.fork("faults");
    for (const fault of schedule(random, size, fullDisk)) {
      const { acked } = await this.progress();
      if (acked >= messages && this.faults.length >= faults) break;
      if (Date.now() > deadline) throw new Error(`${acked} messages after ${limit} s: the run is too slow.`);
      await pause(size === "short" ? random.int(100, 400) : random.int(500, 3_000));
      await this.#break(fault, random, acked);
    }
  }

  async #break(fault: Fault, random: Random, acked: number): Promise<void> {
    const { size } = this.#options;
    const began = Date.now();
    const scene = { stack: this.#stack, actors: this.#actors, random, size };
    const told = (await fault.run(scene)) ?? "";
    const healed = Date.now();
    const recoveredMs = await this.#recovered();
    this.#journal.write("fault", fault.row, fault.name, began, healed, recoveredMs);
    this.faults.push({ row: fault.row, name: fault.name, told, recoveredMs });
    const number = String(this.faults.length).padStart(3);
    console.log(
      `${number}  ${acked} messages; row ${fault.row}, ${fault.name} (${told}): back after ${recoveredMs} ms`,
    );
  }

  /** Everything heals, each conversation has a last word and each person a last change; then all must agree. */
  async settle(): Promise<Progress> {
    await this.#actors.stopChurn();
    const deadline = Date.now() + mostRecovery;
    for (;;) {
      const answers = await this.#actors.askAll("quiet", null);
      if (answers.every(({ pending }) => pending === 0)) break;
      if (Date.now() > deadline) throw new Error("Sends were still open two minutes after the last fault.");
      await pause(50);
    }
    const members = await this.#memberships();
    const deviceOf = (personId: string) => this.#actors.person(personId).devices[0]?.name ?? "";
    // A lost notification shows itself by the next: one more in each conversation, and one more for each person.
    await Promise.all(
      this.#fixtures.places.map(({ id, ownerId }) => {
        const device = deviceOf(ownerId);
        return this.#actors.clientOf(device).ask("say", { device, conversationId: id });
      }),
    );
    await this.#recovered();
    await Promise.all(
      [...this.#fixtures.people.keys()].map((personId) => {
        const [conversationId] = members[personId] ?? [];
        const device = deviceOf(personId);
        return conversationId && this.#actors.clientOf(device).ask("configure", { device, conversationId });
      }),
    );
    this.#journal.write("settled", await this.#recovered(true));
    await this.#receiptsStored();
    return this.progress();
  }

  /** Each plain device soon says where it stands; what is not stored in time, the oracle finds. */
  async #receiptsStored(): Promise<void> {
    const { admin } = this.#stack.postgres;
    const people = [...new Set(this.#fixtures.devices.map(({ personId }) => personId))];
    for (const deadline = Date.now() + mostReceiptsMs; Date.now() < deadline; await pause(100)) {
      const [row] = await admin<{ late: number }[]>`
        select count(*)::int as late from memberships m join conversations c on c.id = m.conversation_id
        where m.left_at is null and m.person_id = any(${people}) and c.last_seq > coalesce((
          select r.delivered_seq from receipts r
          where r.conversation_id = m.conversation_id and r.person_id = m.person_id and r.device = 'program'), 0)`;
      if (row?.late === 0) return;
    }
  }

  async collect(): Promise<void> {
    await fetchAfresh(this.#stack, this.#fixtures, this.#journal);
    await this.#actors.askAll("finish", null);
    await this.#journal.close();
    await dumpTables(this.#stack.postgres.admin, this.#fixtures, path.join(this.#directory, "tables.jsonl.gz"));
  }

  get counts() {
    return { kicks: this.#actors.kicks, joins: this.#actors.joins };
  }
}
