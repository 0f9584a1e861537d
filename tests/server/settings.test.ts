/** What the environment limits; it is read once, so this file sets it before the product is loaded. */
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";

process.env.SEND_RATE = "1";
process.env.COMMUNITIES_PER_PERSON = "2";
const { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } = await import("#tests/_people.ts");
afterAll(closeDatabase);

test("a person founds as many communities as the setting says, and a dissolved one makes room", async () => {
  const mine = callerOf(await newPerson("ann")).communities;
  const [first] = [await mine.create({ name: "One" }), await mine.create({ name: "Two" })];
  expect(await reasonFor(mine.create({ name: "Three" }))).toBe("communities_full");
  await mine.dissolve({ communityId: first.community.id });
  expect(await reasonFor(mine.create({ name: "Three" }))).toBe("no refusal");
});

test("sending faster than the setting is refused after the burst, and nothing of it is stored", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const send = () =>
    reasonFor(
      callerOf(ann).messages.send({ conversationId, clientId: randomUUID(), content: { kind: "text", text: "x" } }),
    );
  const answers = await Promise.all(Array.from({ length: 14 }, send));
  const stored = answers.filter((answer) => answer === "no refusal").length;
  expect(stored).toBeGreaterThanOrEqual(10);
  expect(answers).toContain("too_fast");
  expect((await callerOf(ann).messages.page({ conversationId })).head.lastSeq).toBe(stored + 1);
});
