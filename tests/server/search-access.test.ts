import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { SearchInput } from "#contracts/messages/search.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import { hideMessages } from "#server/messages/marks/hide.ts";
import { closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { found, index, search } from "#tests/_search.ts";

afterAll(closeDatabase);

test("no one finds what was said in a conversation that they are not in, also by its id", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "swordfish");
  await index();
  expect(await found(ben, "swordfish")).toEqual(["swordfish"]);
  const nothing = { hits: [], counts: [], next: null };
  expect(await search(eve, "swordfish")).toMatchObject(nothing);
  expect(await search(eve, "swordfish", { in: [conversationId] })).toMatchObject(nothing);
  expect(await search(eve, "", { from: [ann.personId] })).toMatchObject(nothing);
});

test("a newcomer finds what they may read; who left or was removed finds nothing", async () => {
  const [owner, early, late] = [await newPerson("owner"), await newPerson("early"), await newPerson("late")];
  const founded = await createCommunity(owner, { name: "Fishing", historyVisibleToNewMembers: false });
  const { id } = founded.community;
  await joinCommunity(early, { communityId: id });
  await say(owner, id, "swordfish one");
  await joinCommunity(late, { communityId: id });
  await say(owner, id, "swordfish two");
  await index();
  expect(await found(early, "swordfish")).toEqual(["swordfish two", "swordfish one"]);
  expect(await search(late, "swordfish")).toMatchObject({ counts: [{ conversationId: id, count: 1 }] });
  expect(await found(late, "swordfish")).toEqual(["swordfish two"]);
  await leaveCommunity(early, { communityId: id });
  await removeFromCommunity(owner, { communityId: id, personId: late.personId });
  expect(await found(early, "swordfish")).toEqual([]);
  expect(await found(late, "swordfish")).toEqual([]);
});

test("what I deleted for me I do not find, and it is not counted", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ben, conversationId, "swordfish");
  await index();
  await hideMessages(ann, { conversationId, seqs: [message.seq], hidden: true });
  expect(await search(ann, "swordfish")).toMatchObject({ hits: [], counts: [] });
  expect(await found(ben, "swordfish")).toEqual(["swordfish"]);
});

test.each([
  "a".repeat(200),
  "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  "the a an of to in",
  "'; drop table messages; --",
  "%_\\*(|&!:*)<->",
  "\\u0000 {} [] \\",
  '"""" "" "',
  "\u202e\u200d\u0301",
  "👨‍👩‍👧".repeat(20),
  "会".repeat(200),
])("%j is a question like any other", async (query) => {
  const ann = await newPerson("ann");
  expect(await search(ann, query)).toMatchObject({ hits: [], next: null, counts: [] });
});

test("too long a question, a wrong id and too many names are refused", async () => {
  const ann = await newPerson("ann");
  expect(await reasonFor(search(ann, "a".repeat(10_000)))).toBe("text_too_long");
  const ids = Array.from({ length: 51 }, () => randomUUID());
  for (const input of [
    { in: ["x"] },
    { in: ids },
    { from: ids },
    { kinds: ["notice"] },
    { has: ["all"] },
    { since: "now" },
  ]) {
    await expect(search(ann, "a", input as Partial<SearchInput>)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
});

test("a hash that two tokens share brings a candidate, and no wrong answer", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ben, conversationId, "swordfish");
  const other = await say(ben, conversationId, "carp");
  await index();
  // As if the words of the second message had the hashes of the first.
  await sql()`
    update message_search s set hashes = o.hashes from message_search o
    where s.conversation_id = ${conversationId} and s.seq = ${other.message.seq}
      and o.conversation_id = ${conversationId} and o.seq = ${message.seq}`;
  expect(await found(ann, "swordfish")).toEqual(["swordfish"]);
  expect(await search(ann, "swordfish")).toMatchObject({ counts: [{ count: 1 }] });
});
