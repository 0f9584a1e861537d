import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { askHashThread } from "#jobs/media/hash-thread.ts";

/** How far the SHA-256 of an upload has come: over its first `done` bytes. The thread keeps the hash itself. */
type Progress = { done: number; waiting: Map<number, number>; work: Promise<void> };

/**
 * By the file on the disk itself: an id that is announced again has another. The oldest goes; it is hashed from its
 * beginning.
 */
const under = new Map<string, Progress>();
const most = 200;
const keyOf = ({ ino, birthtimeMs }: Stats) => `${ino} ${birthtimeMs}`;

/**
 * Hashes on while parts come: the network has pauses that the end of an upload has not. Parts that came out of order
 * wait for those before them. Never throws: what could not be hashed now is hashed at the end.
 */
export async function hashOn(place: string, part: { offset: number; bytes: number }): Promise<void> {
  const metadata = await stat(place).catch(() => null); // cancelled meanwhile
  if (!metadata) return;
  const key = keyOf(metadata);
  const progress = under.get(key) ?? begin(key);
  progress.waiting.set(part.offset, part.bytes);
  progress.work = progress.work.then(() => advance(place, key, progress)).catch(() => void under.delete(key));
  await progress.work;
}

function begin(key: string): Progress {
  const [oldest] = under.keys();
  if (under.size >= most && oldest !== undefined) {
    under.delete(oldest);
    void askHashThread({ type: "forget", key: oldest }).catch(() => {});
  }
  const progress = { done: 0, waiting: new Map(), work: Promise.resolve() };
  under.set(key, progress);
  return progress;
}

async function advance(place: string, key: string, progress: Progress): Promise<void> {
  for (let bytes = progress.waiting.get(progress.done); bytes; bytes = progress.waiting.get(progress.done)) {
    progress.waiting.delete(progress.done);
    // Forgotten meanwhile, or failed: a hash without its beginning is none.
    if (under.get(key) !== progress) return;
    await askHashThread({ type: "update", key, place, from: progress.done, to: progress.done + bytes });
    progress.done += bytes;
  }
}

/** The SHA-256 of the whole file, going on from what was hashed while it came. Forgets that. */
export async function hashWhole(place: string): Promise<Buffer> {
  const metadata = await stat(place);
  const key = keyOf(metadata);
  await under.get(key)?.work;
  // Not there any more when something went wrong: then it is hashed from its beginning.
  const done = under.get(key)?.done ?? 0;
  under.delete(key);
  const digest = (from: number) => askHashThread({ type: "digest", key, place, from, to: metadata.size });
  const hex = await (done === 0 ? digest(0) : digest(done).catch(() => digest(0)));
  if (hex === undefined) throw new Error("the thread that hashes gave no digest");
  return Buffer.from(hex, "hex");
}
