import type { Envelope } from "#contracts/bus.ts";
import { type Bus, openBus } from "#realtime/bus.ts";
import { Chat } from "#realtime/chat.ts";
import type { Config } from "#realtime/config.ts";
import { answerHttp } from "#realtime/http.ts";
import { holdLease } from "#realtime/lease.ts";
import { openMetrics } from "#realtime/metrics.ts";
import { announceFor } from "#realtime/pusher/announce.ts";
import { PusherApp } from "#realtime/pusher/app.ts";
import type { HttpApiOptions } from "#realtime/pusher/http-api.ts";
import { startWebhooks } from "#realtime/pusher/webhooks.ts";
import { openSockets, type SocketServer } from "#realtime/sockets.ts";
import { batched } from "#server/live/batched.ts";
import { openSql, type Sql } from "#server/live/database.ts";
import type { Announce } from "#server/live/places.ts";
import { relayEvents, type Triggered } from "#server/live/relay.ts";

const recheckEvery = 30_000;
/** What Postgres had no room to notify of is told within this. */
const lookForUntoldEvery = 1_000;

export type Worker = { port: number; close(): Promise<void> };

/** Wires the machines (hub, sessions, apps) to the world (sockets, bus, tables). */
export async function startWorker(config: Config): Promise<Worker> {
  const sql = openSql(config.databaseUrl, 4, config.databaseUrl === config.databaseUrlDirect);
  // Closed in the opposite order, also when something here does not start.
  const parts: { close(): unknown }[] = [{ close: () => sql.end({ timeout: 2 }) }];
  const close = async () => {
    for (const part of parts.splice(0).reverse()) await part.close();
  };
  try {
    return { port: await start(config, sql, parts), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(config: Config, sql: Sql, parts: { close(): unknown }[]): Promise<number> {
  let bus: Bus | undefined;
  let sockets: SocketServer | undefined;
  const hearing = () => bus?.hearing() ?? false;
  const workerId = crypto.randomUUID();
  const settings = new Map(config.apps.map((app) => [app.id, app]));
  const announce = announceFor(settings);
  const connections = () =>
    sockets ? Object.fromEntries([chat, ...apps.byId.values()].map((app) => [app.id, sockets?.count(app) ?? 0])) : {};
  const metrics = openMetrics({ hearing, connections });
  const chat = new Chat({ sql, workerId, appId: config.id, announce, origins: config.origins, hearing, metrics });
  const apps = openApps(config, sql, workerId, announce);

  bus = await openBus(config.databaseUrlDirect, sql, {
    hear: (envelope) => {
      metrics.counts.envelopes += 1;
      hear(envelope, chat, config.id, apps.byId);
    },
    relistened: () => {
      void chat.compare();
      for (const app of apps.byId.values()) app.compare();
    },
  });
  parts.push(bus, chat.reads, chat.presence.places, ...[...apps.byId.values()].map((app) => app.places));
  const onLost = () => {
    chat.presence.places.writeAll();
    for (const app of apps.byId.values()) app.places.writeAll();
  };
  parts.push(await holdLease(sql, workerId, announce, onLost));
  parts.push(startWebhooks(sql, settings));

  const api: HttpApiOptions = { sql, apps: settings, chatId: config.id, relay: apps.relay };
  sockets = await openSockets({
    port: config.port,
    heldSocket: config.heldSocket,
    bindAddress: config.bindAddress,
    path: config.path,
    trustedProxies: config.trustedProxies,
    limits: config.limits,
    appOf: (key) => (key === config.key ? chat : apps.byKey.get(key)),
    answer: (request, response, url) => answerHttp(request, response, url, { config, api, metrics, hearing }),
    counts: metrics.counts,
  });
  const timers = [
    setInterval(() => void chat.recheck(), recheckEvery),
    setInterval(() => void chat.lookForUntold(), lookForUntoldEvery),
  ];
  parts.push(sockets, { close: () => timers.map(clearInterval) });
  return sockets.port;
}

function openApps({ apps }: Config, sql: Sql, workerId: string, announce: Announce) {
  /** Triggers that come while others are being told leave together. */
  const relay = batched(
    async (triggered: Triggered[]) => {
      await relayEvents(sql, triggered);
      return () => {};
    },
    { most: 50 },
  );
  const opened = apps.map((one) => new PusherApp(one, { sql, workerId, announce, relay }));
  return {
    relay,
    byId: new Map(opened.map((app) => [app.settings.id, app])),
    byKey: new Map(opened.map((app) => [app.settings.key, app])),
  };
}

function hear(envelope: Envelope, chat: Chat, chatId: string, apps: ReadonlyMap<string, PusherApp>): void {
  if ("app" in envelope && envelope.app !== chatId) apps.get(envelope.app)?.hear(envelope);
  else chat.hear(envelope);
}
