import { createHash, type Hash } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";

/** How far the SHA-256 of an upload has come: over its first `done` bytes. */
type Progress = { hash: Hash; done: number; waiting: Map<number, number>; work: Promise<void> };

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
  if (under.size >= most && oldest !== undefined) under.delete(oldest);
  const progress = { hash: createHash("sha256"), done: 0, waiting: new Map(), work: Promise.resolve() };
  under.set(key, progress);
  return progress;
}

async function advance(place: string, key: string, progress: Progress): Promise<void> {
  if (!progress.waiting.has(progress.done)) return;
  const file = await open(place);
  try {
    if (keyOf(await file.stat()) !== key) throw new Error("another file lies there now");
    for (let bytes = progress.waiting.get(progress.done); bytes; bytes = progress.waiting.get(progress.done)) {
      progress.waiting.delete(progress.done);
      await hashRange(file, progress.hash, progress.done, progress.done + bytes);
      progress.done += bytes;
    }
  } finally {
    await file.close();
  }
}

/** The SHA-256 of the whole file, going on from what was hashed while it came. Forgets that. */
export async function hashWhole(place: string): Promise<Buffer> {
  const file = await open(place);
  try {
    const metadata = await file.stat();
    const key = keyOf(metadata);
    await under.get(key)?.work;
    // Not there any more when something went wrong: a hash that was fed by halves is no beginning.
    const { hash, done } = under.get(key) ?? { hash: createHash("sha256"), done: 0 };
    under.delete(key);
    await hashRange(file, hash, done, metadata.size);
    return hash.digest();
  } finally {
    await file.close();
  }
}

/** Through one buffer: a film does not fit into memory, and a new one for each megabyte costs an eighth more. */
async function hashRange(file: FileHandle, hash: Hash, from: number, to: number): Promise<void> {
  const buffer = Buffer.alloc(Math.min(1024 * 1024, to - from));
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) throw new Error("the file is shorter than it was");
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
