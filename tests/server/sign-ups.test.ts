import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { publishResults } from "#server/messages/answers/publish-results.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

type SignUp = Extract<Sendable, { kind: "signup" }>;
const boats: SignUp = { kind: "signup", title: "Boats", note: "On Sunday", several: false, closesAt: null };

async function start(more: Partial<SignUp> = {}) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const sending = { conversationId, clientId: randomUUID(), content: { ...boats, ...more } };
  const { message } = await callerOf(ann).messages.send(sending);
  return { ann, ben, key: { conversationId, seq: message.seq } };
}
type Key = Awaited<ReturnType<typeof start>>["key"];
const add = (me: Me, key: Key, text = "", entryId: string = randomUUID()) =>
  callerOf(me).messages.signUp({ ...key, entryId, text });
const remove = (me: Me, key: Key, entryId: string) => callerOf(me).messages.removeEntry({ ...key, entryId });
const listed = async (me: Me, key: Key) =>
  (await callerOf(me).messages.entries(key)).entries.map(
    ({ position, person, text }) => `${position}. ${person.displayName} – ${text}`,
  );
const shown = async (me: Me, { conversationId, seq }: Key) =>
  (await callerOf(me).messages.page({ conversationId })).messages.find((message) => message.seq === seq)?.content;

test("two who sign up at the same moment get different numbers, and a retry adds nothing", async () => {
  const { ann, ben, key } = await start();
  const entryId = randomUUID();
  await Promise.all([add(ann, key, "with a dog", entryId), add(ann, key, "with a dog", entryId), add(ben, key)]);
  const list = await listed(ann, key);
  expect(list.map((line) => line[0])).toEqual(["1", "2"]);
  expect(list.map((line) => line.slice(3)).sort()).toEqual(["ann – with a dog", "ben – "]);
  expect(await reasonFor(add(ann, key))).toBe("already_signed_up");
});

test("one writes and removes one's own entries alone; those behind move up", async () => {
  const { ann, ben, key } = await start({ several: true });
  const [first, second] = [randomUUID(), randomUUID()];
  await add(ann, key, "one", first);
  await add(ben, key, "two", second);
  await add(ann, key, "three");
  expect(await reasonFor(add(ann, key, "mine", second))).toBe("not_found");
  expect(await reasonFor(remove(ann, key, second))).toBe("not_found");
  await add(ben, key, "2", second);
  await remove(ann, key, first);
  await remove(ann, key, first);
  expect(await listed(ben, key)).toEqual(["1. ben – 2", "2. ann – three"]);
  const { answers } = await callerOf(ann).messages.marks(key);
  expect(answers).toMatchObject([{ seq: key.seq, choices: [], entries: [{ text: "three" }] }]);
});

test("entries are limited in all and for one person, in length, and by the closing", async () => {
  const { ann, ben, key } = await start({ several: true });
  expect(await reasonFor(add(ann, key, "x".repeat(201)))).toBe("text_too_long");
  for (let n = 0; n < 10; n += 1) await add(ann, key);
  expect(await reasonFor(add(ann, key))).toBe("signup_entries_limit_reached");
  await sql()`
    insert into signup_entries (conversation_id, seq, id, n, person_id, text)
    select ${key.conversationId}, ${key.seq}, gen_random_uuid(), 1000 + n, ${ann.personId}, '' from generate_series(1, 490) n`;
  expect(await reasonFor(add(ben, key))).toBe("signup_entries_limit_reached");
  const { next } = await callerOf(ben).messages.entries({ ...key, after: 450 });
  expect(next).toBeNull();
  const { message } = await callerOf(ann).messages.closeAnswers(key);
  expect(message.content).toMatchObject({ count: 500, entries: Array(5).fill({ personId: ann.personId }) });
  expect(await reasonFor(add(ben, key))).toBe("signup_closed");
});

test("what is told of the list equals the tables, and of mine my marks", async () => {
  const { ann, ben, key } = await start({ several: true });
  await expectParity([ann, ben], [key.conversationId], async () => {
    for (const one of [ann, ben, ann]) await add(one, key, "a seat");
    await publishResults(key);
  });
  expect(await shown(ben, key)).toMatchObject({
    count: 3,
    entries: [{ position: 1 }, { position: 2, personId: ben.personId, text: "a seat" }, { position: 3 }],
  });
});
