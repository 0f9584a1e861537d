import type { Socket } from "#realtime/connection.ts";
import { reportWebhook } from "#realtime/pusher/announce.ts";
import type { Channel } from "#realtime/pusher/channel.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { toWire } from "#realtime/wire-frame.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { type CachedEvent, readCached } from "#server/realtime/app-events.ts";

/**
 * Sends a new subscriber of a cache channel its last event, or says that there is none. An event that arrived while the
 * cached one was being read is newer, so the cached one is not sent.
 */
export async function sendCached(
  sql: Sql,
  settings: AppSettings,
  { socket, channel }: { socket: Socket; channel: Channel },
): Promise<void> {
  const eventCount = channel.eventCount;
  let cached: CachedEvent | undefined;
  try {
    cached = await readCached(sql, settings.id, channel.name);
  } catch (error) {
    log.warn({ err: error }, "a cached event could not be read");
    return;
  }
  const subscriber = channel.sockets.get(socket);
  if (!subscriber || channel.eventCount !== eventCount) return;
  if (cached) {
    subscriber.cached = cached.nonce;
    socket.push(toWire(JSON.stringify({ event: cached.name, channel: channel.name, data: cached.data })));
    return;
  }
  socket.push(JSON.stringify({ event: "pusher:cache_miss", channel: channel.name }));
  reportWebhook(sql, settings, "cache_miss", channel.name, "", {});
}
