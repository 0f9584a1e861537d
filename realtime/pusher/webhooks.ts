import type { AppSettings } from "#realtime/pusher/settings.ts";
import { log, type Sql } from "#server/live/database.ts";
import { hmac } from "#server/live/hmac.ts";
import { type Delivery, dropDeliveries, postponeDeliveries, takeDeliveries } from "#server/live/webhooks.ts";

const lookEvery = 500;
const atOnce = 100;
const answerWithin = 5_000;

export type Webhooks = { close(): Promise<void> };

/**
 * Posts what is due to the apps' backends: `{ time_ms, events }`, signed over the whole body. Anything but 2xx is tried
 * again, for five minutes. Any worker may deliver; a delivery is one worker's at a time.
 */
export function startWebhooks(sql: Sql, apps: ReadonlyMap<string, AppSettings>): Webhooks {
  if (![...apps.values()].some((app) => app.webhooks.length > 0)) return { close: async () => {} };
  const closing = new AbortController();
  const running = (async () => {
    while (!closing.signal.aborted) {
      const taken = await takeDeliveries(sql, atOnce).catch((error) => {
        log.warn({ err: error }, "webhooks could not be read");
        return [];
      });
      const groups = groupByHook(taken);
      await Promise.all([...groups.values()].map((group) => deliver(sql, apps, group)));
      if (taken.length < atOnce) await pause(lookEvery, closing.signal);
    }
  })();
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

function groupByHook(deliveries: Delivery[]): Map<string, Delivery[]> {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const key = `${delivery.app} ${delivery.hook}`;
    groups.set(key, [...(groups.get(key) ?? []), delivery]);
  }
  return groups;
}

async function deliver(sql: Sql, apps: ReadonlyMap<string, AppSettings>, group: Delivery[]): Promise<void> {
  const [first] = group;
  const app = first && apps.get(first.app);
  const hook = first && app?.webhooks[first.hook];
  const ids = group.map((delivery) => delivery.id);
  try {
    // An address that the settings no longer name gets nothing.
    if (!app || !hook || (await post(app, hook, group))) return await dropDeliveries(sql, ids);
    const lost = await postponeDeliveries(sql, ids);
    if (lost > 0) log.warn({ app: app.id, lost }, "webhooks were given up after five minutes");
  } catch (error) {
    log.warn({ err: error }, "a webhook stays for the next round");
  }
}

async function post(app: AppSettings, hook: AppSettings["webhooks"][number], group: Delivery[]): Promise<boolean> {
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
