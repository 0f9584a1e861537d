import type { Arrivals } from "#realtime/arrivals.ts";
import type { Action, Hub } from "#realtime/hub.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { batched } from "#server/realtime/batched.ts";
import { type LoadedPerson, loadPeople, readChangesSince, readHeads } from "#server/realtime/realtime-queries.ts";

const retryAfterMs = 500;

/** Loads database state into the hub: memberships, missed changes, and current revs after a break. */
export class HubReads {
  private readonly sql: Sql;
  private readonly hub: Hub;
  private readonly arrivals: Arrivals;
  private readonly act: (actions: Action[]) => void;
  private readonly loads = new Map<string, Promise<void>>();
  private readonly loadPerson: (personId: string) => Promise<LoadedPerson | undefined>;
  private resyncing: Promise<void> | null = null;
  private resyncAgain = false;
  private closed = false;

  constructor(sql: Sql, hub: Hub, arrivals: Arrivals, act: (actions: Action[]) => void) {
    this.sql = sql;
    this.arrivals = arrivals;
    this.hub = hub;
    this.act = act;
    this.loadPerson = batched(async (personIds: string[]) => {
      const loaded = new Map((await loadPeople(sql, personIds)).map((person) => [person.personId, person]));
      return (personId: string) => loaded.get(personId);
    });
  }

  /** Loads a person's memberships after connect. Concurrent sockets of one person share the load. */
  load(personId: string): Promise<void> {
    const known = this.loads.get(personId);
    if (known) return known;
    this.hub.connect(personId);
    const load = this.arrivals
      .read(personId)
      .then((loaded) => {
        if (!loaded) throw new Error("a signed-in person is not in the tables");
        this.act(this.hub.load(loaded));
      })
      .finally(() => this.loads.delete(personId));
    this.loads.set(personId, load);
    return load;
  }

  /** A join event may have been missed: loads the memberships again. */
  async reload(personId: string): Promise<void> {
    while (!this.closed && this.hub.isLoaded(personId)) {
      try {
        const loaded = await this.loadPerson(personId);
        if (loaded) this.act(this.hub.load(loaded));
        return;
      } catch (error) {
        log.warn({ err: error }, "a person could not be loaded again; trying again");
        await pause(retryAfterMs);
      }
    }
  }

  async read(conversationId: string, rev: number): Promise<void> {
    try {
      this.act(this.hub.applyMissed(conversationId, await readChangesSince(this.sql, conversationId, rev)));
    } catch (error) {
      log.warn({ err: error, conversationId }, "missed changes could not be read; trying again");
      this.hub.readFailed(conversationId);
      await pause(retryAfterMs);
      await this.resync();
    }
  }

  /**
   * Compares the hub's revs with the database after a break of LISTEN. When called during a comparison, another one
   * follows.
   */
  resync(): Promise<void> {
    this.resyncAgain = true;
    this.resyncing ??= this.resyncUntilDone().finally(() => {
      this.resyncing = null;
    });
    return this.resyncing;
  }

  private async resyncUntilDone(): Promise<void> {
    while (this.resyncAgain && !this.closed) {
      this.resyncAgain = false;
      try {
        const heads = await readHeads(this.sql, this.hub.connected.conversationIds(), this.hub.connected.personIds());
        this.act(this.hub.resync(heads.conversations, heads.people));
      } catch (error) {
        log.warn({ err: error }, "the resync failed; trying again");
        this.resyncAgain = true;
        await pause(retryAfterMs);
      }
    }
  }

  close(): void {
    this.closed = true;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
