import { Worker } from "node:worker_threads";

/**
 * Plain JavaScript, so that it starts without a loader. Keeps unfinished hashes by key; reads through one buffer, because a
 * film does not fit into memory.
 */
const source = `
  const { parentPort } = require("node:worker_threads");
  const { createHash } = require("node:crypto");
  const fs = require("node:fs");
  const hashes = new Map();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  function update({ key, place, from, to }) {
    const file = fs.openSync(place, "r");
    try {
      const { ino, birthtimeMs } = fs.fstatSync(file);
      if (ino + " " + birthtimeMs !== key) throw new Error("another file lies there now");
      const hash = from === 0 ? createHash("sha256") : hashes.get(key);
      if (!hash) throw new Error("the beginning was forgotten");
      hashes.set(key, hash);
      for (let at = from; at < to; ) {
        const read = fs.readSync(file, buffer, 0, Math.min(buffer.length, to - at), at);
        if (read === 0) throw new Error("the file is shorter than it was");
        hash.update(buffer.subarray(0, read));
        at += read;
      }
    } finally {
      fs.closeSync(file);
    }
  }
  function digest(input) {
    update(input);
    const hash = hashes.get(input.key);
    hashes.delete(input.key);
    return hash.digest("hex");
  }
  const work = { update, digest, forget: ({ key }) => void hashes.delete(key) };
  parentPort.on("message", ({ id, type, ...input }) => {
    try {
      parentPort.postMessage({ id, answer: work[type](input) });
    } catch (error) {
      hashes.delete(input.key);
      parentPort.postMessage({ id, error: error.message });
    }
  });
`;

/**
 * `update` goes on with the hash of this key over these bytes of the file, which must still be the one that the key names;
 * from 0 on it begins anew. `digest` does the same and ends the hash, as hexadecimal digits.
 */
type Wish =
  | { type: "update" | "digest"; key: string; place: string; from: number; to: number }
  | { type: "forget"; key: string };

type Waiting = { resolve: (answer: string | undefined) => void; reject: (error: Error) => void };

let thread: Worker | undefined;
let count = 0;
const waiting = new Map<number, Waiting>();

/**
 * Asks the thread that hashes: a gigabyte takes a core a second, in which this process could answer no request. Wishes are
 * fulfilled in their order. Rejects when the file cannot be read; then what was hashed under this key is forgotten.
 */
export function askHashThread(wish: Wish): Promise<string | undefined> {
  thread ??= start();
  count += 1;
  const id = count;
  const running = thread;
  return new Promise<string | undefined>((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    running.ref();
    running.postMessage({ id, ...wish });
  }).finally(() => {
    if (waiting.size === 0) running.unref();
  });
}

function start(): Worker {
  const started = new Worker(source, { eval: true, execArgv: [] });
  started.on("message", ({ id, answer, error }: { id: number; answer?: string; error?: string }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(answer);
    else one?.reject(new Error(error));
  });
  // Out of memory, or broken: its hashes are gone, and so is what waited for them.
  started.on("error", () => {});
  started.on("exit", (code) => {
    if (thread === started) thread = undefined;
    for (const { reject } of waiting.values()) reject(new Error(`the thread that hashes ended with ${code}`));
    waiting.clear();
  });
  return started;
}
