import type { AppEnvelope, Envelope } from "#contracts/bus.ts";
import { createAnnounce } from "#realtime/pusher/announce.ts";
import { PusherApp } from "#realtime/pusher/app.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { Sql } from "#server/db/sql.ts";
import { publishEvents, type TriggeredEvent } from "#server/realtime/app-events.ts";
import { batched } from "#server/realtime/batched.ts";
import type { Announce } from "#server/realtime/presence.ts";

/** The apps of other backends on this worker; they may change while it runs. */
export class PusherApps {
  /** The current settings by app id. The map is shared and updated in place. */
  readonly settings = new Map<string, AppSettings>();
  readonly announce: Announce = createAnnounce(this.settings);
  readonly publish: (triggered: TriggeredEvent) => Promise<void>;
  /** Includes removed apps: their last presence rows are still being written, and they may be added again. */
  private readonly appsById = new Map<string, PusherApp>();
  private byKey = new Map<string, PusherApp>();
  private readonly sql: Sql;
  private readonly workerId: string;

  constructor(sql: Sql, workerId: string) {
    this.sql = sql;
    this.workerId = workerId;
    // Events triggered during a publish are published together.
    this.publish = batched(
      async (triggered: TriggeredEvent[]) => {
        await publishEvents(sql, triggered);
        return () => {};
      },
      { maxSize: 50 },
    );
  }

  /** Replaces the list of apps. Apps that remain keep their connections. */
  reconfigure(list: readonly AppSettings[]): void {
    const ids = new Set(list.map(({ id }) => id));
    for (const id of this.settings.keys()) {
      if (ids.has(id)) continue;
      this.settings.delete(id);
      this.appsById.get(id)?.remove();
    }
    for (const next of list) {
      const { sql, workerId, announce, publish } = this;
      const app = this.appsById.get(next.id) ?? new PusherApp(next, { sql, workerId, announce, publish });
      this.appsById.set(next.id, app);
      app.reconfigure(next);
      this.settings.set(next.id, app.settings);
    }
    this.byKey = new Map(list.flatMap(({ id, key }) => [[key, this.appsById.get(id)] as const]).filter(isDefined));
  }

  ofKey(key: string): PusherApp | undefined {
    return this.byKey.get(key);
  }

  get all(): PusherApp[] {
    return [...this.appsById.values()];
  }

  onEnvelope(envelope: Extract<Envelope, { app: string }> | AppEnvelope): void {
    this.appsById.get(envelope.app)?.onEnvelope(envelope);
  }

  resync(): void {
    for (const app of this.appsById.values()) app.resync();
  }

  /** Writes all presence rows again after the database lost them. */
  writeAll(): void {
    for (const app of this.appsById.values()) app.presence.writeAll();
  }

  close(): void {
    for (const app of this.appsById.values()) app.presence.close();
  }
}

const isDefined = (entry: readonly [string, PusherApp | undefined]): entry is readonly [string, PusherApp] =>
  entry[1] !== undefined;
