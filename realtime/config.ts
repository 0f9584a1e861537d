import { openPrimaryLink, type PrimaryLink } from "#realtime/cluster/primary-link.ts";
import { appsOf } from "#realtime/pusher/apps-file.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { readInheritedSocket } from "#realtime/supervised.ts";
import { readEnv } from "#server/env.ts";

export type Config = {
  /** 0 lets the system choose (tests). */
  port: number;
  /** File descriptor of a listening socket that a supervisor opened; then `port` and `bindAddress` are not used. */
  inheritedSocket?: number | undefined;
  /** The channel to the primary that listens for this worker; then `port` and the inherited socket are the primary's. */
  primary?: PrimaryLink | undefined;
  /** Undefined: all addresses of the machine. */
  bindAddress?: string | undefined;
  /**
   * Path before `/app/<key>` and `/apps/<id>`, for a proxy that forwards only one folder of its host: "" or "/live".
   */
  path: string;
  /** Number of proxies in front that report client addresses; undefined: none. */
  trustedProxies?: number | undefined;
  /** Undefined: the defaults in `contracts/limits.ts`. */
  limits?: SocketLimits | undefined;
  /** The messenger's own app. */
  id: string;
  key: string;
  databaseUrl: string;
  databaseUrlDirect: string;
  /** Origins that may open a socket to the messenger's app, besides pages served from the same host name. */
  origins: string[];
  /** Bearer token that permits reading `/metrics` from another machine. */
  metricsToken?: string | undefined;
  /** Apps of other backends. */
  apps: AppSettings[];
};

/** Reads the worker's settings from the environment. `server/env/settings.ts` describes and validates each variable. */
export function readConfig(): Config {
  const workerEnv = readEnv("worker");
  return {
    port: workerEnv.workerPort,
    inheritedSocket: readInheritedSocket(),
    primary: openPrimaryLink(),
    bindAddress: workerEnv.bindAddress,
    path: workerEnv.workerPath,
    trustedProxies: workerEnv.trustedProxies,
    limits: workerEnv.workerLimits,
    id: workerEnv.realtimeAppId,
    key: workerEnv.realtimeKey,
    databaseUrl: workerEnv.databaseUrl,
    databaseUrlDirect: workerEnv.databaseUrlDirect,
    origins: [...(workerEnv.nextauthUrl ? [new URL(workerEnv.nextauthUrl).origin] : []), ...workerEnv.corsOrigins],
    metricsToken: workerEnv.metricsToken,
    apps: appsOf(workerEnv),
  };
}
