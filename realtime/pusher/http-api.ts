import type { IncomingMessage, ServerResponse } from "node:http";
import { isChannelName, isSocketId, kindOf } from "#contracts/channels.ts";
import { batchBody, triggerBody } from "#contracts/pusher-api.ts";
import { ApiError, readBody, verifyRequest } from "#realtime/pusher/request.ts";
import { type AppSettings, appLimits } from "#realtime/pusher/settings.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { readCached, type TriggeredEvent, terminateUser } from "#server/realtime/app-events.ts";
import { type Occupancy, readMembers, readOccupancy } from "#server/realtime/presence.ts";

export type HttpApiOptions = {
  sql: Sql;
  apps: ReadonlyMap<string, AppSettings>;
  /** Id of the messenger's own app, which has another API. */
  chatId: string;
  publish: (triggered: TriggeredEvent) => Promise<void>;
};

type Call = { app: AppSettings; url: URL; body: Buffer };
type Answer = (options: HttpApiOptions, call: Call, ...params: string[]) => Promise<unknown>;

const routes: { method: string; path: RegExp; answer: Answer }[] = [
  { method: "POST", path: /^\/events$/, answer: trigger },
  { method: "POST", path: /^\/batch_events$/, answer: triggerBatch },
  { method: "POST", path: /^\/channels\/([^/]+)\/events$/, answer: triggerLegacy },
  { method: "GET", path: /^\/channels$/, answer: listChannels },
  { method: "GET", path: /^\/channels\/([^/]+)$/, answer: showChannel },
  { method: "GET", path: /^\/channels\/([^/]+)\/users$/, answer: listUsers },
  { method: "POST", path: /^\/users\/([^/]+)\/terminate_connections$/, answer: terminate },
];

/**
 * The HTTP API under `/apps/<id>`, for any Pusher server library. Reads from the database and publishes over the bus.
 */
export async function answerApi(
  options: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  path: string,
): Promise<void> {
  try {
    const [, id = "", rest = ""] = /^\/apps\/([^/]+)(\/.*)$/.exec(path) ?? [];
    const app = options.apps.get(id);
    if (!app && id === options.chatId) throw new ApiError(403, "this app is the messenger's own; call its typed API");
    if (!app) throw new ApiError(404, "no such app");
    const body = await readBody(request);
    verifyRequest(app, request.method ?? "GET", url, [url.pathname, path], body);
    if (!app.enabled) throw new ApiError(403, "the app is disabled");
    const route = routes.find((one) => one.method === request.method && one.path.test(rest));
    if (!route) throw new ApiError(404, "no such address");
    const names = (route.path.exec(rest) ?? []).slice(1).map(decode);
    const result = await route.answer(options, { app, url, body }, ...names);
    if (result === accepted) response.writeHead(202, { "content-type": "text/plain" }).end("202 ACCEPTED\n");
    else reply(response, 200, result);
  } catch (error) {
    if (error instanceof ApiError) return reply(response, error.status, { error: error.message });
    log.warn({ err: error }, "the HTTP API could not answer");
    reply(response, 503, { error: "not right now" });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  // The rest of a body that is too large was not read, so the connection cannot be reused.
  const extraHeaders = status === 413 ? { connection: "close" } : {};
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...extraHeaders })
    .end(JSON.stringify(body));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiError(400, "the address is not valid");
  }
}

type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

function read<T>(schema: Schema<T>, body: Buffer): T {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new ApiError(400, "the body is not JSON");
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new ApiError(400, "the body is not what this address takes");
  return result.data;
}

type EventBody = { name: string; data?: string | undefined; socket_id?: string | undefined };

function checkEvent({ name, data = "", socket_id }: EventBody, channels: string[]): void {
  if (name === "" || name.length > appLimits.eventName) throw new ApiError(400, "the name has 1 to 200 characters");
  if (/^pusher(_internal)?:/.test(name)) throw new ApiError(400, "names beginning with pusher: are reserved");
  if (Buffer.byteLength(data) > appLimits.eventBytes) throw new ApiError(413, "the data is larger than 10 KB");
  if (channels.length === 0) throw new ApiError(400, "the event names no channel");
  if (channels.length > appLimits.channelsPerTrigger) throw new ApiError(400, "at most 100 channels for one event");
  if (socket_id !== undefined && !isSocketId(socket_id)) throw new ApiError(400, "socket_id is not valid");
  const illegal = channels.find((channel) => !isChannelName(channel) && kindOf(channel) !== "user");
  if (illegal !== undefined) throw new ApiError(400, "a channel has a name that is not legal");
  if (channels.length > 1 && channels.some((channel) => kindOf(channel) === "encrypted")) {
    throw new ApiError(400, "an encrypted channel takes its events alone");
  }
}

const toTriggered = (
  app: AppSettings,
  { name, data = "", socket_id }: EventBody,
  channels: string[],
): TriggeredEvent => ({
  app: app.id,
  event: { channels, name, data, ...(socket_id === undefined ? {} : { except: socket_id }) },
  cached: true,
});

async function trigger(options: HttpApiOptions, { app, body }: Call): Promise<unknown> {
  const event = read(triggerBody, body);
  const channels = event.channels ?? (event.channel === undefined ? [] : [event.channel]);
  checkEvent(event, channels);
  for (const channel of channels) attributes(channel, undefined, event.info ?? "");
  await options.publish(toTriggered(app, event, channels));
  if (event.info === undefined) return {};
  return { channels: await infoOf(options, app, channels, event.info) };
}

const accepted = Symbol("202");

/** The deprecated address of old libraries: name and socket id are in the query, and the body is the data. */
async function triggerLegacy(options: HttpApiOptions, { app, url, body }: Call, channel = ""): Promise<unknown> {
  const [name = "", socketId] = ["name", "socket_id"].map((one) => url.searchParams.get(one) || undefined);
  const event = { name, data: body.toString(), socket_id: socketId };
  checkEvent(event, [channel]);
  await options.publish(toTriggered(app, event, [channel]));
  return accepted;
}

async function triggerBatch(options: HttpApiOptions, { app, body }: Call): Promise<unknown> {
  const { batch } = read(batchBody, body);
  if (batch.length > appLimits.eventsPerBatch) throw new ApiError(400, "at most 10 events in a batch");
  for (const event of batch) {
    checkEvent(event, [event.channel]);
    attributes(event.channel, undefined, event.info ?? "");
  }
  await Promise.all(batch.map((event) => options.publish(toTriggered(app, event, [event.channel]))));
  if (!batch.some((event) => event.info !== undefined)) return {};
  const infos = await Promise.all(
    batch.map(async ({ channel, info }) => {
      return info === undefined ? {} : (await infoOf(options, app, [channel], info))[channel];
    }),
  );
  return { batch: infos };
}

async function infoOf({ sql }: HttpApiOptions, app: AppSettings, channels: string[], info: string) {
  const found = new Map((await readOccupancy(sql, app.id, { channels })).map((one) => [one.channel, one]));
  return Object.fromEntries(channels.map((channel) => [channel, attributes(channel, found.get(channel), info)]));
}

/**
 * The requested attributes of a channel. Throws for attributes that the channel cannot have, so it is called before
 * anything is published.
 */
function attributes(channel: string, occupancy: Occupancy | undefined, info: string): Record<string, unknown> {
  const wanted = info.split(",");
  const isPresence = kindOf(channel) === "presence";
  if (wanted.includes("user_count") && !isPresence) throw new ApiError(400, "user_count is for presence channels");
  return {
    ...(wanted.includes("user_count") ? { user_count: occupancy?.users ?? 0 } : {}),
    ...(wanted.includes("subscription_count") ? { subscription_count: occupancy?.sockets ?? 0 } : {}),
  };
}

async function listChannels({ sql }: HttpApiOptions, { app, url }: Call): Promise<unknown> {
  const prefix = url.searchParams.get("filter_by_prefix") ?? "";
  const info = url.searchParams.get("info") ?? "";
  if (info.split(",").includes("user_count") && !prefix.startsWith("presence-")) {
    throw new ApiError(400, "user_count needs filter_by_prefix=presence-");
  }
  const found = await readOccupancy(sql, app.id, { prefix });
  return { channels: Object.fromEntries(found.map((one) => [one.channel, attributes(one.channel, one, info)])) };
}

async function showChannel({ sql }: HttpApiOptions, { app, url }: Call, channel = ""): Promise<unknown> {
  if (kindOf(channel) === null) throw new ApiError(400, "the channel has a name that is not legal");
  const info = url.searchParams.get("info") ?? "";
  const [occupancy] = await readOccupancy(sql, app.id, { channels: [channel] });
  const cached = info.split(",").includes("cache") ? await readCached(sql, app.id, channel) : undefined;
  return {
    occupied: occupancy !== undefined,
    ...attributes(channel, occupancy, info),
    ...(cached ? { cache: { data: cached.data, ttl: cached.secondsLeft } } : {}),
  };
}

async function listUsers({ sql }: HttpApiOptions, { app }: Call, channel = ""): Promise<unknown> {
  if (kindOf(channel) !== "presence") throw new ApiError(400, "only presence channels have users");
  const members = (await readMembers(sql, app.id, [channel])).get(channel) ?? [];
  return { users: members.map(({ userId }) => ({ id: userId })) };
}

async function terminate({ sql }: HttpApiOptions, { app }: Call, userId = ""): Promise<unknown> {
  await terminateUser(sql, app.id, userId);
  return {};
}
