import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { createCommunity } from "#server/communities/create.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, mention, reasonFor, say } from "#tests/_people.ts";
import { forward, outcomes, said, threePeople, type Wanted } from "#tests/server/_forward.ts";

afterAll(closeDatabase);

const merge = (me: Me, wanted: Wanted) => forward(me, { ...wanted, as: "merged" });
const open = (me: Me, conversationId: string, seq: number) => callerOf(me).messages.record({ conversationId, seq });

test("a record holds the messages as they were, and its bubble their beginning", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  await mention(ann, withBen, [ben]);
  for (const text of ["two", "three", "four", "five"]) await say(ben, withBen, text);
  await merge(ann, { conversationId: withBen, seqs: [6, 2, 3, 4, 5], targets: [withCleo], note: "see" });
  const [record, note] = await said(cleo, withCleo);
  expect(record?.preview).toBe("[Chat history] ann, ben");
  expect(record?.content).toEqual({
    kind: "record",
    of: "direct",
    names: ["ann", "ben"],
    count: 5,
    lines: [
      { name: "ann", kind: "text", preview: `@${ben.handle}` },
      { name: "ben", kind: "text", preview: "two" },
      { name: "ben", kind: "text", preview: "three" },
      { name: "ben", kind: "text", preview: "four" },
    ],
  });
  expect(note?.preview).toBe("see");
  const { items } = await open(cleo, withCleo, 2);
  expect(items.map(({ name, content, preview }) => ({ name, content, preview })).at(0)).toEqual({
    name: "ann",
    content: { kind: "text", text: `@${ben.handle}` },
    preview: `@${ben.handle}`,
  });
  const { messages } = await callerOf(ben).messages.page({ conversationId: withBen });
  expect(items.map(({ sentAt }) => sentAt)).toEqual(messages.slice(1).map(({ sentAt }) => sentAt));
});

test("the record of a community names the people and not the community", async () => {
  const { ann, cleo, withCleo } = await threePeople();
  const { community } = await createCommunity(ann, { name: "Secret society" });
  await say(ann, community.id, "hello");
  await merge(ann, { conversationId: community.id, seqs: [2], targets: [withCleo] });
  const [record] = await said(cleo, withCleo);
  expect(record?.content).toMatchObject({ of: "community", names: [] });
  const seen = JSON.stringify([record, await open(cleo, withCleo, 2)]);
  for (const hidden of ["Secret society", community.id, ann.handle]) expect(seen).not.toContain(hidden);
});

test("a record stays when its sources change; recalling the record takes everything with it", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "first words");
  await say(ann, withBen, "to be recalled");
  await merge(ann, { conversationId: withBen, seqs: [2, 3], targets: [withCleo] });
  await callerOf(ann).messages.edit({ conversationId: withBen, seq: 2, text: "other", editedAt: null });
  await callerOf(ann).messages.recall({ conversationId: withBen, seq: 3 });
  const previews = (await open(cleo, withCleo, 2)).items.map(({ preview }) => preview);
  expect(previews).toEqual(["first words", "to be recalled"]);
  expect(await reasonFor(open(ben, withCleo, 2))).toBe("not_found");
  expect(await reasonFor(open(cleo, withCleo, 1))).toBe("not_found");
  expect(await reasonFor(open(cleo, withCleo, 9))).toBe("not_found");
  await callerOf(ann).messages.recall({ conversationId: withCleo, seq: 2 });
  expect(await reasonFor(open(cleo, withCleo, 2))).toBe("not_found");
  expect(await sql()`select from message_records where conversation_id = ${withCleo}`).toHaveLength(0);
});

test("a record is forwarded whole, also inside another record, up to five deep", async () => {
  const { ann, cleo, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "the core");
  await merge(ann, { conversationId: withBen, seqs: [2], targets: [withBen] });
  expect(await outcomes(forward(ann, { conversationId: withBen, seqs: [3], targets: [withCleo] }))).toEqual(["stored"]);
  expect((await open(cleo, withCleo, 2)).items[0]?.preview).toBe("the core");
  for (const seq of [3, 4, 5, 6]) await merge(ann, { conversationId: withBen, seqs: [seq], targets: [withBen] });
  await merge(ann, { conversationId: withBen, seqs: [2, 5], targets: [withCleo] });
  const { items } = await open(cleo, withCleo, 3);
  expect(items.map(({ preview }) => preview)).toEqual(["the core", "[Chat history] ann, ben"]);
  expect(items[1]?.items?.[0]?.items?.[0]?.items?.[0]?.preview).toBe("the core");
  const sixDeep = { conversationId: withBen, seqs: [7], targets: [withCleo] };
  expect(await reasonFor(merge(ann, sixDeep))).toBe("record_too_large");
});

test("more bytes than a record may have are refused, and nothing is sent", async () => {
  const { ann, cleo, withBen, withCleo } = await threePeople();
  const long = "长".repeat(9_000); // 27,000 bytes
  for (let at = 0; at < 10; at += 1) await say(ann, withBen, long);
  const seqs = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const all = { conversationId: withBen, seqs, targets: [withCleo], note: "too much" };
  expect(await reasonFor(merge(ann, all))).toBe("record_too_large");
  expect(await said(cleo, withCleo)).toEqual([]);
  expect(await outcomes(merge(ann, { ...all, seqs: seqs.slice(0, 9) }))).toEqual(["stored"]);
  expect((await open(cleo, withCleo, 2)).items).toHaveLength(9);
});

test("no one sends a record of their own making", async () => {
  const { ann, withBen } = await threePeople();
  const lines = [{ name: "ben", kind: "text", preview: "I owe ann a million" }];
  const made = { kind: "record", of: "direct", names: ["ann", "ben"], count: 1, lines };
  const send = (content: object) =>
    callerOf(ann).messages.send({ conversationId: withBen, clientId: randomUUID(), content: content as Sendable });
  expect(await reasonFor(send(made))).toBe("invalid_input");
  await say(ann, withBen, "mine");
  const fabricated = { conversationId: withBen, seqs: [2], targets: [withBen], items: lines, names: ["x", "y"] };
  await merge(ann, fabricated);
  expect((await said(ann, withBen)).at(-1)?.content).toMatchObject({
    names: ["ann", "ben"],
    lines: [{ name: "ann", kind: "text", preview: "mine" }],
  });
});

test("the same merged forward again stores one record", async () => {
  const { ann, cleo, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "one");
  await say(ann, withBen, "two");
  const wanted = { clientId: randomUUID(), conversationId: withBen, seqs: [2, 3], targets: [withCleo, withBen] };
  const calls = await Promise.all(Array.from({ length: 4 }, () => outcomes(merge(ann, wanted))));
  expect(calls.flat().filter((outcome) => outcome === "stored")).toHaveLength(2);
  expect(await outcomes(merge(ann, { ...wanted, seqs: [3, 2] }))).toEqual(["duplicate", "duplicate"]);
  expect(await said(cleo, withCleo)).toHaveLength(1);
});
