import type { AppSettings } from "#realtime/pusher/settings.ts";
import { log, type Sql } from "#server/live/database.ts";
import { hmac } from "#server/live/hmac.ts";
import {
  type Delivery,
  dropDeliveries,
  dropForgotten,
  postponeDeliveries,
  takeDeliveries,
} from "#server/live/webhooks.ts";

const lookEvery = 500;
const answerWithin = 5_000;
/** Requests to one address under way at once, when each event has its own. */
const requestsAtOnce = 10;
/** Events taken at a time. They are held for 30 s (`takeDeliveries`), in which they have to be delivered. */
const most = 100;
const deliverWithin = 24_000;
const dropForgottenEvery = 60_000;

type Address = AppSettings["webhooks"][number];
type Loop = { said: string; stopping: AbortController; ended: Promise<void> };

/**
 * Posts what is due to the apps' backends: `{ time_ms, events }`, signed over the whole body, one event each or, for an
 * address that wants it, all that are due. Anything but 2xx is tried again, for five minutes. Any worker may deliver; a
 * delivery is one worker's at a time. Each address has a loop of its own, so one that hangs holds up nobody else.
 */
export class Webhooks {
  private readonly loops = new Map<string, Loop>();
  /** Those of addresses that are gone, until they have ended. */
  private readonly ending = new Set<Promise<void>>();
  private readonly sql: Sql;
  private readonly apps: ReadonlyMap<string, AppSettings>;
  private readonly timer: NodeJS.Timeout;

  constructor(sql: Sql, apps: ReadonlyMap<string, AppSettings>) {
    this.sql = sql;
    this.apps = apps;
    this.timer = setInterval(() => {
      dropForgotten(sql).catch((error) => log.warn({ err: error }, "old webhooks stay for the next round"));
    }, dropForgottenEvery);
    this.change();
  }

  /** The settings of the apps are not what they were. */
  change(): void {
    const addresses = [...this.apps.values()].flatMap((app) =>
      app.enabled ? app.webhooks.map((address, hook) => ({ app, address, hook })) : [],
    );
    const wanted = new Map(addresses.map((one) => [`${one.app.id} ${one.hook}`, one]));
    for (const [name, { said }] of this.loops) {
      if (said !== JSON.stringify(wanted.get(name)?.address)) this.stop(name);
    }
    for (const [name, { app, address, hook }] of wanted) {
      if (this.loops.has(name)) continue;
      const stopping = new AbortController();
      const ended = deliverFor(this.sql, app, address, hook, stopping.signal);
      this.loops.set(name, { said: JSON.stringify(address), stopping, ended });
    }
  }

  private stop(name: string): void {
    const loop = this.loops.get(name);
    this.loops.delete(name);
    if (!loop) return;
    loop.stopping.abort();
    this.ending.add(loop.ended);
    void loop.ended.finally(() => this.ending.delete(loop.ended));
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const name of [...this.loops.keys()]) this.stop(name);
    await Promise.all(this.ending);
  }
}

async function deliverFor(
  sql: Sql,
  app: AppSettings,
  address: Address,
  hook: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let taken: Delivery[] = [];
    try {
      taken = await takeDeliveries(sql, app.id, hook, most);
      await deliver(sql, app, address, taken);
    } catch (error) {
      log.warn({ err: error, app: app.id }, "webhooks stay for the next round");
      taken = [];
    }
    if (taken.length < most) await pause(lookEvery, signal);
  }
}

/** Events of one channel are posted one after the other; channels do not wait for each other. */
async function deliver(sql: Sql, app: AppSettings, address: Address, taken: Delivery[]): Promise<void> {
  if (taken.length === 0) return;
  if (address.batch) return deliverTogether(sql, app, address, taken);
  const until = Date.now() + deliverWithin;
  const channels = new Map<string, Delivery[]>();
  for (const one of taken) channels.set(one.channel, [...(channels.get(one.channel) ?? []), one]);
  const waiting = [...channels.values()];
  const postInTurn = async () => {
    for (let of = waiting.shift(); of; of = waiting.shift()) {
      for (const one of of) if (Date.now() < until) await deliverTogether(sql, app, address, [one]);
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, postInTurn));
}

async function deliverTogether(sql: Sql, app: AppSettings, address: Address, group: Delivery[]): Promise<void> {
  const ids = group.map((delivery) => delivery.id);
  if (await post(app, address, group)) return dropDeliveries(sql, ids);
  const lost = await postponeDeliveries(sql, ids);
  if (lost > 0) log.warn({ app: app.id, lost }, "webhooks were given up after five minutes");
}

async function post(app: AppSettings, hook: Address, group: Delivery[]): Promise<boolean> {
  const body = JSON.stringify({ time_ms: Date.now(), events: group.map((delivery) => JSON.parse(delivery.event)) });
  const headers = new Headers(hook.headers);
  // Set last: no header of the settings, in whatever case, replaces these.
  headers.set("content-type", "application/json");
  headers.set("x-pusher-key", app.key);
  headers.set("x-pusher-signature", hmac(app.secret, body));
  try {
    const signal = AbortSignal.timeout(answerWithin);
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
