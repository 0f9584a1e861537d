import { expect, test } from "vitest";
import { toWire } from "#realtime/frames.ts";
import { type FrameSequence, WriteBatcher } from "#realtime/write-batcher.ts";

function outlet() {
  const writes: Buffer[] = [];
  return { writes, pending: null as FrameSequence | null, write: (bytes: Buffer) => writes.push(bytes) };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const frames = ["one", "two", "three"].map(toWire);
const [one, two, three] = frames as [Buffer, Buffer, Buffer];

test("what one turn sends to a socket leaves in one write, in order", async () => {
  const tick = new WriteBatcher<ReturnType<typeof outlet>>();
  const socket = outlet();
  for (const frame of frames) tick.add(socket, frame);
  expect(socket.writes).toEqual([]);
  await turn();
  expect(socket.writes).toEqual([Buffer.concat(frames)]);
});

test("sockets that are sent the same share the bytes, and one that is sent more gets its own", async () => {
  const tick = new WriteBatcher<ReturnType<typeof outlet>>();
  const [ann, ben, cleo] = [outlet(), outlet(), outlet()];
  for (const socket of [ann, ben, cleo]) tick.add(socket, one);
  tick.add(cleo, three);
  for (const socket of [ann, ben, cleo]) tick.add(socket, two);
  await turn();
  expect(ann.writes[0]).toBe(ben.writes[0]);
  expect(ann.writes).toEqual([Buffer.concat([one, two])]);
  expect(cleo.writes).toEqual([Buffer.concat([one, three, two])]);
});

test("before a close the due frames leave at once, and once; a socket that is gone gets none", async () => {
  const tick = new WriteBatcher<ReturnType<typeof outlet>>();
  const [closing, gone] = [outlet(), outlet()];
  tick.add(closing, one);
  tick.add(gone, one);
  tick.flushOne(closing);
  tick.forget(gone);
  await turn();
  expect([closing.writes, gone.writes]).toEqual([[one], []]);
});

test("a room larger than a slice is written over several turns, each socket in order", async () => {
  const tick = new WriteBatcher<ReturnType<typeof outlet>>();
  const room = Array.from({ length: 4_500 }, outlet);
  for (const socket of room) tick.add(socket, one);
  await turn();
  for (const socket of room) tick.add(socket, two);
  while (room.some((socket) => Buffer.concat(socket.writes).length < one.length + two.length)) await turn();
  for (const socket of room) expect(Buffer.concat(socket.writes)).toEqual(Buffer.concat([one, two]));
});

test.each([0, 125, 126, 65_535, 65_536])("a text of %i bytes is framed as RFC 6455 says", (length) => {
  const wire = toWire("x".repeat(length));
  const header = wire.length - length;
  expect(wire[0]).toBe(0x81);
  const said = [wire[1], header === 4 ? wire.readUInt16BE(2) : header === 10 ? Number(wire.readBigUInt64BE(2)) : null];
  expect(said).toEqual(length < 126 ? [length, null] : length < 65_536 ? [126, length] : [127, length]);
});
