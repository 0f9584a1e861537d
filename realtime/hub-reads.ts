import type { Action, Hub } from "#realtime/hub.ts";
import { batched } from "#server/live/batched.ts";
import { log, type Sql } from "#server/live/database.ts";
import { type LoadedPerson, loadPeople, readLiveHeads, readMissed } from "#server/live/reads.ts";

const retryAfter = 500;

/** Brings the hub the tables' word: who is where, what was missed, what was never told. */
export class HubReads {
  private readonly sql: Sql;
  private readonly hub: Hub;
  private readonly act: (actions: Action[]) => void;
  private readonly loads = new Map<string, Promise<void>>();
  private readonly loadPerson: (personId: string) => Promise<LoadedPerson | undefined>;
  private comparing: Promise<void> | null = null;
  private compareAgain = false;
  private closed = false;

  constructor(sql: Sql, hub: Hub, act: (actions: Action[]) => void) {
    this.sql = sql;
    this.hub = hub;
    this.act = act;
    this.loadPerson = batched(async (personIds: string[]) => {
      const loaded = new Map((await loadPeople(sql, personIds)).map((person) => [person.personId, person]));
      return (personId: string) => loaded.get(personId);
    });
  }

  /** Somebody arrived. Two sockets of one person wait for the same load. */
  load(personId: string): Promise<void> {
    const known = this.loads.get(personId);
    if (known) return known;
    this.hub.arrive(personId);
    const load = this.loadPerson(personId)
      .then((loaded) => {
        if (!loaded) throw new Error("a signed-in person is not in the tables");
        this.act(this.hub.load(loaded));
      })
      .finally(() => this.loads.delete(personId));
    this.loads.set(personId, load);
    return load;
  }

  /** Somebody who is here may have joined unheard. */
  async reload(personId: string): Promise<void> {
    while (!this.closed && this.hub.knows(personId)) {
      try {
        const loaded = await this.loadPerson(personId);
        if (loaded) this.act(this.hub.load(loaded));
        return;
      } catch (error) {
        log.warn({ err: error }, "a person could not be loaded again; trying again");
        await pause(retryAfter);
      }
    }
  }

  async read(conversationId: string, rev: number): Promise<void> {
    try {
      this.act(this.hub.caughtUp(conversationId, await readMissed(this.sql, conversationId, rev)));
    } catch (error) {
      log.warn({ err: error, conversationId }, "missed changes could not be read; trying again");
      this.hub.readFailed(conversationId);
      await pause(retryAfter);
      await this.compare();
    }
  }

  /** After a break in hearing: where is the hub behind the tables? Asked during a comparison, it runs once more after. */
  compare(): Promise<void> {
    this.compareAgain = true;
    this.comparing ??= this.compareUntilDone().finally(() => {
      this.comparing = null;
    });
    return this.comparing;
  }

  private async compareUntilDone(): Promise<void> {
    while (this.compareAgain && !this.closed) {
      this.compareAgain = false;
      try {
        const heads = await readLiveHeads(this.sql, this.hub.conversationIds(), this.hub.personIds());
        this.act(this.hub.compare(heads.conversations, heads.people));
      } catch (error) {
        log.warn({ err: error }, "the comparison after a break failed; trying again");
        this.compareAgain = true;
        await pause(retryAfter);
      }
    }
  }

  close(): void {
    this.closed = true;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
