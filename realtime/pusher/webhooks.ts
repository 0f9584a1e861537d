import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { hmac } from "#server/realtime/hmac.ts";
import {
  claimDeliveries,
  type Delivery,
  dropAbandoned,
  dropDeliveries,
  postponeDeliveries,
} from "#server/realtime/webhooks.ts";

const pollIntervalMs = 500;
const responseTimeoutMs = 5_000;
/** Concurrent requests to one address that gets a request per event. */
const requestsAtOnce = 10;
/** Events claimed at a time. A claim lasts 30 s (`claimDeliveries`), and they must be delivered within it. */
const batchSize = 100;
const deliveryWindowMs = 24_000;
const dropAbandonedIntervalMs = 60_000;

type Address = AppSettings["webhooks"][number];
type Loop = { settings: string; controller: AbortController; done: Promise<void> };

/**
 * Posts due events to the apps' backends: `{ time_ms, events }`, signed over the whole body, with one event or, for an
 * address with `batch`, all due ones. Anything but 2xx is retried for five minutes. Any worker may deliver, but a
 * delivery is claimed by one worker at a time. Each address has its own loop, so an address that hangs delays no other.
 */
export class Webhooks {
  private readonly loops = new Map<string, Loop>();
  /** Loops of removed addresses that have not ended yet. */
  private readonly ending = new Set<Promise<void>>();
  private readonly sql: Sql;
  private readonly apps: ReadonlyMap<string, AppSettings>;
  private readonly timer: NodeJS.Timeout;

  constructor(sql: Sql, apps: ReadonlyMap<string, AppSettings>) {
    this.sql = sql;
    this.apps = apps;
    this.timer = setInterval(() => {
      dropAbandoned(sql).catch((error) =>
        log.warn({ err: error }, "abandoned webhooks could not be deleted; trying again"),
      );
    }, dropAbandonedIntervalMs);
    this.reconfigure();
  }

  /** Starts and stops loops after the apps' settings changed. */
  reconfigure(): void {
    const addresses = [...this.apps.values()].flatMap((app) =>
      app.enabled ? app.webhooks.map((address, hook) => ({ app, address, hook })) : [],
    );
    const wanted = new Map(addresses.map((one) => [`${one.app.id} ${one.hook}`, one]));
    for (const [name, { settings }] of this.loops) {
      if (settings !== JSON.stringify(wanted.get(name)?.address)) this.stop(name);
    }
    for (const [name, { app, address, hook }] of wanted) {
      if (this.loops.has(name)) continue;
      const controller = new AbortController();
      const done = deliverLoop(this.sql, app, address, hook, controller.signal);
      this.loops.set(name, { settings: JSON.stringify(address), controller, done });
    }
  }

  private stop(name: string): void {
    const loop = this.loops.get(name);
    this.loops.delete(name);
    if (!loop) return;
    loop.controller.abort();
    this.ending.add(loop.done);
    void loop.done.finally(() => this.ending.delete(loop.done));
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const name of [...this.loops.keys()]) this.stop(name);
    await Promise.all(this.ending);
  }
}

async function deliverLoop(
  sql: Sql,
  app: AppSettings,
  address: Address,
  hook: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let taken: Delivery[] = [];
    try {
      taken = await claimDeliveries(sql, app.id, hook, batchSize);
      await deliver(sql, app, address, taken);
    } catch (error) {
      log.warn({ err: error, app: app.id }, "webhooks could not be delivered; trying again");
      taken = [];
    }
    if (taken.length < batchSize) await pause(pollIntervalMs, signal);
  }
}

/** Events of one channel are posted in order; channels do not wait for each other. */
async function deliver(sql: Sql, app: AppSettings, address: Address, taken: Delivery[]): Promise<void> {
  if (taken.length === 0) return;
  if (address.batch) return deliverGroup(sql, app, address, taken);
  const deadline = Date.now() + deliveryWindowMs;
  const channels = new Map<string, Delivery[]>();
  for (const one of taken) channels.set(one.channel, [...(channels.get(one.channel) ?? []), one]);
  const waiting = [...channels.values()];
  const postInTurn = async () => {
    for (let of = waiting.shift(); of; of = waiting.shift()) {
      for (const one of of) if (Date.now() < deadline) await deliverGroup(sql, app, address, [one]);
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, postInTurn));
}

async function deliverGroup(sql: Sql, app: AppSettings, address: Address, group: Delivery[]): Promise<void> {
  const ids = group.map((delivery) => delivery.id);
  if (await post(app, address, group)) return dropDeliveries(sql, ids);
  const lost = await postponeDeliveries(sql, ids);
  if (lost > 0) log.warn({ app: app.id, lost }, "webhooks were given up after five minutes");
}

async function post(app: AppSettings, hook: Address, group: Delivery[]): Promise<boolean> {
  const body = JSON.stringify({ time_ms: Date.now(), events: group.map((delivery) => JSON.parse(delivery.event)) });
  const headers = new Headers(hook.headers);
  // Set last, so that configured headers cannot replace these.
  headers.set("content-type", "application/json");
  headers.set("x-pusher-key", app.key);
  headers.set("x-pusher-signature", hmac(app.secret, body));
  try {
    const signal = AbortSignal.timeout(responseTimeoutMs);
    const response = await fetch(hook.url, { method: "POST", headers, body, redirect: "error", signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
