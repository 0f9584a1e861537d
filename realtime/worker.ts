import type { IncomingMessage, ServerResponse } from "node:http";
import { type Bus, openBus } from "#realtime/bus.ts";
import { Chat } from "#realtime/chat.ts";
import type { Config } from "#realtime/config.ts";
import { openSockets, type SocketServer } from "#realtime/sockets.ts";
import { openSql } from "#server/live/database.ts";

const recheckEvery = 30_000;
/** What Postgres had no room to notify of is told within this. */
const lookForUntoldEvery = 1_000;

export type Worker = { port: number; close(): Promise<void> };

/** Wires the machines (hub, sessions, apps) to the world (sockets, bus, tables). */
export async function startWorker(config: Config): Promise<Worker> {
  const sql = openSql(config.databaseUrl, 4, config.databaseUrl === config.databaseUrlDirect);
  let bus: Bus | undefined;
  let sockets: SocketServer | undefined;
  const hearing = () => bus?.hearing() ?? false;
  const chat = new Chat(sql, config.origins, hearing);
  const close = async () => {
    await sockets?.close();
    chat.reads.close();
    await bus?.close();
    await sql.end({ timeout: 2 });
  };
  try {
    bus = await openBus(config.databaseUrlDirect, sql, {
      hear: (envelope) => chat.act(chat.hub.hear(envelope)),
      relistened: () => {
        void chat.reads.compare();
        void chat.recheck();
      },
    });
    sockets = await openSockets({
      port: config.port,
      path: config.path,
      appOf: (key) => (key === config.key ? chat : undefined),
      answer: (request, response, url) => answer(request, response, url, hearing()),
    });
  } catch (error) {
    await close();
    throw error;
  }
  const timers = [
    setInterval(() => void chat.recheck(), recheckEvery),
    setInterval(() => void chat.reads.lookForUntold(), lookForUntoldEvery),
  ];
  return {
    port: sockets.port,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await close();
    },
  };
}

function answer(_request: IncomingMessage, response: ServerResponse, url: URL, hearing: boolean): void {
  const { status, body } = answerHealth(url.pathname, hearing);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(body);
}

function answerHealth(path: string, hearing: boolean): { status: number; body: string } {
  if (path === "/healthz") return { status: 200, body: '{"ok":true}' };
  if (path === "/readyz") return { status: hearing ? 200 : 503, body: JSON.stringify({ ok: hearing }) };
  return { status: 404, body: '{"ok":false}' };
}
