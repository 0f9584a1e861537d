import type { AppSettings } from "#realtime/pusher/settings.ts";
import { log, type Sql } from "#server/live/database.ts";
import { hmac } from "#server/live/hmac.ts";
import { type Delivery, dropDeliveries, postponeDeliveries, takeDeliveries } from "#server/live/webhooks.ts";

const lookEvery = 500;
const atOnce = 100;
const answerWithin = 5_000;

export type Webhooks = { close(): Promise<void> };

type Address = AppSettings["webhooks"][number];

/**
 * Posts what is due to the apps' backends: `{ time_ms, events }`, signed over the whole body. Anything but 2xx is tried
 * again, for five minutes. Any worker may deliver; a delivery is one worker's at a time. Each address has a loop of its
 * own, so one that hangs holds up nobody else.
 */
export function startWebhooks(sql: Sql, apps: ReadonlyMap<string, AppSettings>): Webhooks {
  const closing = new AbortController();
  const loops = [...apps.values()].flatMap((app) =>
    app.webhooks.map((address, hook) => deliverFor(sql, app, address, hook, closing.signal)),
  );
  return {
    close: async () => {
      closing.abort();
      await Promise.all(loops);
    },
  };
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
      taken = await takeDeliveries(sql, app.id, hook, atOnce);
      if (taken.length > 0) await deliver(sql, app, address, taken);
    } catch (error) {
      log.warn({ err: error, app: app.id }, "webhooks stay for the next round");
      taken = [];
    }
    if (taken.length < atOnce) await pause(lookEvery, signal);
  }
}

async function deliver(sql: Sql, app: AppSettings, address: Address, taken: Delivery[]): Promise<void> {
  const ids = taken.map((delivery) => delivery.id);
  if (await post(app, address, taken)) return dropDeliveries(sql, ids);
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
