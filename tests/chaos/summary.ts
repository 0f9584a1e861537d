/** The figures of a run, for people and for programs. Names no machine and no place on it. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Options } from "#tests/chaos/options.ts";
import type { Result } from "#tests/chaos/run.ts";

const zeros = [
  ["acknowledged and lost", "acknowledged, and not stored"],
  ["stored twice", "one clientId is stored twice"],
  ["applied twice or out of order", "applied twice or out of order"],
  ["past a hole", "applied past a hole"],
  ["called current past a hole", "called itself current past a hole"],
  ["out of a sender's order", "a sender's order is broken"],
  ["foreign canaries", "a foreign canary arrived"],
  ["told while not in it", "told of a conversation while not in it"],
  ["told after the session had ended", "told after the session had ended"],
  ["written during a block", "written during a block"],
  ["acknowledged recalls lost", "an acknowledged recall is not in the table"],
  ["recalled texts seen afterwards", "a recalled text arrived afterwards"],
  ["acknowledged edits lost", "an acknowledged edit is not in the table"],
  ["acknowledged reactions lost", "an acknowledged reaction is not in the table"],
  ["reactions miscounted", "reaction counts disagree with the rows"],
  ["changes lacking at the end", "lacks a change at the end"],
  ["settings that disagree", "holds other settings at the end"],
  ["stars that disagree", "holds other stars at the end"],
  ["deletions that disagree", "holds other deleted messages at the end"],
  ["pins that disagree", "holds other pinned messages at the end"],
  ["delivered marks lost", "a delivered mark is lost"],
  ["delivered marks beyond what was received", "a delivered mark is beyond what was received"],
  ["receipts told while not in it", "told of receipts while not in it"],
  ["devices that do not agree at the end", "holds something else than the tables at the end"],
] as const;

function metadata({ postgres, seconds, progress }: Result): Record<string, string | number> {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    kernel: `${os.type()} ${os.release().split("-")[0]}`,
    postgres: postgres.server_version ?? "",
    fsync: postgres.fsync ?? "",
    synchronousCommit: postgres.synchronous_commit ?? "",
    startSeconds: Math.round(seconds.start / 1_000),
    loadSeconds: Math.round(seconds.load / 1_000),
    oracleSeconds: Math.round(seconds.oracle / 1_000),
    callsOverSockets: progress.lane,
    messagesPerSecond: Math.round(progress.acked / (seconds.load / 1_000)),
  };
}

function describe(options: Options, result: Result): string {
  const { verdict, faults } = result;
  const { messages, faults: wanted, seed, people, communities, tabs, rate, clientProcesses, workers } = options;
  const asked = { messages, faults: wanted, seed, people, communities, tabs, rate, clientProcesses, workers };
  const table = (entries: Record<string, string | number | boolean>) =>
    Object.entries(entries).map(([name, value]) => `  ${name.padEnd(24)} ${value}`);
  const recovery = Object.entries(verdict.recovery)
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .map(([name, { times, medianMs, mostMs }]) => `  row ${name.padEnd(54)} ${times}×  ${medianMs} / ${mostMs} ms`);
  const violations = Object.entries(verdict.violations).map(([kind, count]) => `  ${count} × ${kind}`);
  return [
    `Seed ${seed}: ${verdict.counts.acked} acknowledged messages, ${faults.length} faults.`,
    "Asked for:",
    ...table(asked),
    "On:",
    ...table(metadata(result)),
    "Checked:",
    ...table(verdict.counts),
    "Found:",
    ...zeros.map(([said, kind]) => `  ${said.padEnd(38)} ${verdict.violations[kind] ?? 0}`),
    ...(violations.length > 0 ? ["Violations:", ...violations, ...verdict.samples.map((one) => `    ${one}`)] : []),
    "Everybody back after the fault was healed (times, median / most):",
    ...recovery,
  ].join("\n");
}

export function printResult(options: Options, result: Result): void {
  console.log(`\n${describe(options, result)}`);
}

/** `chaos-<seed>.txt` to read, and a line for programs in `chaos.jsonl`. */
export function writeResult(options: Options, result: Result, directory: string): void {
  mkdirSync(directory, { recursive: true });
  const name = `chaos-${options.messages}-seed-${options.seed}`;
  const faults = result.faults.map(({ row, name: what, told, recoveredMs }, at) => {
    return `  ${String(at + 1).padStart(4)}  row ${row}, ${what}${told ? ` (${told})` : ""}: ${recoveredMs} ms`;
  });
  writeFileSync(
    path.join(directory, `${name}.txt`),
    `${describe(options, result)}\nThe faults in their order:\n${faults.join("\n")}\n`,
  );
  const { out: _, keep: __, ...asked } = options;
  const line = { ...metadata(result), asked, counts: result.verdict.counts, violations: result.verdict.violations };
  appendFileSync(
    path.join(directory, "chaos.jsonl"),
    `${JSON.stringify({ ...line, recovery: result.verdict.recovery })}\n`,
  );
}
