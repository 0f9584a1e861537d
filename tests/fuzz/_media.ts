/** Damaged files of every container that is accepted, given to the process that looks into them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FileRejected } from "#jobs/media/rejected.ts";
import { closeSandbox, inSandbox, SandboxDied } from "#jobs/sandbox/pool.ts";
import type { MediaKind } from "#server/media/store.ts";
import { damage, drawFrom } from "#tests/fuzz/_damage.ts";
import { recordings, secrets } from "#tests/jobs/_recordings.ts";
import * as samples from "#tests/jobs/_samples.ts";

export type FuzzOptions = { seed: number; files: number; deadlineMs: number; onFile?: (done: number) => void };
/** `verdicts`: how often each came. `faults`: files that ended in none, by their number, with what happened instead. */
export type FuzzResult = { verdicts: Record<string, number>; faults: string[]; slowestMs: number };

type Sample = { name: string; mediaKind: MediaKind; bytes: Buffer };

async function everyContainer(): Promise<Sample[]> {
  const pictures = {
    "a.jpg": samples.jpeg(),
    "a.png": samples.png(),
    "a.webp": samples.webp(),
    "a.avif": samples.avif(),
    "a.gif": samples.gif(3),
  };
  const made: Sample[] = [];
  for (const [name, bytes] of Object.entries(pictures)) made.push({ name, mediaKind: "image", bytes: await bytes });
  for (const [name, { purpose, make }] of Object.entries(recordings)) {
    for (const tags of [null, secrets]) made.push({ name, mediaKind: purpose, bytes: await make(tags) });
  }
  return made;
}

/** Gives `files` damaged files, three at once. A child that is killed at the deadline is a verdict: `killed`. */
export async function fuzzMedia({ seed, files, deadlineMs, onFile }: FuzzOptions): Promise<FuzzResult> {
  const all = await everyContainer();
  const directory = await mkdtemp(path.join(tmpdir(), "imchat-fuzz-"));
  const result: FuzzResult = { verdicts: {}, faults: [], slowestMs: 0 };
  let next = 0;
  const judgeSome = async () => {
    for (let number = next++; number < files; number = next++) {
      const draw = drawFrom(seed + number * 7_919);
      const sample = all[number % all.length];
      const other = all[draw(all.length)];
      if (!sample || !other) throw new Error("there are no samples");
      const local = path.join(directory, String(number));
      await writeFile(local, damage(sample.bytes, other.bytes, draw));
      const began = performance.now();
      const verdict = await verdictOf(local, sample.mediaKind, deadlineMs);
      result.slowestMs = Math.max(result.slowestMs, performance.now() - began);
      result.verdicts[verdict.name] = (result.verdicts[verdict.name] ?? 0) + 1;
      if (verdict.fault) result.faults.push(`file ${number} (${sample.name}): ${verdict.fault}`);
      await Promise.all([local, `${local}.copy`].map((place) => rm(place, { force: true })));
      onFile?.(number + 1);
    }
  };
  try {
    await Promise.all([judgeSome(), judgeSome(), judgeSome()]);
  } finally {
    closeSandbox();
    await rm(directory, { recursive: true, force: true });
  }
  return result;
}

async function verdictOf(
  local: string,
  mediaKind: MediaKind,
  deadlineMs: number,
): Promise<{ name: string; fault?: string }> {
  try {
    if (mediaKind === "video" || mediaKind === "voice") {
      await inSandbox("copyRecording", { path: local, target: `${local}.copy`, mediaKind }, deadlineMs);
    } else {
      await inSandbox("inspect", { path: local, mediaKind }, deadlineMs);
    }
    return { name: "taken" };
  } catch (error) {
    if (error instanceof FileRejected) return { name: error.reason };
    if (error instanceof SandboxDied) return { name: "killed" };
    // As if the machine were at fault: such a job is tried eight times.
    return { name: "failed", fault: String(error) };
  }
}
