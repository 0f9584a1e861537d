import type { Socket } from "node:net";
import { AggregatorRegistry } from "prom-client";
import { type Address, Front } from "#realtime/cluster/front.ts";
import { Member } from "#realtime/cluster/member.ts";
import type { Answers, MetricsJson, Topic } from "#realtime/cluster/messages.ts";
import { log } from "#server/log.ts";

/** The second pause, doubled each time up to the longest; the first is none. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** After a life of this length earlier deaths do not count. */
const stableAfterMs = 60_000;

/** One of the workers that there should be. `current` is the one that serves, or is about to. */
type Slot = { number: number; current: Member | undefined; deaths: number; timer?: NodeJS.Timeout };

/**
 * Runs several workers behind one listening socket. A worker that dies takes only its own connections, and is started
 * again; `restart` replaces one after the other, each when its successor is ready.
 */
export class Primary {
  private readonly slots: Slot[];
  /** Includes those that are leaving. */
  private readonly members = new Set<Member>();
  private readonly front = new Front(() => this.members);
  private readonly address: Address;
  private hasServed = false;
  private stopping = false;
  private restarting = false;
  private onFailure = (_error: Error) => {};
  /** Rejects when a worker ends before any was ready: waiting would not help. */
  readonly failed: Promise<never>;

  constructor(count: number, address: Address) {
    this.address = address;
    this.slots = Array.from({ length: count }, (_, at) => ({ number: at + 1, current: undefined, deaths: 0 }));
    this.failed = new Promise((_, reject) => {
      this.onFailure = reject;
    });
    this.failed.catch(() => {}); // `start` or the caller of `failed` hears of it
  }

  /** Resolves with the port when the first worker is ready. */
  async start(): Promise<number> {
    for (const slot of this.slots) slot.current = this.launch(slot);
    const isReady = await Promise.race([...this.members].map((member) => member.ready));
    if (!isReady) return this.failed;
    this.hasServed = true;
    return this.front.listen(this.address);
  }

  /** Replaces all workers. One that does not start leaves the others as they are. */
  async restart(): Promise<void> {
    if (this.restarting || this.stopping) return;
    this.restarting = true;
    for (const slot of this.slots) {
      const next = this.launch(slot);
      if (!(await next.ready)) {
        if (!this.stopping) log.error("the new worker did not start; the others stay as they are");
        break;
      }
      const { current } = slot;
      clearTimeout(slot.timer);
      slot.current = next;
      slot.deaths = 0;
      current?.stop();
      await current?.exited;
    }
    this.restarting = false;
  }

  /** Stops accepting, and lets every worker close its connections. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.front.close();
    for (const slot of this.slots) clearTimeout(slot.timer);
    for (const member of this.members) {
      if (member.isLeaving) member.send("go");
      else member.stop();
    }
    await Promise.all([...this.members].map((member) => member.exited));
  }

  private launch(slot: Slot): Member {
    const member = new Member(slot.number, {
      onFree: () => this.front.handOver(),
      onLeaving: (leaving) => void this.letGo(slot, leaving),
      onQuestion: (asking, id, topic) => void this.answer(asking, id, topic),
      onExit: (ended, how, returned) => this.ended(slot, ended, how, returned),
    });
    this.members.add(member);
    return member;
  }

  /** A worker that was told to stop by others than us has no successor yet. */
  private async letGo(slot: Slot, leaving: Member): Promise<void> {
    if (slot.current === leaving && !this.stopping) {
      log.info({ worker: slot.number }, "a worker is leaving; the next one starts beside it");
      slot.current = this.launch(slot);
      await slot.current.ready;
    }
    // After the connections that it was sent before, which it reads first.
    leaving.send("go");
  }

  private ended(slot: Slot, member: Member, how: string, returned: Socket | null): void {
    this.members.delete(member);
    if (returned) this.front.add(returned);
    if (slot.current !== member || this.stopping) return;
    slot.current = undefined;
    if (!this.hasServed) {
      this.onFailure(new Error(`a worker ended before it was ready (${how})`));
      return;
    }
    slot.deaths = Date.now() - member.startedAt > stableAfterMs ? 1 : slot.deaths + 1;
    const pauseMs = slot.deaths === 1 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (slot.deaths - 2));
    log.error({ worker: slot.number, how, pauseMs }, "a worker ended; starting it again");
    slot.timer = setTimeout(() => {
      slot.current = this.launch(slot);
    }, pauseMs);
  }

  private async answer(member: Member, id: number, topic: Topic): Promise<void> {
    member.send({ type: "answer", id, answer: topic === "metrics" ? await this.metrics() : this.readiness() });
  }

  private async metrics(): Promise<Answers["metrics"]> {
    const read = await Promise.all([...this.members].filter(({ isReady }) => isReady).map((one) => one.readMetrics()));
    return AggregatorRegistry.aggregate(read.filter((one): one is MetricsJson => one !== null)).metrics();
  }

  private readiness(): Answers["readiness"] {
    return [...this.members].some(({ isReady, isLeaving, isHealthy }) => isReady && !isLeaving && isHealthy);
  }
}
