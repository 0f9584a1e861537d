import { gather } from "#server/live/batched.ts";
import { isDataError, log, type Sql } from "#server/live/database.ts";
import { type Announce, type Members, type Place, writePlaces } from "#server/live/places.ts";

/** A channel's members over all workers, as they stood at `live`. */
export type Snapshot = { live: number; members: Members };

type Waiting = (snapshot: Snapshot) => void;
type Held = Place & { waiting: Waiting[] | null };

/** Places in one statement. */
const most = 200;
const retryAfter = 500;

/**
 * What this worker has where, for one app, and its way into the tables. Changes made while a write is under way go
 * together in the next, and only the last state of each place is written, so a storm costs a few statements.
 */
export class Places {
  private readonly sql: Sql;
  private readonly workerId: string;
  private readonly app: string;
  private readonly announce: Announce;
  private readonly held = new Map<string, Held>();
  private readonly dirty = new Set<string>();
  private writing = false;
  private closed = false;

  constructor(sql: Sql, workerId: string, app: string, announce: Announce) {
    this.sql = sql;
    this.workerId = workerId;
    this.app = app;
    this.announce = announce;
  }

  /** One socket more. */
  add(channel: string, userId = "", info = ""): void {
    const held = this.hold(channel, userId);
    held.sockets += 1;
    if (held.sockets === 1) held.info = info;
    this.write(keyOf(channel, userId));
  }

  /** One socket less. */
  remove(channel: string, userId = ""): void {
    const held = this.hold(channel, userId);
    held.sockets = Math.max(0, held.sockets - 1);
    this.write(keyOf(channel, userId));
  }

  /** Resolves when this place is written as it is now, with who is in the channel then. */
  snapshot(channel: string, userId: string): Promise<Snapshot> {
    return new Promise((resolve) => {
      const held = this.hold(channel, userId);
      held.waiting = [...(held.waiting ?? []), resolve];
      this.write(keyOf(channel, userId));
    });
  }

  /** The tables have lost this worker's part. */
  writeAll(): void {
    for (const key of this.held.keys()) this.write(key);
  }

  close(): void {
    this.closed = true;
  }

  private hold(channel: string, userId: string): Held {
    const key = keyOf(channel, userId);
    const held = this.held.get(key) ?? { channel, userId, info: "", sockets: 0, waiting: null };
    this.held.set(key, held);
    return held;
  }

  private write(key: string): void {
    this.dirty.add(key);
    if (!this.writing) void this.drain();
  }

  private async drain(): Promise<void> {
    this.writing = true;
    let size = most;
    await Promise.resolve(); // what happens in the same turn goes together
    while (this.dirty.size > 0 && !this.closed) {
      const keys = [...this.dirty].slice(0, size);
      for (const key of keys) this.dirty.delete(key);
      try {
        await this.writeSome(keys);
        await gather(keys.length);
      } catch (error) {
        log.warn({ err: error, app: this.app }, "places could not be written; trying again");
        if (isDataError(error) && keys.length === 1) {
          for (const key of keys) this.held.delete(key); // never better: it must not hold up the others
          continue;
        }
        size = isDataError(error) ? 1 : most;
        for (const key of keys) this.dirty.add(key);
        if (size === most) await new Promise((resolve) => setTimeout(resolve, retryAfter));
      }
    }
    this.writing = false;
  }

  private async writeSome(keys: string[]): Promise<void> {
    const batch = keys.flatMap((key) => this.held.get(key) ?? []);
    const places = batch.map(({ channel, userId, info, sockets }) => ({ channel, userId, info, sockets }));
    const waiting = batch.map((held) => held.waiting);
    for (const held of batch) held.waiting = null;
    const list = batch.flatMap((held, at) => (waiting[at] ? [held.channel] : []));
    try {
      const { announce } = this;
      const written = await writePlaces(this.sql, this.workerId, this.app, places, { announce, list });
      const lives = new Map(written.changes.map((change) => [change.channel, Number(change.rev)]));
      for (const [at, held] of batch.entries()) {
        const snapshot = { live: lives.get(held.channel) ?? 0, members: written.members.get(held.channel) ?? [] };
        for (const resolve of waiting[at] ?? []) resolve(snapshot);
        const key = keyOf(held.channel, held.userId);
        if (held.sockets === 0 && held.waiting === null && !this.dirty.has(key)) this.held.delete(key);
      }
    } catch (error) {
      for (const [at, held] of batch.entries()) held.waiting = joined(waiting[at] ?? null, held.waiting);
      throw error;
    }
  }
}

const joined = (first: Waiting[] | null, then: Waiting[] | null) =>
  first || then ? [...(first ?? []), ...(then ?? [])] : null;

const keyOf = (channel: string, userId: string) => `${channel} ${userId}`;
