import { env } from "#server/live/database.ts";

export type Config = {
  /** 0 lets the system choose (tests). */
  port: number;
  key: string;
  /** What stands before `/app/<key>` and `/apps/<id>`, for a proxy that leads a folder of its host here: "" or "/live". */
  path: string;
  databaseUrl: string;
  databaseUrlDirect: string;
  /** Origins that may open a socket, besides pages served from the same host name. */
  origins: string[];
};

/** What the worker reads from the environment; `server/env.ts` says what each variable means and checks it. */
export function readConfig(): Config {
  const { workerPort, workerPath, realtimeKey, databaseUrl, databaseUrlDirect, nextauthUrl, corsOrigins } = env();
  return {
    port: workerPort,
    key: realtimeKey,
    path: workerPath,
    databaseUrl,
    databaseUrlDirect,
    origins: [...(nextauthUrl ? [new URL(nextauthUrl).origin] : []), ...corsOrigins],
  };
}
