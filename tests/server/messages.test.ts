import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { changesSince } from "#server/conversations/changes-since.ts";
import { listConversations } from "#server/conversations/list.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { pageMessages } from "#server/messages/page.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

test("messages are numbered without gaps, also when two people send at the same moment", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await Promise.all(Array.from({ length: 40 }, (_, at) => say(at % 2 ? ann : ben, conversationId, `line ${at}`)));
  const page = await pageMessages(ann, { conversationId, limit: 100 });
  expect(page.messages.map((message) => message.seq)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
  expect(new Set(page.messages.map((message) => message.rev)).size).toBe(41);
  expect(page.head.lastSeq).toBe(41);
});

test("a replayed send is stored once and answers the first row", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const clientId = randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => say(ann, conversationId, "once", clientId)));
  expect(answers.filter((answer) => answer.outcome === "stored")).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.message.seq)).size).toBe(1);
  expect(await reasonFor(say(ann, conversationId, "other words", clientId))).toBe("client_id_reused");
});

test("a member who was removed meanwhile still gets the result of a message, and sends no other", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const clientId = randomUUID();
  const first = await say(ben, community.id, "before", clientId);
  await removeFromCommunity(ann, { communityId: community.id, personId: ben.personId });
  const again = await say(ben, community.id, "before", clientId);
  expect([again.outcome, again.message.seq]).toEqual(["duplicate", first.message.seq]);
  expect(await reasonFor(say(ben, community.id, "other words", clientId))).toBe("not_found");
  expect(await reasonFor(say(ben, community.id, "after"))).toBe("not_found");
});

test("the same client id of two people makes two messages", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const clientId = randomUUID();
  const [one, two] = [
    await say(ann, conversationId, "mine", clientId),
    await say(ben, conversationId, "yours", clientId),
  ];
  expect([one.outcome, two.outcome]).toEqual(["stored", "stored"]);
});

test("text comes back exactly as it was sent, in any script", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const texts = [
    "你好，世界 🌏",
    "مرحبا \u202eabc\u202c",
    "👩‍👩‍👧‍👦 e\u0301 é",
    "  two\nlines\tand a tab  ",
    "<script>alert(1)</script> & 'quotes' \"too\" \\n",
    "𠜎".repeat(10_000),
  ];
  for (const text of texts) await say(ann, conversationId, text);
  const page = await pageMessages(ben, { conversationId, limit: 100 });
  expect(page.messages.slice(1).map((message) => message.content.text)).toEqual(texts);
});

test.each([
  ["", "text_empty"],
  [" \n\t\u3000\u200b", "text_empty"],
  ["\u0000\u0007", "text_empty"],
  ["\ud800", "invalid_characters"],
  ["x".repeat(10_001), "text_too_long"],
])("the text %j is refused as %s", async (text, reason) => {
  const me = await newPerson("ann");
  const send = callerOf(me).messages.send({
    conversationId: randomUUID(),
    clientId: randomUUID(),
    content: { kind: "text", text },
  });
  expect(await reasonFor(send)).toBe(reason);
});

test("line ends of every system are newlines, control characters go, and names stay where they are", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const send = async (text: string, mentions?: { personId: string; start: number; length: number }[]) => {
    const content = { kind: "text" as const, text, ...(mentions ? { mentions } : {}) };
    return (await callerOf(ann).messages.send({ conversationId, clientId: randomUUID(), content })).message.content;
  };
  expect(await send("a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h")).toMatchObject({ text: "a\nb\nc\nd\ne\nf\ng\nh" });
  expect(await send("\u0000a\u0007\u001b[1m\u007f\u009fb\tc")).toMatchObject({ text: "a[1mb\tc" });
  const { personId } = ben;
  expect(
    await send("\u0000a\r\n@Be\u0007n!\r\n@Ben", [
      { personId, start: 4, length: 5 },
      { personId, start: 12, length: 4 },
    ]),
  ).toEqual({
    kind: "text",
    text: "a\n@Ben!\n@Ben",
    mentions: [
      { personId, start: 2, length: 4 },
      { personId, start: 8, length: 4 },
    ],
  });
});

test("a non-member gets the same answer as for a conversation that does not exist", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "between us");
  for (const id of [conversationId, randomUUID()]) {
    expect(await reasonFor(say(eve, id, "let me in"))).toBe("not_found");
    expect(await reasonFor(pageMessages(eve, { conversationId: id }))).toBe("not_found");
    expect(await reasonFor(changesSince(eve, { conversationId: id, rev: 0 }))).toBe("not_found");
    expect(await reasonFor(markRead(eve, { conversationId: id, seq: 1 }))).toBe("not_found");
    expect(await reasonFor(callerOf(eve).conversations.get({ conversationId: id }))).toBe("not_found");
  }
});

test("someone you blocked cannot write to you, nor you to them, until you unblock", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await blockPerson(ann, { personId: ben.personId });
  expect(await reasonFor(say(ben, conversationId, "hello?"))).toBe("recipient_refuses");
  expect(await reasonFor(say(ann, conversationId, "no"))).toBe("blocked_by_me");
  await unblockPerson(ann, { personId: ben.personId });
  expect((await say(ben, conversationId, "hello again")).outcome).toBe("stored");
});

test("after a friend is removed the conversation is readable and takes nothing new; friends again, it goes on", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "before");
  await removeFriend(ann, { personId: ben.personId });
  expect(await reasonFor(say(ben, conversationId, "after"))).toBe("not_friends");
  expect((await pageMessages(ben, { conversationId })).messages.at(-1)?.content.text).toBe("before");
  expect(await makeFriends(ben, ann)).toBe(conversationId);
  expect((await say(ben, conversationId, "again")).message.seq).toBe(4);
});

test("read marks go forward only, never past the end, and sending reads", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (const text of ["1", "2", "3"]) await say(ann, conversationId, text);
  const unread = async () => {
    const [one] = (await listConversations(ben)).conversations;
    return one ? one.lastSeq - one.lastReadSeq : null;
  };
  expect(await unread()).toBe(3);
  expect(await markRead(ben, { conversationId, seq: 3 })).toEqual({ lastReadSeq: 3 });
  expect(await markRead(ben, { conversationId, seq: 2 })).toEqual({ lastReadSeq: 3 });
  expect(await unread()).toBe(1);
  expect(await markRead(ben, { conversationId, seq: 99 })).toEqual({ lastReadSeq: 4 });
  await say(ann, conversationId, "5");
  await say(ben, conversationId, "6");
  expect(await unread()).toBe(0);
});

test("numbers beyond what Postgres holds are refused, not a bug", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const me = callerOf(ann);
  expect(await reasonFor(me.conversations.markRead({ conversationId, seq: 3e9 }))).toBe("invalid_input");
  expect(await reasonFor(me.messages.page({ conversationId, after: 3e9 }))).toBe("invalid_input");
  expect(await reasonFor(me.conversations.changesSince({ conversationId, rev: 3e9 }))).toBe("invalid_input");
});

test("history pages both ways without overlap or hole", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let at = 2; at <= 30; at += 1) await say(ann, conversationId, `line ${at}`);
  const newest = await pageMessages(ben, { conversationId, limit: 10 });
  expect(newest).toMatchObject({ hasOlder: true, hasNewer: false });
  const older = await pageMessages(ben, { conversationId, before: newest.messages[0]?.seq, limit: 10 });
  expect(older.messages.map((message) => message.seq)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(older).toMatchObject({ hasOlder: true, hasNewer: true });
  const oldest = await pageMessages(ben, { conversationId, before: 11, limit: 10 });
  expect(oldest).toMatchObject({ hasOlder: false, hasNewer: true });
  const around = await pageMessages(ben, { conversationId, around: 15, limit: 10 });
  expect(around.messages.map((message) => message.seq)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  const after = await pageMessages(ben, { conversationId, after: 25, limit: 10 });
  expect(after.messages.map((message) => message.seq)).toEqual([26, 27, 28, 29, 30]);
  expect(after).toMatchObject({ hasOlder: true, hasNewer: false });
});

test("a page may be asked for at numbers that no message has yet", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let at = 2; at <= 12; at += 1) await say(ann, conversationId, `line ${at}`);
  const beyond = 2_147_483_647;
  const seqs = async (where: { before?: number; after?: number; around?: number }) =>
    (await pageMessages(ben, { conversationId, limit: 4, ...where })).messages.map((message) => message.seq);
  expect(await seqs({ before: beyond })).toEqual([9, 10, 11, 12]);
  expect(await seqs({ after: beyond })).toEqual([]);
  expect(await seqs({ around: beyond })).toEqual([11, 12]);
});

test("changesSince tells exactly what is newer, page by page, and resets far behind", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let at = 0; at < 130; at += 1) await say(ann, conversationId, `line ${at}`);
  const first = await changesSince(ben, { conversationId, rev: 3 });
  expect(first.changes).toHaveLength(100);
  expect(first.nextRev).toBe(103);
  const second = await changesSince(ben, { conversationId, rev: 103 });
  expect(second.nextRev).toBeNull();
  expect([...first.changes, ...second.changes].map((change) => change.rev)).toEqual(
    Array.from({ length: 130 }, (_, at) => at + 4),
  );
  expect((await changesSince(ben, { conversationId, rev: 133 })).changes).toEqual([]);
});
