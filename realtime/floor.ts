import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { App, Link, Origin } from "#realtime/link.ts";
import type { Counts } from "#realtime/metrics.ts";
import { Tick } from "#realtime/tick.ts";

/** A reader that has not caught up by then is cut off; it comes back and catches up from its numbers. */
const slowFor = 30_000;
/**
 * Clients ping after 25 s without a frame from here, so one that hears something all the time says nothing itself: after
 * this long the worker asks (the WebSocket's own ping, which every client answers by itself) …
 */
const askAfter = 35_000;
/** … and ends a link that has said nothing for so long. */
const silentFor = 60_000;

/** What all connections share. */
export class Floor {
  readonly all = new Set<Link>();
  private readonly origins = new Map<string, Origin>();
  /** Those that came within the last seconds, oldest first. */
  private readonly settling = new Set<Link>();
  readonly tick = new Tick<Link>();
  readonly counts: Counts;

  constructor(counts: Counts) {
    this.counts = counts;
  }

  add(link: Link, address: string): void {
    const from = this.origins.get(address) ?? { address, count: 0 };
    from.count += 1;
    this.origins.set(address, from);
    link.from = from;
    this.all.add(link);
    this.settling.add(link);
  }

  countFrom(address: string): number {
    return this.origins.get(address)?.count ?? 0;
  }

  delete(link: Link): void {
    const { from } = link;
    if (from) from.count -= 1;
    if (from?.count === 0) this.origins.delete(from.address);
    this.all.delete(link);
    this.settling.delete(link);
    this.tick.forget(link);
  }

  count(app: App): number {
    let count = 0;
    for (const link of this.all) if (link.app === app) count += 1;
    return count;
  }

  sweep(): void {
    const now = Date.now();
    for (const link of this.all) {
      const silence = now - link.heardAt;
      if (silence > silentFor || (link.slowSince > 0 && now - link.slowSince > slowFor)) link.terminate();
      else if (silence > askAfter) link.ping();
    }
  }

  /** Ends those that did not say in time who they are. In the order of their coming: it looks at none that is not due. */
  endUnsettled(): void {
    const now = Date.now();
    for (const link of this.settling) {
      if (now - link.openedAt < limits.settleSeconds * 1_000) return;
      this.settling.delete(link);
      if (!link.app?.isSettled(link)) link.end(closeCodes.unauthorized, "sign in within 10 seconds");
    }
  }

  async closeInSlices(): Promise<void> {
    const slice = Math.max(50, Math.ceil(this.all.size / 20));
    while (this.all.size > 0) {
      for (const link of [...this.all].slice(0, slice)) {
        link.end(closeCodes.reconnect, "the worker restarts");
      }
      if (this.all.size > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
