import { expect, test } from "vitest";
import { readApps } from "#realtime/pusher/read-apps.ts";
import { parseEnv } from "#server/env.ts";

const complete = {
  DATABASE_URL: "postgresql://imchat:secret@db.example.com/imchat",
  NEXTAUTH_SECRET: "n".repeat(32),
  REALTIME_KEY: "key-of-the-app",
  REALTIME_SECRET: "r".repeat(32),
  MEDIA_SECRET: "m".repeat(32),
};

test("what is not set has its documented value", () => {
  expect(parseEnv(complete)).toMatchObject({
    port: 3000,
    workerPort: 6001,
    databaseUrlDirect: complete.DATABASE_URL,
    nextauthUrl: undefined,
    realtimeAppId: "1",
    corsOrigins: [],
    messageRateLimit: 20,
    communitiesPerPerson: 5,
    walletInitialBalance: 10_000,
    logLevel: "info",
    production: false,
  });
});

test("a variable that is set to nothing counts as not set", () => {
  expect(parseEnv({ ...complete, PORT: "", NEXTAUTH_URL: "", DATABASE_URL_DIRECT: "" })).toEqual(parseEnv(complete));
});

test("every wrong variable is named, with what it must be", () => {
  const wrong = {
    ...complete,
    NEXTAUTH_SECRET: "short",
    REALTIME_SECRET: undefined,
    PORT: "x",
    MESSAGE_RATE_LIMIT: "0",
  };
  const parse = () =>
    parseEnv({ ...wrong, DATABASE_URL: "mysql://localhost/x", CORS_ORIGINS: "https://a.example/path" });
  expect(parse).toThrow(/NEXTAUTH_SECRET must be at least 32 characters/);
  expect(parse).toThrow(/REALTIME_SECRET is missing/);
  expect(parse).toThrow(/PORT must be a port number/);
  expect(parse).toThrow(/MESSAGE_RATE_LIMIT must be a whole number/);
  expect(parse).toThrow(/DATABASE_URL must be the address of a Postgres database/);
  expect(parse).toThrow(/CORS_ORIGINS must be origins/);
});

test.each([
  "https:chat.example.com",
  "https:/x",
  "https://",
  " https://a.example",
  "https://a b",
  "ht\ntps://a.example",
])("%j is no address that settings or webhooks take", (url) => {
  expect(() => parseEnv({ ...complete, NEXTAUTH_URL: url })).toThrow(/NEXTAUTH_URL must be/);
  const app = { id: "2", key: "a-key-of-2", secret: "x".repeat(16), webhooks: [{ url }] };
  expect(() => readApps(JSON.stringify([app]))).toThrow(/must be/);
  const [read] = readApps(JSON.stringify([{ ...app, webhooks: [{ url: "http://a.example:1/x" }] }]));
  expect(read?.webhooks[0]?.url).toBe("http://a.example:1/x");
});

test("the message never repeats a secret", () => {
  let message = "";
  try {
    parseEnv({ ...complete, NEXTAUTH_SECRET: "hunter2", DATABASE_URL: "mysql://me:hunter3@localhost/x" });
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain("NEXTAUTH_SECRET");
  expect(message).not.toMatch(/hunter[23]/);
});

test("origins are exact and come as a list", () => {
  const { corsOrigins } = parseEnv({ ...complete, CORS_ORIGINS: "https://a.example, http://localhost:5173" });
  expect(corsOrigins).toEqual(["https://a.example", "http://localhost:5173"]);
});

test("it is production on Vercel and with NODE_ENV=production, but not in a local npm start", () => {
  const there = { ...complete, NEXTAUTH_URL: "https://chat.example.com" };
  expect(parseEnv({ ...there, NODE_ENV: "production" }).production).toBe(true);
  expect(parseEnv({ ...complete, NODE_ENV: "production", IMCHAT_LOCAL: "1" }).production).toBe(false);
  expect(parseEnv({ ...there, VERCEL: "1", IMCHAT_LOCAL: "1" }).production).toBe(true);
});

test("production does not start without the address that people open; Vercel names its own", () => {
  expect(() => parseEnv({ ...complete, NODE_ENV: "production" })).toThrow(/NEXTAUTH_URL is missing/);
  expect(() => parseEnv({ ...complete, VERCEL: "1" })).toThrow(/NEXTAUTH_URL is missing/);
  const named = { VERCEL: "1", VERCEL_PROJECT_PRODUCTION_URL: "chat.example.com" };
  expect(parseEnv({ ...complete, ...named }).nextauthUrl).toBe("https://chat.example.com");
  expect(parseEnv({ ...complete, NODE_ENV: "production", IMCHAT_LOCAL: "1" }).nextauthUrl).toBeUndefined();
});
