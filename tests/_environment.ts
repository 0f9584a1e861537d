/** The environment every test runs in. The secrets are random per run and live nowhere else. */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";

const hex = () => randomBytes(32).toString("hex");

export function testEnvironment(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_URL_DIRECT: databaseUrl,
    NEXTAUTH_SECRET: hex(),
    REALTIME_APP_ID: "1",
    REALTIME_KEY: hex(),
    REALTIME_SECRET: hex(),
    MEDIA_SECRET: hex(),
    // Made by the tests that need it, and taken away by them (tests/jobs/_media.ts).
    MEDIA_DIR: path.join(tmpdir(), `imchat-test-media-${randomBytes(6).toString("hex")}`),
    AUTH_TRUST_HOST: "true",
    IMCHAT_LOCAL: "1",
    // Tests write faster than people may. The tests of the limit itself set their own.
    MESSAGE_RATE_LIMIT: "100000",
    COMMUNITIES_PER_PERSON: "100000",
    LOG_LEVEL: "warn",
    WORKERS: "1",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
