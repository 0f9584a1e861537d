#!/usr/bin/env node
/**
 * Completes package-lock.json for every platform, so that `npm ci` accepts it everywhere.
 *
 * A package such as next names one binary package per platform as an optional dependency. Where a registry serves only
 * a part of them, npm writes a lock without the others, and `npm ci` then refuses that lock ("Missing: … from lock
 * file"). This adds the missing entries by name and version with the platform they are for, and removes download
 * addresses, which would tie the lock to one registry.
 *
 * Run by `npm run lock`. Reads and writes package-lock.json in the working directory; prints what it added. Exit code
 * 0, or 1 with a message when an optional dependency is not pinned to a version and so cannot be written down.
 */
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["darwin", "win32", "windows", "linux", "android", "freebsd", "netbsd", "openbsd", "sunos", "aix"];
const processors = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** Whether a package at `from` finds `name`: npm looks in its own node_modules, then in each one above. */
function resolves(packages, from, name) {
  for (let place = from; ; place = place.slice(0, place.lastIndexOf("node_modules/")).replace(/\/$/, "")) {
    if (packages[`${place ? `${place}/` : ""}node_modules/${name}`]) return true;
    if (!place) return false;
  }
}

/** What can be said of a platform package from its name alone: the words for system and processor are in it. */
function platformEntry(name, version, dev) {
  const words = name.split(/[/\-_.]/);
  const system = systems.find((word) => words.includes(word));
  const processor = processors.find((word) => words.includes(word));
  const library = words.includes("musl") ? "musl" : words.some((word) => word.startsWith("gnu")) ? "glibc" : undefined;
  return {
    version,
    ...(processor ? { cpu: [processor] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(library ? { libc: [library] } : {}),
    optional: true,
    ...(system ? { os: [system === "windows" ? "win32" : system] } : {}),
  };
}

export function completeLock(lock) {
  const added = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    delete entry.resolved;
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(lock.packages, place, name)) continue;
      const version = range.replace(/^[\^~=]/, "");
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${place || "package.json"} wants ${name}@${range}: not a version`);
      lock.packages[`node_modules/${name}`] = platformEntry(name, version, entry.dev);
      added.push(`${name}@${version}`);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return added;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    for (const name of completeLock(lock)) console.log(`added ${name}`);
    writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  } catch (error) {
    console.error(`The lock could not be completed: ${error.message}`);
    process.exit(1);
  }
}
