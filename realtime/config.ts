import { appsOf } from "#realtime/pusher/apps-file.ts";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { readInheritedSocket } from "#realtime/supervised.ts";
import { readEnv } from "#server/realtime/database.ts";

export type Config = {
  /** 0 lets the system choose (tests). */
  port: number;
  /** A socket that a supervisor holds open; then port and address are its own. */
  inheritedSocket?: number | undefined;
  /** Every address of the machine when it is undefined. */
  bindAddress?: string | undefined;
  /**
   * What stands before `/app/<key>` and `/apps/<id>`, for a proxy that leads a folder of its host here: "" or "/live".
   */
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

/** What the worker reads from the environment; `server/env/settings.ts` says what each variable means and checks it. */
export function readConfig(): Config {
  const workerEnv = readEnv("worker");
  return {
    port: workerEnv.workerPort,
    inheritedSocket: readInheritedSocket(),
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
