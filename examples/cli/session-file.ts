import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { Failure } from "#examples/cli/failure.ts";

/** By server address, so that a token is never shown to another server. */
type Sessions = Record<string, { login: string; token: string }>;

function sessionFile(): string {
  const { IMCHAT_CONFIG, XDG_CONFIG_HOME, APPDATA } = process.env;
  return (
    IMCHAT_CONFIG || path.join(XDG_CONFIG_HOME || APPDATA || path.join(homedir(), ".config"), "imchat", "cli.json")
  );
}

export async function readToken(url: string): Promise<string> {
  const session = (await readAll())[url];
  if (!session) throw new Failure(`You are not signed in at ${url}. Use sign-in <login>.`);
  return session.token;
}

export async function keepToken(url: string, login: string, token: string): Promise<void> {
  await writeAll({ ...(await readAll()), [url]: { login, token } });
}

export async function forgetToken(url: string): Promise<void> {
  const { [url]: _, ...others } = await readAll();
  if (Object.keys(others).length > 0) await writeAll(others);
  else await rm(sessionFile(), { force: true });
}

async function readAll(): Promise<Sessions> {
  try {
    // Only this program writes the file.
    return JSON.parse(await readFile(sessionFile(), "utf8")) as Sessions;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new Failure(`${sessionFile()} cannot be read. Remove it and sign in again.`);
  }
}

/** Into a fresh file first: it is private from its first byte on, and a crash never leaves half of it. */
async function writeAll(sessions: Sessions): Promise<void> {
  const file = sessionFile();
  const fresh = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(fresh, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  await rename(fresh, file);
}
