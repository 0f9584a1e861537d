import { isDataError, type Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { coalesceDelay } from "#server/realtime/batched.ts";
import { type Announce, type Members, type PresenceRow, writePresence } from "#server/realtime/presence.ts";

/** A channel's members over all workers, at `version`. */
export type Snapshot = { version: number; members: Members };

type Waiting = (snapshot: Snapshot) => void;
type Entry = PresenceRow & { waiting: Waiting[] | null };

/** Rows per statement. */
const maxRows = 200;
const retryAfterMs = 500;

/**
 * Write-behind buffer for this worker's presence rows of one app. Changes during a write are collected for the next
 * one, and only the last state of each row is written, so a reconnect storm costs a few statements.
 */
export class PresenceWriter {
  private readonly sql: Sql;
  private readonly workerId: string;
  private readonly app: string;
  private readonly announce: Announce;
  private readonly entries = new Map<string, Entry>();
  private readonly dirty = new Set<string>();
  private writing = false;
  private closed = false;

  constructor(sql: Sql, workerId: string, app: string, announce: Announce) {
    this.sql = sql;
    this.workerId = workerId;
    this.app = app;
    this.announce = announce;
  }

  /** Adds one socket. */
  add(channel: string, userId = "", info = ""): void {
    const entry = this.entryOf(channel, userId);
    entry.sockets += 1;
    if (entry.sockets === 1) entry.info = info;
    this.markDirty(keyOf(channel, userId));
  }

  /** Removes one socket. */
  remove(channel: string, userId = ""): void {
    const entry = this.entryOf(channel, userId);
    entry.sockets = Math.max(0, entry.sockets - 1);
    this.markDirty(keyOf(channel, userId));
  }

  /** Resolves when the current state of this row has been written, with the channel's members at that moment. */
  snapshot(channel: string, userId: string): Promise<Snapshot> {
    return new Promise((resolve) => {
      const entry = this.entryOf(channel, userId);
      entry.waiting = [...(entry.waiting ?? []), resolve];
      this.markDirty(keyOf(channel, userId));
    });
  }

  /** Writes all rows again after the database lost them. */
  writeAll(): void {
    for (const key of this.entries.keys()) this.markDirty(key);
  }

  close(): void {
    this.closed = true;
  }

  private entryOf(channel: string, userId: string): Entry {
    const key = keyOf(channel, userId);
    const entry = this.entries.get(key) ?? { channel, userId, info: "", sockets: 0, waiting: null };
    this.entries.set(key, entry);
    return entry;
  }

  private markDirty(key: string): void {
    this.dirty.add(key);
    if (!this.writing) void this.drain();
  }

  private async drain(): Promise<void> {
    this.writing = true;
    let size = maxRows;
    await Promise.resolve(); // collects changes of the same turn
    while (this.dirty.size > 0 && !this.closed) {
      const keys = [...this.dirty].slice(0, size);
      for (const key of keys) this.dirty.delete(key);
      try {
        await this.writeRows(keys);
        await coalesceDelay(keys.length);
      } catch (error) {
        log.warn({ err: error, app: this.app }, "presence could not be written; trying again");
        if (isDataError(error) && keys.length === 1) {
          for (const key of keys) this.entries.delete(key); // would fail again and block the other rows
          continue;
        }
        size = isDataError(error) ? 1 : maxRows;
        for (const key of keys) this.dirty.add(key);
        if (size === maxRows) await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }
    this.writing = false;
  }

  private async writeRows(keys: string[]): Promise<void> {
    const batch = keys.flatMap((key) => this.entries.get(key) ?? []);
    const rows = batch.map(({ channel, userId, info, sockets }) => ({ channel, userId, info, sockets }));
    const waiting = batch.map((entry) => entry.waiting);
    for (const entry of batch) entry.waiting = null;
    const list = batch.flatMap((entry, at) => (waiting[at] ? [entry.channel] : []));
    try {
      const { announce } = this;
      const written = await writePresence(this.sql, this.workerId, this.app, rows, { announce, list });
      const versions = new Map(written.changes.map((change) => [change.channel, Number(change.rev)]));
      for (const [at, entry] of batch.entries()) {
        const snapshot = {
          version: versions.get(entry.channel) ?? 0,
          members: written.members.get(entry.channel) ?? [],
        };
        for (const resolve of waiting[at] ?? []) resolve(snapshot);
        const key = keyOf(entry.channel, entry.userId);
        if (entry.sockets === 0 && entry.waiting === null && !this.dirty.has(key)) this.entries.delete(key);
      }
    } catch (error) {
      for (const [at, entry] of batch.entries()) entry.waiting = concat(waiting[at] ?? null, entry.waiting);
      throw error;
    }
  }
}

const concat = (first: Waiting[] | null, then: Waiting[] | null) =>
  first || then ? [...(first ?? []), ...(then ?? [])] : null;

const keyOf = (channel: string, userId: string) => `${channel} ${userId}`;
