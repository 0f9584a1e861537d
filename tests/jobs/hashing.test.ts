import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { appendFile, open, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { askHashThread } from "#jobs/media/hash-thread.ts";
import { hashOn, hashWhole } from "#jobs/media/hashing.ts";

const directory = mkdtempSync(path.join(os.tmpdir(), "imchat-hashing-"));
afterAll(() => rmSync(directory, { recursive: true }));

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const part = 3_000_001;

/** A file that comes in parts in this order, each hashed as far as that is possible. */
async function uploaded(name: string, bytes: Buffer, order: readonly number[]): Promise<string> {
  const place = path.join(directory, name);
  const file = await open(place, "w");
  for (const n of order) {
    const offset = n * part;
    const piece = bytes.subarray(offset, offset + part);
    await file.write(piece, 0, piece.length, offset);
    await hashOn(place, { offset, bytes: piece.length });
  }
  await file.close();
  return place;
}

const bytes = randomBytes(4 * part + 7);

test.each([
  ["in order", [0, 1, 2, 3, 4]],
  ["backwards", [4, 3, 2, 1, 0]],
  ["one of them twice", [0, 1, 1, 0, 2, 3, 4]],
  ["without the middle being told", [0, 4, 1, 3, 2]],
])("the hash of a file that comes in parts %s", async (name, order) => {
  const place = await uploaded(name, bytes, order);
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(bytes));
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(bytes));
});

test("an empty file, and one that was never announced", async () => {
  const place = path.join(directory, "untold");
  await writeFile(place, "");
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(Buffer.alloc(0)));
  await appendFile(place, "later");
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(Buffer.from("later")));
});

test("a hash that the thread has lost the beginning of begins anew", async () => {
  const place = await uploaded("lost", bytes, [0, 1, 2]);
  const { ino, birthtimeMs } = await stat(place);
  await askHashThread({ type: "forget", key: `${ino} ${birthtimeMs}` });
  const file = await open(place, "r+");
  await file.write(bytes.subarray(3 * part), 0, bytes.length - 3 * part, 3 * part);
  await file.close();
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(bytes));
});

test("another file under the same name has another hash, also when the first was hashed halfway", async () => {
  const place = await uploaded("again", bytes, [0, 1]);
  await rm(place);
  const other = randomBytes(part);
  await writeFile(place, other);
  expect((await hashWhole(place)).toString("hex")).toBe(sha256(other));
});

test("many files at once do not mix, and what is gone rejects", async () => {
  const all = Array.from({ length: 12 }, (_, at) => randomBytes(part + at));
  const places = await Promise.all(all.map((one, at) => uploaded(`many ${at}`, one, [0, 1])));
  const hashes = await Promise.all(places.flatMap((place) => [hashWhole(place), hashWhole(place)]));
  expect(hashes.map((hash) => hash.toString("hex"))).toEqual(all.flatMap((one) => [sha256(one), sha256(one)]));
  await expect(hashWhole(path.join(directory, "never there"))).rejects.toThrow("ENOENT");
});
