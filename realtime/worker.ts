import type { Envelope } from "#contracts/bus.ts";
import { type Bus, openBus, readPayload } from "#realtime/bus.ts";
import { Chat } from "#realtime/chat.ts";
import type { Config } from "#realtime/config.ts";
import { answerHttp } from "#realtime/http.ts";
import { maintainLease } from "#realtime/lease.ts";
import { openMetrics } from "#realtime/metrics.ts";
import { Peers } from "#realtime/peers.ts";
import { PusherApps } from "#realtime/pusher/apps.ts";
import type { HttpApiOptions } from "#realtime/pusher/http-api.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { Webhooks } from "#realtime/pusher/webhooks.ts";
import { openSockets, type SocketServer } from "#realtime/sockets.ts";
import { openSql, type Sql } from "#server/db/sql.ts";
import { storingLastSeen } from "#server/realtime/last-seen.ts";
import { Express } from "#server/rpc/express.ts";

const revalidateIntervalMs = 30_000;
/** Longest delay of a change that was committed without a notification. */
const outboxPollIntervalMs = 1_000;

export type Worker = {
  port: number;
  /** Adds, changes and removes apps of other backends. */
  changeApps(apps: readonly AppSettings[]): void;
  close(): Promise<void>;
};

/** Connects the state machines (hub, sessions, apps) with sockets, bus and database. */
export async function startWorker(config: Config): Promise<Worker> {
  const isDirect = config.databaseUrl === config.databaseUrlDirect;
  const sql = openSql(config.databaseUrl, 4, isDirect);
  const expressSql = openSql(config.databaseUrl, 1, isDirect);
  // Closed in reverse order, also when the start fails halfway.
  const parts: { close(): unknown }[] = [sql, expressSql].map((pool) => ({ close: () => pool.end({ timeout: 2 }) }));
  const close = async () => {
    for (const part of parts.splice(0).reverse()) await part.close();
  };
  try {
    return { ...(await start(config, { sql, expressSql }, parts)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  config: Config,
  { sql, expressSql }: { sql: Sql; expressSql: Sql },
  parts: { close(): unknown }[],
): Promise<Omit<Worker, "close">> {
  let bus: Bus | undefined;
  let sockets: SocketServer | undefined;
  const isHealthy = () => bus?.isHealthy() ?? false;
  const workerId = crypto.randomUUID();
  const apps = new PusherApps(sql, workerId);
  apps.reconfigure(config.apps);
  const announce = storingLastSeen(config.id, apps.announce);
  const connections = () =>
    sockets ? Object.fromEntries([chat, ...apps.all].map((app) => [app.id, sockets?.count(app) ?? 0])) : {};
  const metrics = openMetrics({ isHealthy, connections, slot: config.primary?.slot });
  const onEnvelope = (envelope: Envelope) => {
    metrics.counts.envelopes += 1;
    if ("app" in envelope && envelope.app !== config.id) apps.onEnvelope(envelope);
    else chat.onEnvelope(envelope);
  };
  const peers = new Peers(sql, workerId);
  const hasPeers = () => peers.count > 0;
  const express = new Express({
    sql: expressSql,
    workerId,
    hasPeers,
    apply: (payload) => readPayload(payload).forEach(onEnvelope),
  });
  parts.push(peers, express);
  const { origins } = config;
  const chat = new Chat({ sql, workerId, appId: config.id, announce, origins, isHealthy, metrics, express, hasPeers });

  bus = await openBus(config.databaseUrlDirect, sql, {
    isTold: (payload) => express.isTold(payload),
    ignores: (raw) => chat.hub.ignores(raw),
    onEnvelope,
    onReconnect: () => {
      void chat.resync();
      apps.resync();
    },
  });
  parts.push(bus, chat.reads, chat.presence.writer, chat.receipts, apps);
  const onLeaseLost = () => {
    chat.presence.writer.writeAll();
    apps.writeAll();
  };
  parts.push(await maintainLease(sql, workerId, announce, onLeaseLost));
  const webhooks = new Webhooks(sql, apps.settings);
  parts.push(webhooks);

  const api: HttpApiOptions = { sql, apps: apps.settings, chatId: config.id, publish: apps.publish };
  sockets = await openSockets({
    ...config,
    isHandedOver: config.primary !== undefined,
    appOf: (key) => (key === config.key ? chat : apps.ofKey(key)),
    answer: (request, response, url) => answerHttp(request, response, url, { config, api, metrics, isHealthy }),
    counts: metrics.counts,
  });
  const timers = [
    setInterval(() => void chat.revalidateSessions(), revalidateIntervalMs),
    setInterval(() => void chat.pollOutbox(), outboxPollIntervalMs),
  ];
  parts.push(sockets, { close: () => timers.map(clearInterval) });
  const detach = config.primary?.attach({
    accept: sockets.accept,
    state: () => ({ connections: sockets?.size() ?? 0, isHealthy: isHealthy() }),
    metrics: metrics.json,
  });
  if (detach) parts.push({ close: detach });
  const changeApps = (list: readonly AppSettings[]) => {
    apps.reconfigure(list);
    webhooks.reconfigure();
  };
  return { port: sockets.port, changeApps };
}
