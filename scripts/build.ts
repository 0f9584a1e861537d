/**
 * The three things that run in production: Next's build in `.next`, and the two workers in `dist/worker.mjs` and
 * `dist/jobs.mjs`, with `dist/sandbox.mjs` beside the latter.
 *
 * `buildIfNeeded()` does nothing when the sources are those of the last build; a fingerprint of them is kept in
 * `.data/build.json`. The output of a build is shown only when it fails. Throws an Error with that output.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { dataDirectory, root } from "#scripts/settings.ts";
import { exitOf, spawnWatched } from "#scripts/watched-child.ts";

const stamp = path.join(dataDirectory, "build.json");
export const workerFile = path.join(root, "dist/worker.mjs");
export const jobsFile = path.join(root, "dist/jobs.mjs");
const sandboxFile = path.join(root, "dist/sandbox.mjs");
export const nextProgram = path.join(root, "node_modules/next/dist/bin/next");

/** What is never part of a build. Anything else at the top is, so a new room cannot be forgotten. */
const apart = new Set(
  [
    "node_modules",
    "dist",
    "tests",
    "test-results",
    "docs",
    "bench",
    "examples",
    "scripts",
    "stickers",
    "prisma",
    "tsconfig.json",
  ].concat([
    "next-env.d.ts",
    "biome.json",
    "vercel.json",
    "vitest.config.ts",
    "playwright.config.ts",
    "prisma.config.ts",
  ]),
);

function filesUnder(place: string): string[] {
  return readdirSync(path.join(root, place), { withFileTypes: true })
    .flatMap((entry) => {
      const inner = path.posix.join(place, entry.name);
      if (inner === "server/db/generated") return [];
      return entry.isDirectory() ? filesUnder(inner) : [inner];
    })
    .sort();
}

function sourceFiles(): string[] {
  const top = readdirSync(root, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith(".") && !apart.has(name) && !/\.(md|tsbuildinfo|yaml|yml)$/.test(name),
  );
  return top
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(entry.name) : entry.isFile() ? [entry.name] : []))
    .concat("prisma/schema.prisma", "scripts/build.ts")
    .filter((file) => existsSync(path.join(root, file)));
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of sourceFiles()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  // Next writes these values into what the browser loads.
  const inlined = Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_"));
  return hash.update(JSON.stringify(inlined.sort())).digest("hex");
}

/**
 * Builds `dist/worker.mjs`: the worker with everything it uses in one file, so it starts in a blink and deploys alone.
 */
export const bundleWorker = (file = workerFile): Promise<void> => bundle("realtime/main.ts", file, []);

/**
 * Builds `dist/jobs.mjs` and `dist/sandbox.mjs`, the process that it starts to parse files in, which lies beside it.
 * Two large libraries are installed beside them: one is native, the other reads its own files.
 */
export async function bundleJobs(): Promise<void> {
  await Promise.all([
    bundle("jobs/main.ts", jobsFile, ["graphile-worker"]),
    bundle("jobs/sandbox/child.ts", sandboxFile, ["sharp"]),
  ]);
}

async function bundle(entry: string, outfile: string, external: readonly string[]): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "error",
    // Native code cannot be bundled; ws works without its two accelerators.
    external: ["@node-rs/argon2", "bufferutil", "utf-8-validate", ...external],
    // Packages in the old module format call require().
    banner: {
      js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
    },
  });
}

async function nextBuild(environment: Record<string, string>): Promise<void> {
  const child = spawnWatched({
    args: [nextProgram, "build"],
    environment: { ...environment, NODE_ENV: "production", NEXT_OUTPUT: "" },
    output: "pipe",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const started = Date.now();
  const sign = setInterval(
    () => console.log(`  still building (${Math.round((Date.now() - started) / 1000)} s) …`),
    15_000,
  );
  const code = await exitOf(child).finally(() => clearInterval(sign));
  if (code !== 0 || buildId() === undefined) throw new Error(`next build failed (exit code ${code}):\n${output}`);
}

function buildId(): string | undefined {
  const file = path.join(root, ".next/BUILD_ID");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Returns whether something had to be built. */
export async function buildIfNeeded(environment: Record<string, string>): Promise<boolean> {
  const current = fingerprint();
  const last: { fingerprint?: string; buildId?: string } = existsSync(stamp)
    ? JSON.parse(readFileSync(stamp, "utf8"))
    : {};
  const whole =
    last.buildId !== undefined && last.buildId === buildId() && [workerFile, jobsFile, sandboxFile].every(existsSync);
  if (last.fingerprint === current && whole) return false;
  const started = Date.now();
  console.log("Building (only after a change; about half a minute) …");
  rmSync(stamp, { force: true });
  await bundleWorker();
  await bundleJobs();
  await nextBuild(environment);
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(stamp, `${JSON.stringify({ fingerprint: current, buildId: buildId() })}\n`);
  console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
  return true;
}
