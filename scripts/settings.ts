/**
 * What a local run is started with: the environment, `.env` where it says nothing, and the local secrets where neither
 * does. `start`, `dev` and `doctor` use it.
 */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { localSecrets, secretNames } from "#scripts/secrets.ts";

export const root = path.resolve(import.meta.dirname, "..");
export const dataDirectory = path.join(root, ".data");

export type Settings = {
  /** What the three processes listen on: this machine alone unless BIND_ADDRESS says otherwise. */
  bindAddress: string;
  port: number;
  workerPort: number;
  jobsPort: number;
  /** Undefined: the built-in Postgres. */
  databaseUrl: string | undefined;
  /** On this machine only, with secrets of ours: demo accounts are welcome. */
  local: boolean;
  /** What the children get, without the database. */
  environment: Record<string, string>;
};

const loopback = new Set(["localhost", "127.0.0.1", "[::1]", "::1", ""]);

/** Reads `.env` without overriding what is set. Node 20.12 and later can do that on its own. */
function loadEnvFile(): void {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

function portOf(name: string, fallback: number): number {
  const text = process.env[name] || String(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name}=${text} is not a port number. Give one from 1 to 65535, for example ${name}=${fallback}.`);
}

export function readSettings(): Settings {
  loadEnvFile();
  // Other users cannot list it, but the user that Postgres runs as must be able to enter it.
  mkdirSync(dataDirectory, { recursive: true, mode: 0o711 });
  const port = portOf("PORT", 3000);
  const workerPort = portOf("WORKER_PORT", 6001);
  const jobsPort = portOf("JOBS_PORT", 6002);
  if (new Set([port, workerPort, jobsPort]).size < 3) {
    throw new Error(`PORT, WORKER_PORT and JOBS_PORT are ${port}, ${workerPort} and ${jobsPort}; they must differ.`);
  }
  const bindAddress = process.env.BIND_ADDRESS || "127.0.0.1";
  const databaseUrl = process.env.DATABASE_URL || undefined;
  if (databaseUrl && !URL.canParse(databaseUrl)) {
    throw new Error("DATABASE_URL is not an address. It looks like postgresql://user:password@host:5432/database.");
  }
  const missing = secretNames.filter((name) => !process.env[name]);
  // With a database elsewhere, other people are on it: then the secrets are theirs to set, and there is no demo.
  const local = missing.length > 0 && (databaseUrl === undefined || loopback.has(new URL(databaseUrl).hostname));
  const secrets = local ? localSecrets(dataDirectory) : undefined;
  const environment: Record<string, string> = {
    BIND_ADDRESS: bindAddress,
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    JOBS_PORT: String(jobsPort),
    // next-auth then believes the Host header: the address people opened, whatever the port.
    AUTH_TRUST_HOST: process.env.AUTH_TRUST_HOST || "true",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  if (secrets) {
    environment.IMCHAT_LOCAL = "1";
    for (const name of missing) environment[name] = secrets[name];
  }
  return { bindAddress, port, workerPort, jobsPort, databaseUrl, local, environment };
}

/** Where a program of this machine reaches what listens on `bindAddress`. */
export function hostFor(bindAddress: string): string {
  if (bindAddress === "0.0.0.0" || bindAddress === "::") return "127.0.0.1";
  return bindAddress.includes(":") ? `[${bindAddress}]` : bindAddress;
}
