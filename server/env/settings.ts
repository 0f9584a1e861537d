/**
 * Every setting there is. Which process reads which is said in `processes.ts`, what each means to operators in
 * `.env.example`.
 */
import { availableParallelism } from "node:os";
import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import {
  address,
  byteCount,
  databaseUrl,
  digits,
  ipAddress,
  list,
  number,
  optionalByteCount,
  optionalText,
  origins,
  port,
  secret,
  text,
  webAddress,
} from "#server/env/fields.ts";
import { combined, EnvironmentError, type Source, variable } from "#server/env/setting.ts";

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const nodeEnv = z._default(
  z.enum(["development", "production", "test"], "must be development, production or test"),
  "development",
);
const connections = (fallback: number) => number(fallback, 1, 10_000_000, "a whole number of connections, 1 or more");
/** The password of a role that `npm run db:deploy` makes. */
const rolePassword = z.optional(secret(16));

/** Every worker reads every notification, so more of them are for the operator to decide. On Windows never tried. */
const maxDefaultWorkers = 8;
const defaultWorkers = () => (process.platform === "win32" ? 1 : Math.min(maxDefaultWorkers, availableParallelism()));

export type S3Settings = { endpoint: string; region: string; bucket: string; accessKey: string; secretKey: string };
type StorageSettings = { type: "disk"; directory: string } | ({ type: "s3" } & S3Settings);

export const settings = {
  /** The address that the worker and the jobs process listen on. Undefined: every address of the machine. */
  bindAddress: variable("BIND_ADDRESS", ipAddress),
  port: variable("PORT", port(3000)),
  workerPort: variable("WORKER_PORT", port(6001)),
  workerPath: variable(
    "WORKER_PATH",
    z._default(z.string().check(z.regex(/^(\/[A-Za-z0-9_-]+)*$/, "must be a path like /live")), ""),
  ),
  /** Processes that serve the worker's port. */
  workers: variable("WORKERS", number(defaultWorkers(), 1, 256, "a whole number of worker processes, 1 to 256")),
  /** What one worker takes, at once and a second. */
  workerLimits: combined(
    {
      WORKER_CONNECTIONS: connections(limits.socketsPerWorker),
      WORKER_CONNECTIONS_PER_ADDRESS: connections(limits.socketsPerAddress),
      WORKER_FRAMES_PER_SECOND: number(
        limits.socketFrames.perSecond,
        10,
        10_000_000,
        "a whole number of frames a second, 10 or more",
      ),
    },
    (read) => ({
      connections: read.WORKER_CONNECTIONS,
      connectionsPerAddress: read.WORKER_CONNECTIONS_PER_ADDRESS,
      framesPerSecond: read.WORKER_FRAMES_PER_SECOND,
    }),
  ),
  jobsPort: variable("JOBS_PORT", port(6002)),
  /** May go through a pooler. */
  databaseUrl: variable("DATABASE_URL", databaseUrl),
  /** Straight to Postgres: LISTEN and migrations need a session of their own. */
  databaseUrlDirect: combined(
    { DATABASE_URL: databaseUrl, DATABASE_URL_DIRECT: z.optional(databaseUrl) },
    (read) => read.DATABASE_URL_DIRECT ?? read.DATABASE_URL,
  ),
  /** A user who may make roles, where that is not the owner. */
  databaseAdminUrl: variable("DATABASE_ADMIN_URL", z.optional(databaseUrl)),
  rolePasswords: combined(
    {
      WEB_DATABASE_PASSWORD: rolePassword,
      WORKER_DATABASE_PASSWORD: rolePassword,
      JOBS_DATABASE_PASSWORD: rolePassword,
    },
    (read) => ({
      web: read.WEB_DATABASE_PASSWORD,
      worker: read.WORKER_DATABASE_PASSWORD,
      jobs: read.JOBS_DATABASE_PASSWORD,
    }),
  ),
  /** Always set in production. */
  nextauthUrl: combined(
    { NODE_ENV: nodeEnv, NEXTAUTH_URL: webAddress("the address people open, like https://chat.example.com") },
    (read, source) => read.NEXTAUTH_URL ?? vercelUrl(source) ?? refuseWithoutAddress(read.NODE_ENV, source),
  ),
  /** How many entries of X-Forwarded-For, from the right, were written by proxies of ours. */
  trustedProxies: combined(
    { TRUSTED_PROXIES: number(0, 0, 16, "the number of proxies in front of this process, 0 to 16") },
    // Vercel's own proxy always stands in front there, and drops what a client sent.
    (read, source) => (source.TRUSTED_PROXIES === undefined && source.VERCEL ? 1 : read.TRUSTED_PROXIES),
  ),
  nextauthSecret: variable("NEXTAUTH_SECRET", secret(32)),
  realtimeUrl: variable(
    "REALTIME_URL",
    z.optional(address("the address of the worker, like wss://live.example.com", ["wss:", "ws:", "https:", "http:"])),
  ),
  realtimeAppId: variable("REALTIME_APP_ID", z._default(digits("a number"), "1")),
  realtimeKey: variable("REALTIME_KEY", secret(8)),
  realtimeSecret: variable("REALTIME_SECRET", secret(32)),
  realtimeSecretPrevious: variable("REALTIME_SECRET_PREVIOUS", z.optional(secret(32))),
  /** JSON; `realtime/pusher/read-apps.ts` reads it, because only the worker has apps. */
  pusherApps: variable("PUSHER_APPS", text("[]")),
  /** A file with more of them, read again whenever it changes. */
  pusherAppsFile: variable("PUSHER_APPS_FILE", optionalText),
  /** Undefined: the host that was asked, `jobsPort`. */
  mediaUrl: variable("MEDIA_URL", webAddress("the address of the media server, like https://media.example.com")),
  mediaSecret: variable("MEDIA_SECRET", secret(32)),
  mediaSecretPrevious: variable("MEDIA_SECRET_PREVIOUS", z.optional(secret(32))),
  /** Where the disk of the jobs process keeps files, or the bucket that does. */
  storage: combined(
    {
      MEDIA_STORAGE: z._default(z.enum(["disk", "s3"], "must be disk or s3"), "disk"),
      MEDIA_DIR: text(".data/media"),
      S3_ENDPOINT: webAddress("the address of the storage, like https://s3.example.com"),
      S3_REGION: text("auto"),
      S3_BUCKET: optionalText,
      S3_ACCESS_KEY: optionalText,
      S3_SECRET_KEY: optionalText,
    },
    (read): StorageSettings => {
      if (read.MEDIA_STORAGE === "disk") return { type: "disk", directory: read.MEDIA_DIR };
      const {
        S3_ENDPOINT,
        S3_REGION: region,
        S3_BUCKET: bucket,
        S3_ACCESS_KEY: accessKey,
        S3_SECRET_KEY: secretKey,
      } = read;
      if (!S3_ENDPOINT || !bucket || !accessKey || !secretKey) {
        throw new EnvironmentError(
          "MEDIA_STORAGE is s3, so S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY must be set.",
        );
      }
      return { type: "s3", endpoint: S3_ENDPOINT.replace(/\/$/, ""), region, bucket, accessKey, secretKey };
    },
  ),
  mediaQuotaBytes: variable("MEDIA_QUOTA_BYTES", byteCount(10_000_000_000)),
  /** Of all people together. Undefined: no bound but the disk's. */
  mediaTotalBytes: variable("MEDIA_TOTAL_BYTES", optionalByteCount),
  /** `host` or `host:port`: what link previews may reach although it is not on the public internet. */
  linkPreviewAllowedHosts: variable("LINK_PREVIEW_ALLOWED_HOSTS", list),
  /** Who may read the worker's metrics from another machine. */
  metricsToken: variable("METRICS_TOKEN", z.optional(secret(16))),
  corsOrigins: variable("CORS_ORIGINS", origins),
  messageRateLimit: variable(
    "MESSAGE_RATE_LIMIT",
    number(20, 1, 1_000_000, "a whole number of messages a second, 1 or more"),
  ),
  communitiesPerPerson: variable("COMMUNITIES_PER_PERSON", number(5, 0, 100_000, "a whole number, 0 or more")),
  /** Play credits, in cents, that each person begins with. */
  walletInitialBalance: variable(
    "WALLET_INITIAL_BALANCE",
    number(10_000, 0, 1_000_000_000, "a whole number of cents, 0 or more"),
  ),
  logLevel: variable("LOG_LEVEL", z._default(z.enum(levels, `must be one of ${levels.join(", ")}`), "info")),
  /** Real people use it: no demo accounts, no seed. False for a local `npm start`, which hands its own secrets over. */
  production: combined({ NODE_ENV: nodeEnv }, (read, source) => isProduction(read.NODE_ENV, source)),
};

const isProduction = (mode: string, source: Source) =>
  Boolean(source.VERCEL) || (mode === "production" && source.IMCHAT_LOCAL !== "1");

/** Vercel names the address of the production deployment itself. */
const vercelUrl = ({ VERCEL, VERCEL_PROJECT_PRODUCTION_URL: host }: Source) =>
  VERCEL && host ? `https://${host}` : undefined;

function refuseWithoutAddress(mode: string, source: Source): undefined {
  if (!isProduction(mode, source)) return undefined;
  throw new EnvironmentError(
    "NEXTAUTH_URL is missing: in production it must be the address people open, like https://chat.example.com. Cookies, " +
      "origins and links depend on it.",
  );
}
