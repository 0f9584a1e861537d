import type { Sql } from "#server/db/sql.ts";
import { type Arrival, readArrivals } from "#server/realtime/arrivals.ts";
import { batched } from "#server/realtime/batched.ts";

/** Reads what people who connect need, with one query for all who connect while the last one is in flight. */
export class Arrivals {
  /** Questions that no query has been sent for. */
  private readonly due = new Map<string, Promise<Arrival | undefined>>();
  private readonly ask: (personId: string) => Promise<Arrival | undefined>;

  constructor(sql: Sql, appId: string) {
    this.ask = batched(async (personIds: string[]) => {
      await Promise.resolve(); // the hub and presence ask for the same person in one turn
      for (const personId of personIds) this.due.delete(personId);
      const arrivals = await readArrivals(sql, appId, personIds);
      const byId = new Map(arrivals.map((arrival) => [arrival.personId, arrival]));
      return (personId: string) => byId.get(personId);
    });
  }

  /**
   * Undefined when there is no such person. Calls share an answer only until its query is sent: what is heard from the
   * call on is newer than the answer, or in it.
   */
  read(personId: string): Promise<Arrival | undefined> {
    const due = this.due.get(personId) ?? this.ask(personId);
    // Set after the question: when it is asked at once, the query is still a microtask away.
    this.due.set(personId, due);
    return due;
  }
}
