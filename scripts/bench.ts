/**
 * `npm run bench`: measures floors, ours and a peer in the same run, in turns, and prints a table. docs/bench.md says what
 * each figure means.
 *
 *   npm run bench                         everything, some 25 minutes
 *   npm run bench -- storage fanout       the metrics with these prefixes
 *   npm run bench -- --quick              two short rounds; the figures mean little
 *   npm run bench -- --smoke              every scenario for a moment, as `npm test` does: does it run? The figures mean nothing
 *   npm run bench -- world --scale 0.1    what operations cost among a hundred thousand people (1: a million, within the hour)
 *   --keep                                the world stays in .data/world, and the next run with it need not make it
 *   --rounds 5    --out file              JSON lines, one figure each, are added to the file
 *   --profile folder                      CPU profiles of the measured programs and the statements that each scenario cost
 *                                        Postgres; slows them
 *
 * Brings its own Postgres in a temporary directory, listens on loopback only, and removes what it made. Installs the peer
 * (bench/peer/package.json) when it is missing. Exit code 1 when something could not be measured; a short figure is no failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { printProfiles } from "#bench/profile.ts";
import { jsonLines, printTable, writeLines } from "#bench/report.ts";
import { runBench } from "#bench/run.ts";
import { root } from "#scripts/settings.ts";

function installPeer(): void {
  const directory = path.join(root, "bench/peer");
  if (existsSync(path.join(directory, "node_modules/.package-lock.json"))) return;
  console.log("Installing the peer (once) …");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: directory,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) throw new Error('"npm ci" in bench/peer/ failed; its message is above.');
}

async function main(): Promise<number> {
  if (process.platform !== "linux") throw new Error("CPU and memory are read from /proc: the bench runs on Linux.");
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      out: { type: "string" },
      profile: { type: "string" },
      scale: { type: "string" },
      keep: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
    },
  });
  const size = values.smoke ? "smoke" : values.quick ? "quick" : "full";
  const rounds = Number(values.rounds ?? { full: 5, quick: 2, smoke: 1 }[size]);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds is a whole number of 1 or more.");
  const profile = values.profile ? path.resolve(values.profile) : undefined;
  const scale = values.scale === undefined ? undefined : Number(values.scale);
  if (scale !== undefined && !(scale >= 0.001 && scale <= 1)) throw new Error("--scale is a number from 0.001 to 1.");
  installPeer();
  const ended = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ended.abort());
  const { metadata, measured, failed } = await runBench(
    positionals,
    { rounds, size, profile, scale, keep: values.keep },
    ended.signal,
  );
  console.log();
  for (const [name, value] of Object.entries(metadata)) console.log(`${name.padEnd(10)} ${value}`);
  printTable(measured);
  if (profile) printProfiles(profile);
  const lines = [JSON.stringify({ machine: metadata, rounds, size }), ...jsonLines(measured)];
  console.log(`\n${lines.join("\n")}`);
  if (values.out) writeLines(path.resolve(values.out), lines);
  if (failed.length > 0) console.error(`\nNot measured: ${failed.join(", ")}; the reasons are above.`);
  return failed.length === 0 && !ended.signal.aborted ? 0 : 1;
}

// Not only the exit code: what was given up on may still wait for something.
process.exit(
  await main().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    return 1;
  }),
);
