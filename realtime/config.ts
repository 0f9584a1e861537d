import * as z from "zod/mini";
import { isWebAddress } from "#contracts/web-address.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { heldSocket } from "#realtime/supervised.ts";
import { EnvironmentError, env } from "#server/live/database.ts";

export type Config = {
  /** 0 lets the system choose (tests). */
  port: number;
  /** A socket that a supervisor holds open; then port and address are its own. */
  heldSocket?: number | undefined;
  /** Every address of the machine when it is undefined. */
  bindAddress?: string | undefined;
  /** What stands before `/app/<key>` and `/apps/<id>`, for a proxy that leads a folder of its host here: "" or "/live". */
  path: string;
  /** What stands in front and tells the addresses of clients; none when it is undefined. */
  trustedProxies?: number | undefined;
  /** Those of `contracts/limits.ts` when it is undefined. */
  limits?: SocketLimits | undefined;
  /** Our own app. */
  id: string;
  key: string;
  databaseUrl: string;
  databaseUrlDirect: string;
  /** Origins that may open a socket to our own app, besides pages served from the same host name. */
  origins: string[];
  /** Who may read `/metrics` from another machine. */
  metricsToken?: string | undefined;
  /** Apps of other backends. */
  apps: AppSettings[];
};

const hookEvents = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
] as const;

const webhook = z.object({
  url: z.string().check(z.refine(isWebAddress, "must be an address with a host, like https://example.com/hook")),
  events: z._default(z.array(z.enum(hookEvents)), [...hookEvents]),
  headers: z._default(
    z.record(z.string().check(z.regex(/^[A-Za-z0-9-]+$/)), z.string().check(z.regex(/^[\x20-\x7e]*$/))),
    {},
  ),
});

/** Digits, because server libraries read the id out of an address with parseInt. */
const app = z.strictObject({
  id: z.string().check(z.regex(/^\d+$/)),
  key: z.string().check(z.regex(/^[A-Za-z0-9_-]{8,}$/)),
  secret: z.string().check(z.minLength(16)),
  secretPrevious: z.optional(z.string().check(z.minLength(16))),
  origins: z._default(z.union([z.literal("any"), z.array(z.string())]), "any"),
  clientEvents: z._default(z.boolean(), false),
  authorizedConnections: z._default(z.boolean(), false),
  maxConnections: z._default(z.int().check(z.positive()), 10_000),
  maxPresenceMembers: z._default(z.int().check(z.positive()), 100),
  webhooks: z._default(z.array(webhook), []),
});

/** What the worker reads from the environment; `server/env.ts` says what each variable means and checks it. */
export function readConfig(): Config {
  const said = env();
  return {
    port: said.workerPort,
    heldSocket: heldSocket(),
    bindAddress: said.bindAddress,
    path: said.workerPath,
    trustedProxies: said.trustedProxies,
    limits: said.workerLimits,
    id: said.realtimeAppId,
    key: said.realtimeKey,
    databaseUrl: said.databaseUrl,
    databaseUrlDirect: said.databaseUrlDirect,
    origins: [...(said.nextauthUrl ? [new URL(said.nextauthUrl).origin] : []), ...said.corsOrigins],
    metricsToken: said.metricsToken,
    apps: readApps(said.pusherApps, said.realtimeAppId, said.realtimeKey),
  };
}

/** Throws an EnvironmentError that names the app and the field. */
export function readApps(text: string, ownId: string, ownKey: string): AppSettings[] {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new EnvironmentError("PUSHER_APPS is not JSON; it must be a list of apps, see .env.example");
  }
  const read = z.safeParse(z.array(app), said);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `  PUSHER_APPS ${issue.path.join(".")} ${issue.message}`);
    throw new EnvironmentError(`The apps are not complete:\n${lines.join("\n")}`);
  }
  const ids = [ownId, ...read.data.map((one) => one.id)];
  const keys = [ownKey, ...read.data.map((one) => one.key)];
  if (new Set(ids).size < ids.length || new Set(keys).size < keys.length) {
    throw new EnvironmentError(
      "PUSHER_APPS: two apps have the same id or key (REALTIME_APP_ID and REALTIME_KEY count)",
    );
  }
  return read.data;
}
