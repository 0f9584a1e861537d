import type { AppEnvelope, Envelope } from "#contracts/bus.ts";
import { announceFor } from "#realtime/pusher/announce.ts";
import { PusherApp } from "#realtime/pusher/app.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { batched } from "#server/live/batched.ts";
import type { Sql } from "#server/live/database.ts";
import type { Announce } from "#server/live/places.ts";
import { relayEvents, type Triggered } from "#server/live/relay.ts";

/** The apps of other backends on this worker; they may change while it runs. */
export class PusherApps {
  /** What is true now, by id: those who hold this map see each change. */
  readonly settings = new Map<string, AppSettings>();
  readonly announce: Announce = announceFor(this.settings);
  readonly relay: (triggered: Triggered) => Promise<void>;
  /** Also those that were taken away: their last places are still being written, and they may come back. */
  private readonly opened = new Map<string, PusherApp>();
  private byKey = new Map<string, PusherApp>();
  private readonly sql: Sql;
  private readonly workerId: string;

  constructor(sql: Sql, workerId: string) {
    this.sql = sql;
    this.workerId = workerId;
    // Triggers that come while others are being told leave together.
    this.relay = batched(
      async (triggered: Triggered[]) => {
        await relayEvents(sql, triggered);
        return () => {};
      },
      { most: 50 },
    );
  }

  /** From now on there are these. Connections of apps that stay are kept, whatever else changed. */
  change(list: readonly AppSettings[]): void {
    const ids = new Set(list.map(({ id }) => id));
    for (const id of this.settings.keys()) {
      if (ids.has(id)) continue;
      this.settings.delete(id);
      this.opened.get(id)?.remove();
    }
    for (const next of list) {
      const { sql, workerId, announce, relay } = this;
      const app = this.opened.get(next.id) ?? new PusherApp(next, { sql, workerId, announce, relay });
      this.opened.set(next.id, app);
      app.change(next);
      this.settings.set(next.id, app.settings);
    }
    this.byKey = new Map(list.flatMap(({ id, key }) => [[key, this.opened.get(id)] as const]).filter(isThere));
  }

  ofKey(key: string): PusherApp | undefined {
    return this.byKey.get(key);
  }

  get all(): PusherApp[] {
    return [...this.opened.values()];
  }

  hear(envelope: Extract<Envelope, { app: string }> | AppEnvelope): void {
    this.opened.get(envelope.app)?.hear(envelope);
  }

  compare(): void {
    for (const app of this.opened.values()) app.compare();
  }

  /** The tables have lost this worker's part. */
  writeAll(): void {
    for (const app of this.opened.values()) app.places.writeAll();
  }

  close(): void {
    for (const app of this.opened.values()) app.places.close();
  }
}

const isThere = (entry: readonly [string, PusherApp | undefined]): entry is readonly [string, PusherApp] =>
  entry[1] !== undefined;
