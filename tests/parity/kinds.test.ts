import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Content, ContentOf } from "#contracts/messages/kinds/index.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { pageMessages } from "#server/messages/page.ts";
import { sendInTransaction } from "#server/messages/send/send-in-transaction.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

/** What a template, JSON, SQL or a terminal could take for something else. */
const hostile = "%1$s %4$s %% 100 % \\ \" ' $1 $x \u2028 \u0085 </script> 👨‍👩‍👧‍👦 مرحبا 你好 {{rev}}";
const id = randomUUID();
const stored = { type: "image/webp", bytes: 10 };
const picture = (fileId: string) => ({ fileId, ...stored, width: 1, height: 1, thumbhash: "", animated: false });

/** One of each kind; `file`: a file of the sender. */
const samples: { [K in Content["kind"]]: (file: string) => ContentOf<K> } = {
  text: () => ({ kind: "text", text: hostile, mentions: [{ personId: id, start: 0, length: 1 }] }),
  news: (file) => ({
    kind: "news",
    title: hostile,
    description: "",
    url: "https://a.example/",
    picture: picture(file),
  }),
  voice: (file) => ({ kind: "voice", voice: { fileId: file, ...stored, durationMs: 1_000 }, peaks: [0, 255] }),
  image: (file) => ({ kind: "image", pictures: [picture(file)], caption: hostile }),
  red_packet: () => ({ kind: "red_packet", packetId: id, greeting: hostile, split: "random", shares: 3 }),
  sticker: (file) => ({ kind: "sticker", stickerId: id, packId: id, label: hostile, picture: picture(file) }),
  link: () => ({
    kind: "link",
    text: hostile,
    url: "https://a.example/",
    title: hostile,
    description: "",
    site: "",
    picture: null,
  }),
  video: (file) => ({
    kind: "video",
    video: { fileId: file, ...stored, durationMs: 1, width: 1, height: 1 },
    poster: null,
    caption: hostile,
  }),
  card: () => ({ kind: "card", of: "person", id, number: 10_000, name: hostile }),
  file: (file) => ({ kind: "file", file: { fileId: file, ...stored }, name: hostile, caption: "" }),
  location: () => ({ kind: "location", latitude: -0.000_001, longitude: 179.999_999, name: hostile }),
  record: () => ({
    kind: "record",
    of: "direct",
    names: [hostile, hostile],
    count: 1,
    lines: [{ name: hostile, kind: "text", preview: hostile }],
  }),
  reminder: () => ({
    kind: "reminder",
    of: { conversationId: id, seq: 1 },
    line: { name: hostile, kind: "text", preview: hostile },
  }),
  poll: () => ({
    kind: "poll",
    question: hostile,
    options: [hostile, "b"],
    multiple: true,
    anonymous: false,
    closesAt: null,
    quiz: false,
    closedAt: null,
    voters: 1,
    votes: [1, 0],
  }),
  signup: () => ({
    kind: "signup",
    title: hostile,
    note: hostile,
    several: false,
    closesAt: "2030-01-01T00:00:00.000Z",
    closedAt: null,
    count: 1,
    entries: [{ id, position: 1, personId: id, text: hostile }],
  }),
  notice: () => ({ kind: "notice", notice: "community_renamed", name: hostile }),
  recalled: () => ({ kind: "recalled" }),
  custom: () => ({ kind: "custom", type: "com.example.poll", payload: { [hostile]: [1e300, null] }, text: hostile }),
};

test.each(Object.keys(samples) as Content["kind"][])("the event of a %s is what a page answers", async (kind) => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const file = randomUUID();
  await sql()`
    insert into files (id, owner_id, purpose, name, bytes, sha256, part_bytes)
    values (${file}, ${ann.personId}, 'file', 'x', 1, ${Buffer.alloc(32)}, 1)`;
  const send = { conversationId, clientId: randomUUID(), content: samples[kind](file) };
  const outputs: unknown[] = [];
  const [envelope] = await envelopesOf(async () => {
    outputs.push((await transaction((tx) => sendInTransaction(tx, ann, send))).message);
  });
  const page = await pageMessages(ben, { conversationId });
  const message = page.messages.at(-1);
  expect(message?.content.kind).toBe(kind);
  expect(envelope).toEqual({
    conversationId,
    rev: message?.rev,
    event: { scope: "conversation", type: "message.sent", conversationId, rev: message?.rev, message },
  });
  expect(outputs).toEqual([message]);
});
