/**
 * What is claimed of each SDK. A page with pusher-js stands beside it: the SDK of the backend authorises and triggers
 * for it.
 */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import PusherClient from "pusher-js";
import { isAlive } from "#scripts/process-identity.ts";
import { newApp, next, subscribed } from "#tests/realtime/_app.ts";
import { type Bundle, startBundle } from "#tests/realtime/_bundle.ts";
import type { Driver } from "#tests/sdk/driver.ts";

type Webhook = { key: string; signature: string; body: string };
export type Scene = { app: ReturnType<typeof newApp>; worker: Bundle; hooks: Webhook[]; close(): Promise<void> };

/** A worker with an app; its webhooks are recorded as they arrive. */
export async function openScene(): Promise<Scene> {
  const hooks: Webhook[] = [];
  const backend = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const { "x-pusher-key": key, "x-pusher-signature": signature } = request.headers;
      hooks.push({ key: String(key), signature: String(signature), body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/`;
  const app = newApp({ webhooks: [{ url, events: ["channel_occupied"], headers: {}, batch: false }] });
  const worker = await startBundle({ PUSHER_APPS: JSON.stringify([app]) });
  return {
    app,
    worker,
    hooks,
    close: async () => {
      await worker.close();
      backend.close();
    },
  };
}

/** A page with channels that the backend's SDK authorizes. */
function pageOf({ app, worker }: Scene, driver: Driver): PusherClient {
  return new PusherClient(app.key, {
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: worker.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName: channel }, answer) => {
        driver.ask<{ auth: string }>({ do: "authorize", socketId, channel, userId: "7" }).then(
          (said) => answer(null, said),
          (error: Error) => answer(error, null),
        );
      },
    },
  });
}

async function until<T>(read: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 15_000; ; await pause(50)) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`after 15 seconds it is still ${JSON.stringify(value)}`);
  }
}

export type Claim = { says: string; check: (scene: Scene, driver: Driver) => Promise<string | undefined> };

export const backendClaims: Claim[] = [
  {
    says: "authorises private and presence channels, triggers, and asks who is there",
    check: async (scene, driver) => {
      const page = pageOf(scene, driver);
      try {
        const [news, room] = [page.subscribe("private-news"), page.subscribe("presence-room")];
        await Promise.all([subscribed(news), subscribed(room)]);
        const heard = Promise.all([next(news, "said"), next(room, "said")]);
        const channels = ["private-news", "presence-room"];
        await driver.ask({ do: "trigger", channels, name: "said", data: { text: "你好" } });
        assert.deepEqual(await heard, [{ text: "你好" }, { text: "你好" }]);
        const users = () => driver.ask<{ users: string[] }>({ do: "users", channel: "presence-room" });
        await until(users, (said) => JSON.stringify(said.users) === '["7"]');
        type Info = { occupied: boolean; subscription_count: number };
        const info = () => driver.ask<Info>({ do: "info", channel: "private-news" });
        await until(info, (said) => said.occupied && said.subscription_count === 1);
      } finally {
        page.disconnect();
      }
      return undefined;
    },
  },
  {
    says: "triggers a batch",
    check: async (scene, driver) => {
      const page = pageOf(scene, driver);
      try {
        const channels = ["private-a", "private-b"].map((name) => page.subscribe(name));
        await Promise.all(channels.map(subscribed));
        const heard = Promise.all(channels.map((channel) => next(channel, "said")));
        await driver.ask({ do: "batch", channels: ["private-a", "private-b"], data: { at: 1 } });
        assert.deepEqual(await heard, [{ at: 1 }, { at: 1 }]);
      } finally {
        page.disconnect();
      }
      return undefined;
    },
  },
  {
    says: "takes our webhooks for genuine, and a changed one not",
    check: async ({ hooks }, driver) => {
      const [hook] = await until(
        async () => hooks,
        (all) => all.length > 0,
      );
      assert.ok(hook);
      assert.deepEqual(await driver.ask({ do: "webhook", ...hook }), { valid: true });
      assert.deepEqual(await driver.ask({ do: "webhook", ...hook, signature: "0".repeat(64) }), { valid: false });
      return undefined;
    },
  },
];

/**
 * The longest silence, in seconds, of a client that is told something all the time, until the next worker has taken
 * over.
 */
async function secondsAway({ worker }: Scene, driver: Driver, signal: NodeJS.Signals): Promise<number> {
  const old = worker.child.record;
  const round = performance.now();
  let [silentSince, longest, sent] = [round, 0, 0];
  /** The first that was sent after the old worker was gone. */
  let afterwards = Number.POSITIVE_INFINITY;
  worker.signal(signal);
  for (const end = round + 15_000; ; ) {
    const data = { round, at: ++sent };
    if (afterwards === Number.POSITIVE_INFINITY && old && !isAlive(old)) afterwards = sent;
    // While there is no worker it waits in the queue of the socket; a connection that was just cut is another matter.
    await driver.ask({ do: "trigger", channels: ["private-said"], name: "said", data }).catch(() => {});
    const { events } = await driver.ask<{ events: Partial<typeof data>[] }>({ do: "heard" });
    const last = Math.max(0, ...events.map((event) => (event.round === round ? (event.at ?? 0) : 0)));
    const now = performance.now();
    // What is sent at this moment arrives at the next look.
    if (last >= sent - 1) {
      longest = Math.max(longest, now - silentSince);
      silentSince = now;
    }
    if (last >= afterwards) return longest / 1_000;
    if (now > end) throw new Error("after 15 seconds it has heard nothing");
    await pause(20);
  }
}

async function medianAway(scene: Scene, driver: Driver, signal: NodeJS.Signals, most: number): Promise<string> {
  const all: number[] = [];
  for (let at = 0; at < 3; at += 1) all.push(await secondsAway(scene, driver, signal));
  const said = `longest silence ${all.map((one) => one.toFixed(1)).join(", ")} s`;
  const median = all.sort((a, b) => a - b)[1] ?? Number.NaN;
  assert.ok(median < most, `${said}; it should be below ${most}`);
  return said;
}

export const clientClaims: Claim[] = [
  {
    says: "its client subscribes and hears",
    check: async (_, driver) => {
      await driver.ask({ do: "listen", channel: "private-said" });
      await driver.ask({ do: "trigger", channels: ["private-said"], name: "said", data: { text: "你好" } });
      const heard = () => driver.ask<{ events: unknown[] }>({ do: "heard" });
      await until(heard, ({ events }) => JSON.stringify(events) === '[{"text":"你好"}]');
      return undefined;
    },
  },
  {
    says: "its client is back within 3 s after the worker was killed",
    check: (scene, driver) => medianAway(scene, driver, "SIGKILL", 3),
  },
  {
    says: "its client is back within 1.5 s after a planned restart",
    check: (scene, driver) => medianAway(scene, driver, "SIGTERM", 1.5),
  },
];
