import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";

afterAll(closeDatabase);

const say = (text: string) => ({ clientId: randomUUID(), content: { kind: "text" as const, text } });

test("notes are one conversation with myself, however many devices ask at once", async () => {
  const ann = await newPerson("ann");
  const asked = await Promise.all([1, 2, 3, 4].map(() => callerOf(ann).conversations.notes()));
  const ids = new Set(asked.map(({ conversationId }) => conversationId));
  expect(ids.size).toBe(1);
  const [conversationId = ""] = ids;
  expect(await callerOf(ann).conversations.notes()).toEqual({ conversationId });
  const { conversations } = await callerOf(ann).conversations.list();
  expect(conversations).toMatchObject([
    { id: conversationId, kind: "notes", peer: null, community: null, memberCount: 1, lastSeq: 0, lastMessage: null },
  ]);
});

test("what I write in my notes is mine, read, and pinned, answered and forwarded like any other", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const friendsId = await makeFriends(ann, ben);
  const caller = callerOf(ann);
  const { conversationId } = await caller.conversations.notes();
  const first = await caller.messages.send({ conversationId, ...say("milk") });
  expect(first.message).toMatchObject({ seq: 1, senderId: ann.personId });
  await caller.messages.send({
    conversationId,
    clientId: randomUUID(),
    content: { kind: "text", text: "and eggs", replyTo: 1 },
  });
  await caller.messages.pin({ conversationId, seq: 1, pinned: true });
  await caller.messages.react({ conversationId, seq: 1, emoji: "👍", reacted: true });
  const forward = (as: "each" | "merged") =>
    caller.messages.forward({
      conversationId,
      seqs: [1, 2],
      targets: [friendsId],
      clientId: randomUUID(),
      as,
      showSource: true,
    });
  await forward("each");
  await forward("merged");
  const { messages } = await callerOf(ben).messages.page({ conversationId: friendsId });
  expect(messages.at(-1)?.content).toMatchObject({ kind: "record", of: "direct", names: ["ann"], count: 2 });
  const mine = await caller.conversations.get({ conversationId });
  // The pin's notice is the third.
  expect(mine).toMatchObject({ lastSeq: 3, lastReadSeq: 3, unreadNotices: [] });
});

test("others are told that there are none: by id, by person, and to coins", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await makeFriends(ann, ben);
  const { conversationId } = await callerOf(ann).conversations.notes();
  await callerOf(ann).messages.send({ conversationId, ...say("secret") });
  expect(await reasonFor(callerOf(ben).conversations.get({ conversationId }))).toBe("not_found");
  expect(await reasonFor(callerOf(ben).messages.page({ conversationId }))).toBe("not_found");
  expect(await reasonFor(callerOf(ben).messages.send({ conversationId, ...say("hm") }))).toBe("not_found");
  const packet = {
    conversationId,
    clientId: randomUUID(),
    split: "equal" as const,
    total: 100,
    shares: 1,
    greeting: "luck",
  };
  expect(await reasonFor(callerOf(ann).wallet.sendPacket(packet))).toBe("cannot_target_self");
  expect(await reasonFor(callerOf(ben).wallet.sendPacket(packet))).toBe("not_found");
});
