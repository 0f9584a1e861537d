/**
 * Messages under way: each is complete once it was acknowledged and the receiver saw its body, in whichever order. Numbers
 * are given out here, so a contender that answers twice, or without a request, is found.
 */
type Done = (at: number) => void;
type Message = { acked: boolean; deliveredAt: number; done: Done };

/** Unique over the whole run: a late delivery of one round must not count in the next. */
let lastId = 0;
const nextId = () => ++lastId;

/** The first of so many numbers for a program that counts on by itself. */
export function reserveIds(count: number): number {
  const first = lastId + 1;
  lastId += count;
  return first;
}

export class InFlight {
  readonly #send: (slot: number, id: number) => void;
  readonly #open = new Map<number, Message>();

  constructor(send: (slot: number, id: number) => void) {
    this.#send = send;
  }

  acked(id: number): void {
    const message = this.#open.get(id);
    if (!message) return;
    message.acked = true;
    if (message.deliveredAt > 0) this.#complete(id, message);
  }

  delivered(id: number): void {
    const message = this.#open.get(id);
    if (!message || message.deliveredAt > 0) return;
    message.deliveredAt = performance.now();
    if (message.acked) this.#complete(id, message);
  }

  start(slot: number, done: Done): void {
    const id = nextId();
    this.#open.set(id, { acked: false, deliveredAt: 0, done });
    this.#send(slot, id);
  }

  get underWay(): number {
    return this.#open.size;
  }

  /** Every slot has one message under way until the time is over. Answers how many were completed within it. */
  async closedLoop(slots: number, seconds: number): Promise<{ complete: number; seconds: number }> {
    const began = performance.now();
    const end = began + seconds * 1_000;
    let complete = 0;
    let running = slots;
    await new Promise<void>((resolve, reject) => {
      const watch = setTimeout(() => reject(this.#stuck()), seconds * 1_000 + 15_000);
      const again = (slot: number) => {
        if (performance.now() < end) {
          this.start(slot, () => {
            complete += 1;
            again(slot);
          });
        } else if (--running === 0) {
          clearTimeout(watch);
          resolve();
        }
      };
      for (let slot = 0; slot < slots; slot += 1) again(slot);
    });
    return { complete, seconds: (performance.now() - began) / 1_000 };
  }

  /**
   * So many a second, whatever comes back: each has its moment, and its latency counts from that moment, so a stall is felt
   * by all that should have been sent during it. Answers ms from the moment to the delivery.
   */
  async openLoop(slots: number, perSecond: number, seconds: number): Promise<number[]> {
    const latencies: number[] = [];
    const total = Math.round(perSecond * seconds);
    const began = performance.now();
    let sent = 0;
    await new Promise<void>((resolve, reject) => {
      const deadline = began + seconds * 1_000 + 15_000;
      const turn = () => {
        const now = performance.now();
        while (sent < total && began + (sent * 1_000) / perSecond <= now) {
          const moment = began + (sent * 1_000) / perSecond;
          this.start(sent++ % slots, (at) => latencies.push(at - moment));
        }
        if (sent === total && this.#open.size === 0) return resolve();
        if (now > deadline) return reject(this.#stuck());
        setImmediate(turn); // no timer is as fine as this; the core is the generator's own
      };
      turn();
    });
    return latencies;
  }

  #stuck(): Error {
    const open = [...this.#open.values()];
    const silent = open.filter(({ acked }) => !acked).length;
    const unheard = open.filter(({ deliveredAt }) => deliveredAt === 0).length;
    return new Error(`of ${open.length} messages ${silent} were never answered and ${unheard} never delivered`);
  }

  #complete(id: number, message: Message): void {
    this.#open.delete(id);
    message.done(message.deliveredAt);
  }
}
