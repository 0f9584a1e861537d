import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SearchInput } from "#contracts/messages/search.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { closeDatabase, makeFriends, newPerson, say, type TestPerson } from "#tests/_people.ts";
import { found, index, search } from "#tests/_search.ts";

afterAll(closeDatabase);

let ann: TestPerson;
let ben: TestPerson;
let conversationId: string;
const lines = [
  "明天下午开会议纪要",
  "Bring the Résumé and the report.pdf",
  "東京タワーで会いましょう",
  "한국어 메시지 검색",
  "l'homme de la rue",
  "我用iPhone拍的",
  "สวัสดีครับ",
  "see https://example.com/plan",
];

beforeAll(async () => {
  [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  conversationId = await makeFriends(ann, ben);
  for (const line of lines) await say(ben, conversationId, line);
  await index();
});

test.each([
  ["会", [2, 0]],
  ["会议", [0]],
  ["议纪", [0]],
  ["議紀", []],
  ["开会纪要", []],
  ["纪要 明天", [0]],
  ["resume", [1]],
  ["RÉSU", [1]],
  ["sume", []],
  ["report.pdf", [1]],
  ["pdf", [1]],
  ['"the report"', [1]],
  ['"the resume and"', [1]],
  ['"report the"', []],
  ["タワ", [2]],
  ["국어", [3]],
  ["메시지 한국", [3]],
  ["homme", [4]],
  ["iphone", [5]],
  ["用iphone", [5]],
  ["ดีค", [6]],
  ["the", [1]],
  ["b", [1]],
  ["!!!", []],
  ["   ", []],
] as const)("%j finds lines %j, the last sent first", async (query, at) => {
  expect(await found(ann, query)).toEqual(at.map((one) => lines[one]));
});

test("a result has its words, where they stand, and how many there are in each conversation", async () => {
  const page = await search(ann, "resume");
  expect(page).toMatchObject({
    counts: [{ conversationId, count: 1 }],
    exact: true,
    next: null,
    hits: [{ excerpt: { text: "Bring the Résumé and the report.pdf", found: [{ start: 10, end: 16 }] } }],
  });
});

test("kind, sender, part and time narrow it down, with words and without", async () => {
  expect(await found(ann, "", { has: ["link"] })).toEqual([lines[7]]);
  expect(await found(ann, "", { from: [ann.personId] })).toEqual([]);
  expect(await found(ann, "会", { from: [ann.personId, ben.personId] })).toEqual([lines[2], lines[0]]);
  expect(await found(ann, "会", { kinds: ["file"] })).toEqual([]);
  expect(await found(ann, "会", { kinds: ["file", "text"] })).toEqual([lines[2], lines[0]]);
  expect(await found(ann, "会", { until: "2020-01-01T00:00:00.000Z" })).toEqual([]);
  expect(await found(ann, "会", { since: "2020-01-01T00:00:00.000Z" })).toEqual([lines[2], lines[0]]);
  expect(await found(ann, "会", { in: [randomUUID()] })).toEqual([]);
  expect(await found(ann, "会", { in: [conversationId] })).toEqual([lines[2], lines[0]]);
});

test("pages follow each other without gaps, also of messages of one moment", async () => {
  const [cat, dan] = [await newPerson("cat"), await newPerson("dan")];
  const id = await makeFriends(cat, dan);
  await Promise.all(Array.from({ length: 7 }, (_, n) => say(dan, id, `same ${n}`)));
  await index();
  const read: string[] = [];
  let after: SearchInput["after"];
  do {
    const page = await search(cat, "same", { limit: 2, ...(after && { after }) });
    read.push(...page.hits.map(({ message }) => message.preview));
    after = page.next ?? undefined;
  } while (after);
  expect(read.sort()).toEqual(["same 0", "same 1", "same 2", "same 3", "same 4", "same 5", "same 6"]);
});

test("an edit and a recall are followed, and what was said is not found even before the index knows", async () => {
  const [eve, fay] = [await newPerson("eve"), await newPerson("fay")];
  const id = await makeFriends(eve, fay);
  const { message } = await say(fay, id, "aubergine");
  const second = await say(fay, id, "courgette");
  await index();
  await editMessage(fay, { conversationId: id, seq: message.seq, text: "eggplant", editedAt: null });
  await recallMessage(fay, { conversationId: id, seq: second.message.seq });
  expect(await found(eve, "aubergine")).toEqual([]);
  expect(await found(eve, "courgette")).toEqual([]);
  await index();
  expect(await found(eve, "eggplant")).toEqual(["eggplant"]);
  expect(await found(eve, "", { from: [fay.personId] })).toEqual(["eggplant"]);
});

test("cards are found by their names, and a voice or a notice by no word", async () => {
  const content = { kind: "card" as const, of: "person" as const, id: ben.personId };
  await sendMessage(ben, { conversationId, clientId: randomUUID(), content });
  await index();
  expect(await found(ann, "ben")).toEqual(["[Contact] ben"]);
  expect(await found(ann, "", { kinds: ["card"] })).toEqual(["[Contact] ben"]);
  expect(await found(ann, "friends")).toEqual([]);
});
