/** Workers that serve an app of another backend, with the Pusher libraries on both sides. */

import PusherServer from "pusher";
import PusherClient from "pusher-js";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { startWorker, type Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { type Listener, listen } from "#tests/_listener.ts";
import { closeDatabase } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";

let count = 0;

export function newApp(more: Partial<AppSettings> = {}): AppSettings {
  count += 1;
  const id = `${Date.now()}${count}`;
  return {
    id,
    key: `key-${id}`,
    secret: `secret-of-app-${id}`,
    enabled: true,
    origins: "any",
    clientEvents: true,
    authorizedConnections: false,
    maxConnections: 1_000,
    maxPresenceMembers: 100,
    webhooks: [],
    ...more,
  };
}

/** A worker on a free port; `more` replaces its usual settings. */
export function startAppWorker(
  apps: AppSettings[],
  more: Partial<Parameters<typeof startWorker>[0]> = {},
): Promise<Worker> {
  const { realtimeKey: key } = env();
  const databaseUrl = urlOf("worker");
  return startWorker({
    port: 0,
    path: "",
    id: "1",
    key,
    databaseUrl,
    databaseUrlDirect: databaseUrl,
    origins: [],
    apps,
    ...more,
  });
}

/** Starts this many workers of the messenger for a test file. Devices on them are closed after each test. */
export function withWorkers(count: number) {
  const workers: Worker[] = [];
  const open: Listener[] = [];
  beforeAll(async () => {
    for (let at = 0; at < count; at += 1) workers.push(await startAppWorker([]));
  });
  afterEach(() => {
    for (const listener of open.splice(0)) listener.close();
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await closeDatabase();
  });
  return {
    port: (at: number) => workers[at]?.port ?? 0,
    onWorker: async (at: number, me: Me): Promise<Listener> => {
      const listener = await listen(workers[at]?.port ?? 0, me);
      open.push(listener);
      return listener;
    },
  };
}

/** The backend's `pusher` library. */
export function backendOf(app: AppSettings, port: number, more: { encryptionMasterKeyBase64?: string } = {}) {
  const { id: appId, key, secret } = app;
  return new PusherServer({ appId, key, secret, host: "127.0.0.1", port: String(port), useTLS: false, ...more });
}

/** `info: null`: no info. */
type Who = { id?: string; info?: object | null; watchlist?: string[] };

/** `pusher-js`, authorized by the backend library, as a page and its server would do together. */
export function clientOf(app: AppSettings, port: number, who: Who = {}, backend = backendOf(app, port)) {
  const info = who.info === null ? {} : { user_info: who.info ?? {} };
  const user = { id: who.id ?? "anonymous", ...info, watchlist: who.watchlist ?? [] };
  return new PusherClient(app.key, {
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId, channelName }, answer) => {
        const member = channelName.startsWith("presence-") ? { user_id: user.id, ...info } : undefined;
        answer(null, backend.authorizeChannel(socketId, channelName, member));
      },
    },
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId }, answer) => answer(null, backend.authenticateUser(socketId, user)),
    },
  });
}

/** Resolves with the data of the next event of that name. */
export function next<Data = unknown>(
  emitter: { bind: (name: string, callback: (data: Data) => void) => unknown },
  name: string,
) {
  return new Promise<Data>((resolve) => emitter.bind(name, resolve));
}

export const subscribed = (channel: ReturnType<PusherClient["subscribe"]>) =>
  new Promise<void>((resolve, reject) => {
    if (channel.subscribed) return resolve();
    channel.bind("pusher:subscription_succeeded", () => resolve());
    channel.bind("pusher:subscription_error", (error: unknown) => reject(new Error(JSON.stringify(error))));
  });
