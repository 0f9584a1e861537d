import { expect, test } from "vitest";
import { readQuery } from "#server/friends/rules.ts";
import { countParts, mediaKindOf, partBytesFor, partOf, stateOf } from "#server/media/rules.ts";

const megabyte = 1024 * 1024;

test.each([
  ["image", "image"],
  ["avatar", "image"],
  ["icon", "image"],
  ["sticker", "image"],
  ["video", "video"],
  ["voice", "voice"],
  ["file", "file"],
] as const)("what is sent as %s is inspected as %s", (purpose, kind) => expect(mediaKindOf(purpose)).toBe(kind));

test.each([
  [0, 1],
  [1, 1],
  [10, 1],
  [11, 2],
  [20, 2],
  [21, 3],
])("%i bytes in parts of 10 are %i parts", (bytes, parts) => expect(countParts({ bytes, partBytes: 10 })).toBe(parts));

test("parts follow each other, and the last has the rest", () => {
  const file = { bytes: 25, partBytes: 10 };
  expect([1, 2, 3].map((n) => partOf(file, n))).toEqual([
    { n: 1, offset: 0, bytes: 10 },
    { n: 2, offset: 10, bytes: 10 },
    { n: 3, offset: 20, bytes: 5 },
  ]);
});

test("parts have 8 MiB, and more where a file would have above 5,000 of them", () => {
  expect([0, 8 * megabyte, 5_000 * 8 * megabyte].map(partBytesFor)).toEqual(Array(3).fill(8 * megabyte));
  expect(partBytesFor(5_000 * 8 * megabyte + 1)).toBe(8 * megabyte + 1);
});

const at = new Date(0);
test.each([
  ["uploading", { rejectionReason: null, blobId: null, completedAt: null }],
  ["processing", { rejectionReason: null, blobId: null, completedAt: at }],
  ["ready", { rejectionReason: null, blobId: "b", completedAt: at }],
  // Found among the stored files: nothing had to be sent.
  ["ready", { rejectionReason: null, blobId: "b", completedAt: null }],
  ["refused", { rejectionReason: "file_corrupt", blobId: null, completedAt: at }],
  ["refused", { rejectionReason: "file_corrupt", blobId: "b", completedAt: at }],
] as const)("a file is %s with %j", (state, row) => expect(stateOf(row)).toBe(state));

test.each([
  ["ann", { number: null, handle: "ann", mobile: null }],
  ["@Ann", { number: null, handle: "ann", mobile: null }],
  ["ann@b", { number: null, handle: null, mobile: null }],
  ["@@ann", { number: null, handle: null, mobile: null }],
  ["１００００", { number: 10_000, handle: null, mobile: null }],
  ["+49 (170) 1234567", { number: null, handle: null, mobile: "+491701234567" }],
  ["", { number: null, handle: null, mobile: null }],
])("what is looked for as %j is %j", (query, expected) => expect(readQuery(query)).toEqual(expected));
