/**
 * Everything the environment says, read once and checked. Nothing happens on import: the first `env()` reads it.
 *
 * `npm start`, `npm run dev` and `npm test` make local secrets and hand them over, together with IMCHAT_LOCAL=1. Anywhere
 * else they have to be set. A wrong or missing variable throws an EnvironmentError that lists each one and what to do.
 */
import { isIP } from "node:net";
import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";

const digits = (what: string) => z.string().check(z.regex(/^\d+$/, `must be ${what}`));
const whole = (least: number, most: number, what: string) =>
  z.pipe(
    digits(what),
    z.pipe(
      z.transform(Number),
      z.number().check(z.minimum(least, `must be ${what}`), z.maximum(most, `must be ${what}`)),
    ),
  );
const number = (fallback: number, least: number, most: number, what: string) =>
  z._default(whole(least, most, what), fallback);
const bytes = whole(0, Number.MAX_SAFE_INTEGER, "a whole number of bytes");
const port = (fallback: number) => number(fallback, 0, 65_535, "a port number");

const address = (what: string, protocols: string[]) =>
  z
    .string(`is missing; it must be ${what}`)
    .check(z.refine((text) => isAddress(text) && protocols.includes(new URL(text).protocol), `must be ${what}`));
/** With two slashes and without spaces: "https:chat.example.com" parses, and leads elsewhere. */
const isAddress = (text: string) => /^[a-z]+:\/\/[^\s\p{Cc}\\]+$/iu.test(text) && URL.canParse(text);
const databaseUrl = address("the address of a Postgres database, postgresql://user:password@host:port/database", [
  "postgresql:",
  "postgres:",
]);

/** As long as 32 random hexadecimal digits, which is where guessing ends. */
const secret = (least: number) => {
  const advice = `must be at least ${least} characters; "openssl rand -hex 32" makes a good one`;
  return z.string(`is missing; it ${advice}`).check(z.minLength(least, advice));
};

/** Exact origins: scheme, host and port, nothing after. "https://a.example/" would never equal what a browser sends. */
const origins = z._default(
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          (text) => splitList(text).every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
          "must be origins with commas between them, like https://chat.example.com,http://localhost:5173",
        ),
      ),
    z.transform(splitList),
  ),
  [],
);

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const variables = z.object({
  NODE_ENV: z._default(
    z.enum(["development", "production", "test"], "must be development, production or test"),
    "development",
  ),
  BIND_ADDRESS: z.optional(
    z.string().check(z.refine((text) => isIP(text) !== 0, "must be an IP address, like 127.0.0.1 or ::")),
  ),
  PORT: port(3000),
  WORKER_PORT: port(6001),
  WORKER_PATH: z._default(z.string().check(z.regex(/^(\/[A-Za-z0-9_-]+)*$/, "must be a path like /live")), ""),
  WORKER_CONNECTIONS: number(limits.socketsPerWorker, 1, 10_000_000, "a whole number of connections, 1 or more"),
  WORKER_CONNECTIONS_PER_ADDRESS: number(
    limits.socketsPerAddress,
    1,
    10_000_000,
    "a whole number of connections, 1 or more",
  ),
  WORKER_FRAMES_PER_SECOND: number(
    limits.socketFrames.perSecond,
    10,
    10_000_000,
    "a whole number of frames a second, 10 or more",
  ),
  JOBS_PORT: port(6002),
  DATABASE_URL: databaseUrl,
  DATABASE_URL_DIRECT: z.optional(databaseUrl),
  NEXTAUTH_URL: z.optional(address("the address people open, like https://chat.example.com", ["https:", "http:"])),
  TRUSTED_PROXIES: number(0, 0, 16, "the number of proxies in front of this process, 0 to 16"),
  NEXTAUTH_SECRET: secret(32),
  REALTIME_URL: z.optional(
    address("the address of the worker, like wss://live.example.com", ["wss:", "ws:", "https:", "http:"]),
  ),
  REALTIME_APP_ID: z._default(digits("a number"), "1"),
  REALTIME_KEY: secret(8),
  REALTIME_SECRET: secret(32),
  REALTIME_SECRET_PREVIOUS: z.optional(secret(32)),
  /** JSON; `realtime/pusher/read-apps.ts` reads it, because only the worker has apps. */
  PUSHER_APPS: z._default(z.string(), "[]"),
  PUSHER_APPS_FILE: z.optional(z.string()),
  MEDIA_URL: z.optional(
    address("the address of the media server, like https://media.example.com", ["https:", "http:"]),
  ),
  MEDIA_SECRET: secret(32),
  MEDIA_SECRET_PREVIOUS: z.optional(secret(32)),
  MEDIA_STORAGE: z._default(z.enum(["disk", "s3"], "must be disk or s3"), "disk"),
  MEDIA_DIR: z._default(z.string(), ".data/media"),
  MEDIA_QUOTA_BYTES: z._default(bytes, 10_000_000_000),
  MEDIA_TOTAL_BYTES: z.optional(bytes),
  S3_ENDPOINT: z.optional(address("the address of the storage, like https://s3.example.com", ["https:", "http:"])),
  S3_REGION: z._default(z.string(), "auto"),
  S3_BUCKET: z.optional(z.string()),
  S3_ACCESS_KEY: z.optional(z.string()),
  S3_SECRET_KEY: z.optional(z.string()),
  PREVIEW_HOSTS: z._default(z.pipe(z.string(), z.transform(splitList)), []),
  METRICS_TOKEN: z.optional(secret(16)),
  CORS_ORIGINS: origins,
  SEND_RATE: number(20, 1, 1_000_000, "a whole number of messages a second, 1 or more"),
  COMMUNITIES_PER_PERSON: number(5, 0, 100_000, "a whole number, 0 or more"),
  WALLET_WELCOME: number(10_000, 0, 1_000_000_000, "a whole number of cents, 0 or more"),
  LOG_LEVEL: z._default(z.enum(levels, `must be one of ${levels.join(", ")}`), "info"),
});

export type Env = {
  /** The address that the worker and the jobs process listen on. Undefined: every address of the machine. */
  bindAddress: string | undefined;
  port: number;
  workerPort: number;
  workerPath: string;
  /** What one worker takes, at once and a second. */
  workerLimits: { connections: number; connectionsPerAddress: number; framesPerSecond: number };
  /** May go through a pooler. */
  databaseUrl: string;
  /** Straight to Postgres: LISTEN and migrations need a session of their own. */
  databaseUrlDirect: string;
  /** Always set in production. */
  nextauthUrl: string | undefined;
  /** How many entries of X-Forwarded-For, from the right, were written by proxies of ours. */
  trustedProxies: number;
  nextauthSecret: string;
  realtimeUrl: string | undefined;
  realtimeAppId: string;
  realtimeKey: string;
  realtimeSecret: string;
  realtimeSecretPrevious: string | undefined;
  pusherApps: string;
  /** A file with more of them, read again whenever it changes. */
  pusherAppsFile: string | undefined;
  jobsPort: number;
  /** Undefined: the host that was asked, `jobsPort`. */
  mediaUrl: string | undefined;
  mediaSecret: string;
  mediaSecretPrevious: string | undefined;
  /** Where the disk of the jobs process keeps files, or the bucket that does. */
  storage: { type: "disk"; directory: string } | ({ type: "s3" } & S3Settings);
  mediaQuotaBytes: number;
  /** Of all people together. Undefined: no bound but the disk's. */
  mediaTotalBytes: number | undefined;
  /** `host` or `host:port`: what link previews may reach although it is not on the public internet. */
  previewHosts: string[];
  /** Who may read the worker's metrics from another machine. */
  metricsToken: string | undefined;
  corsOrigins: string[];
  sendRate: number;
  communitiesPerPerson: number;
  /** Play credits, in cents, that each person begins with. */
  walletWelcome: number;
  logLevel: (typeof levels)[number];
  /** Real people use it: no demo accounts, no seed. False for a local `npm start`, which hands its own secrets over. */
  production: boolean;
};

export type S3Settings = { endpoint: string; region: string; bucket: string; accessKey: string; secretKey: string };

export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/** Reads one environment. `env()` is this on `process.env`, remembered. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // A variable that is set to nothing counts as not set: that is how hosts and .env files spell it.
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = variables.safeParse(filled);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new EnvironmentError(
      `The environment is not complete:\n${lines.join("\n")}\n` +
        "Set them (.env.example explains each), or use npm start or npm run dev, which make what a local run needs.",
    );
  }
  const read = result.data;
  const production = Boolean(filled.VERCEL) || (read.NODE_ENV === "production" && filled.IMCHAT_LOCAL !== "1");
  const nextauthUrl = read.NEXTAUTH_URL ?? vercelUrl(filled);
  if (production && !nextauthUrl) {
    throw new EnvironmentError(
      "NEXTAUTH_URL is missing: in production it must be the address people open, like https://chat.example.com. Cookies, " +
        "origins and links depend on it.",
    );
  }
  return {
    bindAddress: read.BIND_ADDRESS,
    port: read.PORT,
    workerPort: read.WORKER_PORT,
    workerPath: read.WORKER_PATH,
    workerLimits: {
      connections: read.WORKER_CONNECTIONS,
      connectionsPerAddress: read.WORKER_CONNECTIONS_PER_ADDRESS,
      framesPerSecond: read.WORKER_FRAMES_PER_SECOND,
    },
    databaseUrl: read.DATABASE_URL,
    databaseUrlDirect: read.DATABASE_URL_DIRECT ?? read.DATABASE_URL,
    nextauthUrl,
    // Vercel's own proxy always stands in front there, and drops what a client sent.
    trustedProxies: filled.TRUSTED_PROXIES === undefined && filled.VERCEL ? 1 : read.TRUSTED_PROXIES,
    nextauthSecret: read.NEXTAUTH_SECRET,
    realtimeUrl: read.REALTIME_URL,
    realtimeAppId: read.REALTIME_APP_ID,
    realtimeKey: read.REALTIME_KEY,
    realtimeSecret: read.REALTIME_SECRET,
    realtimeSecretPrevious: read.REALTIME_SECRET_PREVIOUS,
    pusherApps: read.PUSHER_APPS,
    pusherAppsFile: read.PUSHER_APPS_FILE,
    jobsPort: read.JOBS_PORT,
    mediaUrl: read.MEDIA_URL,
    mediaSecret: read.MEDIA_SECRET,
    mediaSecretPrevious: read.MEDIA_SECRET_PREVIOUS,
    storage: storageOf(read),
    mediaQuotaBytes: read.MEDIA_QUOTA_BYTES,
    mediaTotalBytes: read.MEDIA_TOTAL_BYTES,
    previewHosts: read.PREVIEW_HOSTS,
    metricsToken: read.METRICS_TOKEN,
    corsOrigins: read.CORS_ORIGINS,
    sendRate: read.SEND_RATE,
    communitiesPerPerson: read.COMMUNITIES_PER_PERSON,
    walletWelcome: read.WALLET_WELCOME,
    logLevel: read.LOG_LEVEL,
    production,
  };
}

/** Vercel names the address of the production deployment itself. */
function vercelUrl({ VERCEL, VERCEL_PROJECT_PRODUCTION_URL: host }: Record<string, string | undefined>) {
  return VERCEL && host ? `https://${host}` : undefined;
}

function storageOf(read: z.infer<typeof variables>): Env["storage"] {
  if (read.MEDIA_STORAGE === "disk") return { type: "disk", directory: read.MEDIA_DIR };
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY } = read;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY || !S3_SECRET_KEY) {
    throw new EnvironmentError(
      "MEDIA_STORAGE is s3, so S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY must be set.",
    );
  }
  const endpoint = S3_ENDPOINT.replace(/\/$/, "");
  return {
    type: "s3",
    endpoint,
    region: S3_REGION,
    bucket: S3_BUCKET,
    accessKey: S3_ACCESS_KEY,
    secretKey: S3_SECRET_KEY,
  };
}

let remembered: Env | undefined;

export function env(): Env {
  remembered ??= parseEnv(process.env);
  return remembered;
}
