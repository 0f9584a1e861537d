import { expect, test } from "vitest";
import { toWire } from "#realtime/wire-frame.ts";
import { type FrameSequence, WriteBatcher } from "#realtime/write-batcher.ts";

function target() {
  const writes: Buffer[] = [];
  return { writes, pending: null as FrameSequence | null, write: (bytes: Buffer) => writes.push(bytes) };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const frames = ["one", "two", "three"].map(toWire);
const [one, two, three] = frames as [Buffer, Buffer, Buffer];

test("the frames of one turn leave in one write per socket, in order", async () => {
  const batcher = new WriteBatcher<ReturnType<typeof target>>();
  const socket = target();
  for (const frame of frames) batcher.add(socket, frame);
  expect(socket.writes).toEqual([]);
  await turn();
  expect(socket.writes).toEqual([Buffer.concat(frames)]);
});

test("sockets with the same frames share a buffer, and one with more gets its own", async () => {
  const batcher = new WriteBatcher<ReturnType<typeof target>>();
  const [ann, ben, cleo] = [target(), target(), target()];
  for (const socket of [ann, ben, cleo]) batcher.add(socket, one);
  batcher.add(cleo, three);
  for (const socket of [ann, ben, cleo]) batcher.add(socket, two);
  await turn();
  expect(ann.writes[0]).toBe(ben.writes[0]);
  expect(ann.writes).toEqual([Buffer.concat([one, two])]);
  expect(cleo.writes).toEqual([Buffer.concat([one, three, two])]);
});

test("flushing one socket writes its frames once; a removed socket gets none", async () => {
  const batcher = new WriteBatcher<ReturnType<typeof target>>();
  const [closing, gone] = [target(), target()];
  batcher.add(closing, one);
  batcher.add(gone, one);
  batcher.flushOne(closing);
  batcher.forget(gone);
  await turn();
  expect([closing.writes, gone.writes]).toEqual([[one], []]);
});

test("more sockets than a turn's limit are written over several turns, each in order", async () => {
  const batcher = new WriteBatcher<ReturnType<typeof target>>();
  const room = Array.from({ length: 4_500 }, target);
  for (const socket of room) batcher.add(socket, one);
  await turn();
  for (const socket of room) batcher.add(socket, two);
  while (room.some((socket) => Buffer.concat(socket.writes).length < one.length + two.length)) await turn();
  for (const socket of room) expect(Buffer.concat(socket.writes)).toEqual(Buffer.concat([one, two]));
});

test.each([0, 125, 126, 65_535, 65_536])("a text of %i bytes is framed as RFC 6455 says", (length) => {
  const wire = toWire("x".repeat(length));
  const header = wire.length - length;
  expect(wire[0]).toBe(0x81);
  const encoded = [
    wire[1],
    header === 4 ? wire.readUInt16BE(2) : header === 10 ? Number(wire.readBigUInt64BE(2)) : null,
  ];
  expect(encoded).toEqual(length < 126 ? [length, null] : length < 65_536 ? [126, length] : [127, length]);
});
