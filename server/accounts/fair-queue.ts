import { Refusal } from "#server/refusal.ts";

export type FairQueueLimits = {
  /** Works under way at once, of everybody. */
  atOnce: number;
  /** Of one lane. */
  atOncePerLane: number;
  waiting: number;
  waitingPerLane: number;
};

type Waiting = { start: () => void; drop: (error: Refusal) => void };
type Lane = { running: number; waiting: Waiting[] };

/**
 * A bounded queue in front of work that costs a core. Lanes take turns, so a lane with many works waits for itself and
 * others wait for one of its works at most. A full lane, and a full queue, refuse with `rate_limited`; in a full queue the
 * newest of the longest lane gives way to a shorter one.
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  /** In the order of their turns. */
  readonly #lanes = new Map<string, Lane>();
  #running = 0;
  #waiting = 0;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(name) ?? { running: 0, waiting: [] };
    this.#lanes.set(name, lane);
    try {
      await this.#turn(name, lane);
      try {
        return await work();
      } finally {
        this.#running -= 1;
        lane.running -= 1;
        this.#toTheEnd(name, lane);
        this.#next();
      }
    } finally {
      if (lane.running === 0 && lane.waiting.length === 0) this.#lanes.delete(name);
    }
  }

  /** Resolves when the work may begin; it then counts as running. */
  #turn(name: string, lane: Lane): Promise<void> {
    if (this.#mayRun(lane)) {
      this.#begin(name, lane);
      return Promise.resolve();
    }
    if (lane.waiting.length >= this.#limits.waitingPerLane) throw full();
    if (this.#waiting >= this.#limits.waiting) this.#makeRoom(lane);
    this.#waiting += 1;
    return new Promise((start, drop) => lane.waiting.push({ start, drop }));
  }

  #mayRun(lane: Lane): boolean {
    return this.#running < this.#limits.atOnce && lane.running < this.#limits.atOncePerLane;
  }

  /** The others come first now. */
  #toTheEnd(name: string, lane: Lane): void {
    this.#lanes.delete(name);
    this.#lanes.set(name, lane);
  }

  #begin(name: string, lane: Lane): void {
    this.#toTheEnd(name, lane);
    this.#running += 1;
    lane.running += 1;
  }

  #next(): void {
    for (const [name, lane] of this.#lanes) {
      if (lane.waiting.length === 0 || !this.#mayRun(lane)) continue;
      const first = lane.waiting.shift();
      this.#waiting -= 1;
      this.#begin(name, lane);
      first?.start();
      return;
    }
  }

  #makeRoom(forLane: Lane): void {
    const longest = [...this.#lanes.values()].reduce((a, b) => (b.waiting.length > a.waiting.length ? b : a));
    const last = longest.waiting.length > forLane.waiting.length + 1 ? longest.waiting.pop() : undefined;
    if (!last) throw full();
    this.#waiting -= 1;
    last.drop(full());
  }
}

const full = () => new Refusal("rate_limited", { retryAfter: 1 });
