/**
 * The secrets of a local run: made once, kept in `.data/secrets.json` (0600), so that a restart signs no one out.
 * They never leave this machine; a deployment sets its own (see server/env.ts).
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writePrivately } from "#scripts/private-file.ts";

export const secretNames = ["NEXTAUTH_SECRET", "REALTIME_KEY", "REALTIME_SECRET", "MEDIA_SECRET"] as const;
export type Secrets = Record<(typeof secretNames)[number], string>;

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

export function localSecrets(dataDirectory: string): Secrets {
  const file = path.join(dataDirectory, "secrets.json");
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const secrets = {
    NEXTAUTH_SECRET: hex(32),
    REALTIME_KEY: hex(10),
    REALTIME_SECRET: hex(32),
    MEDIA_SECRET: hex(32),
    ...kept,
  };
  mkdirSync(dataDirectory, { recursive: true });
  writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
