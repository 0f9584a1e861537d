import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { dissolveCommunity } from "#server/communities/manage.ts";
import { listConversations } from "#server/conversations/list.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import {
  besideTransaction,
  callerOf,
  closeDatabase,
  makeFriends,
  mention,
  newPerson,
  reasonFor,
  say,
} from "#tests/_people.ts";
import { forward, outcomes, said, threePeople } from "#tests/server/_forward.ts";
import { give } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

test("messages arrive in their order in each target, with the name of who said them, and the note after them", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  const { community } = await createCommunity(ann, { name: "Kites" });
  await say(ben, withBen, "one");
  await say(ann, withBen, "two");
  const wanted = { conversationId: withBen, seqs: [3, 2], targets: [withCleo, community.id], note: "read this" };
  expect(await outcomes(forward(ann, wanted))).toEqual(["stored", "stored"]);
  const contents = [
    { kind: "text", text: "one", forwardedFrom: { name: "ben" } },
    { kind: "text", text: "two", forwardedFrom: { name: "ann" } },
    { kind: "text", text: "read this" },
  ];
  for (const [me, conversationId] of [
    [cleo, withCleo],
    [ann, community.id],
  ] as const) {
    const messages = await said(me, conversationId);
    expect(messages.map(({ content }) => content)).toEqual(contents);
    expect(messages.map(({ senderId }) => senderId)).toEqual([ann.personId, ann.personId, ann.personId]);
  }
  expect((await listConversations(cleo)).conversations[0]?.lastMessage?.preview).toBe("read this");
});

test("the first sender is named through several forwards, until one leaves the name out", async () => {
  const { ann, cleo, ben, withBen, withCleo } = await threePeople();
  const dan = await newPerson("dan");
  const withDan = await makeFriends(cleo, dan);
  await say(ben, withBen, "first");
  await forward(ann, { conversationId: withBen, seqs: [2], targets: [withCleo] });
  await forward(cleo, { conversationId: withCleo, seqs: [2], targets: [withDan] });
  await forward(cleo, { conversationId: withCleo, seqs: [2], targets: [withDan], showSource: false });
  await forward(dan, { conversationId: withDan, seqs: [3], targets: [withDan] });
  expect((await said(dan, withDan)).map(({ content }) => content)).toEqual([
    { kind: "text", text: "first", forwardedFrom: { name: "ben" } },
    { kind: "text", text: "first" },
    { kind: "text", text: "first", forwardedFrom: { name: "cleo" } },
  ]);
});

test("a forwarded mention calls no one, and what a reply answers stays behind", async () => {
  const { ann, ben, withBen, withCleo } = await threePeople();
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const { message } = await mention(ann, withBen, [ben]);
  const answer = { kind: "text" as const, text: "indeed", replyTo: message.seq };
  await callerOf(ben).messages.send({ conversationId: withBen, clientId: randomUUID(), content: answer });
  const seqs = [message.seq, message.seq + 1];
  await forward(ann, { conversationId: withBen, seqs, targets: [community.id, withCleo], showSource: false });
  const [first, second] = await said(ben, community.id);
  expect(first?.content).toEqual({ kind: "text", text: `@${ben.handle}` });
  expect(second?.content).toEqual({ kind: "text", text: "indeed" });
  const listed = (await listConversations(ben)).conversations.find(({ id }) => id === community.id);
  expect(listed?.unreadMentions).toEqual([]);
});

test("one target that refuses is named, and the others get the messages", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  const dan = await newPerson("dan");
  const [withDan, elsewhere] = [await makeFriends(ann, dan), await makeFriends(ben, dan)];
  const closed = (await createCommunity(ann, { name: "Gone" })).community.id;
  const left = (await createCommunity(cleo, { name: "Left" })).community.id;
  await dissolveCommunity(ann, { communityId: closed });
  await joinCommunity(ann, { communityId: left });
  await leaveCommunity(ann, { communityId: left });
  await blockPerson(cleo, { personId: ann.personId });
  await say(ben, withBen, "to all of you");
  const targets = [withCleo, closed, left, elsewhere, randomUUID(), withDan];
  expect(await outcomes(forward(ann, { conversationId: withBen, seqs: [2], targets }))).toEqual([
    "recipient_refuses",
    "conversation_closed",
    "not_found",
    "not_found",
    "not_found",
    "stored",
  ]);
  expect(await said(cleo, withCleo)).toEqual([]);
  expect((await said(dan, withDan)).map(({ preview }) => preview)).toEqual(["to all of you"]);
});

test("the same call again, also at once, stores nothing twice, and answers when its source is gone", async () => {
  const { ann, withBen, withCleo, cleo } = await threePeople();
  await say(ann, withBen, "one");
  await say(ann, withBen, "two");
  const wanted = { clientId: randomUUID(), conversationId: withBen, seqs: [2, 3], targets: [withCleo], note: "!" };
  const calls = await Promise.all(Array.from({ length: 5 }, () => outcomes(forward(ann, wanted))));
  for (const [outcome] of calls) expect(["stored", "duplicate"]).toContain(outcome);
  await callerOf(ann).messages.edit({ conversationId: withBen, seq: 2, text: "other", editedAt: null });
  await callerOf(ann).messages.recall({ conversationId: withBen, seq: 3 });
  expect(await outcomes(forward(ann, wanted))).toEqual(["duplicate"]);
  expect((await said(cleo, withCleo)).map(({ preview }) => preview)).toEqual(["one", "two", "!"]);
});

test("a call that broke off sends the rest when it is made again", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  const { community } = await createCommunity(cleo, { name: "Kites" });
  await say(ann, withBen, "one");
  const wanted = { clientId: randomUUID(), conversationId: withBen, seqs: [2], targets: [withCleo, community.id] };
  expect(await outcomes(forward(ann, wanted))).toEqual(["stored", "not_found"]);
  await joinCommunity(ann, { communityId: community.id });
  expect(await outcomes(forward(ann, wanted))).toEqual(["duplicate", "stored"]);
  // The id is another person's: it makes messages of my own.
  expect(await outcomes(forward(ben, { ...wanted, targets: [withBen] }))).toEqual(["stored"]);
  expect(await said(cleo, withCleo)).toHaveLength(1);
  expect((await said(ben, withBen)).map(({ senderId }) => senderId)).toEqual([ann.personId, ben.personId]);
});

test("what I may not read now answers like what is not there", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  await say(ann, community.id, "before your time");
  await joinCommunity(cleo, { communityId: community.id });
  await say(ann, withBen, "a secret");
  await say(ann, withBen, "a slip");
  await callerOf(ann).messages.recall({ conversationId: withBen, seq: 3 });
  const { message: late } = await say(ann, community.id, "in your time");
  const from = (conversationId: string, seqs: number[]) => ({ conversationId, seqs, targets: [withCleo] });
  const refused = [
    from(withBen, [2]),
    from(randomUUID(), [1]),
    from(community.id, [2]),
    from(community.id, [2, late.seq]),
  ];
  for (const wanted of refused) expect(await reasonFor(forward(cleo, wanted))).toBe("not_found");
  for (const seqs of [[3], [2, 3], [99], [2, 99]]) {
    expect(await reasonFor(forward(ben, { ...from(withBen, seqs), targets: [withBen] }))).toBe("not_found");
  }
  expect(await outcomes(forward(cleo, from(community.id, [late.seq])))).toEqual(["stored"]);
  await callerOf(ann).communities.removeMember({ communityId: community.id, personId: cleo.personId });
  expect(await reasonFor(forward(cleo, from(community.id, [late.seq])))).toBe("not_found");
  expect(await said(cleo, withCleo)).toHaveLength(1);
});

test("notices and red packets are not forwarded, neither alone nor among others", async () => {
  const { ann, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "look");
  const { message } = await give(ann, withBen);
  for (const as of ["each", "merged"] as const) {
    for (const seqs of [[1], [message.seq], [2, message.seq]]) {
      const wanted = { conversationId: withBen, seqs, targets: [withCleo], as };
      expect(await reasonFor(forward(ann, wanted))).toBe("forbidden");
    }
  }
});

test("none, too many, the same twice and a huge note are refused", async () => {
  const { ann, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "one");
  const good = { conversationId: withBen, seqs: [2], targets: [withCleo] };
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  for (const wanted of [
    { seqs: [] },
    { seqs: numbers(101) },
    { seqs: [2, 2] },
    { seqs: [0] },
    { targets: [] },
    { targets: [withCleo, withCleo] },
    { targets: numbers(21).map(() => randomUUID()) },
  ]) {
    expect(await reasonFor(forward(ann, { ...good, ...wanted })), JSON.stringify(wanted)).toBe("invalid_input");
  }
  expect(await reasonFor(forward(ann, { ...good, note: "x".repeat(1_001) }))).toBe("text_too_long");
  expect(await reasonFor(forward(ann, { ...good, note: " \n " }))).toBe("text_empty");
  expect(await reasonFor(forward(ann, { ...good, targets: ["here"] }))).toBe("invalid_id");
});

test("no one puts words under the name of another person: not by sending, not by editing", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  const content = { kind: "text" as const, text: "I am a fool", forwardedFrom: { name: "cleo" } };
  const sent = await callerOf(ann).messages.send({ conversationId: withBen, clientId: randomUUID(), content });
  expect(sent.message.content).toEqual({ kind: "text", text: "I am a fool" });
  await say(ben, withBen, "nice weather");
  await forward(ann, { conversationId: withBen, seqs: [3], targets: [withCleo] });
  const edit = (seq: number) =>
    callerOf(ann).messages.edit({ conversationId: withCleo, seq, text: "I am a fool", editedAt: null });
  expect(await reasonFor(edit(2))).toBe("forbidden");
  await forward(ann, { conversationId: withBen, seqs: [3], targets: [withCleo], showSource: false });
  expect(await reasonFor(edit(3))).toBe("no refusal");
  expect((await said(cleo, withCleo)).map(({ preview }) => preview)).toEqual(["nice weather", "I am a fool"]);
});

test("a person who sends too fast is told when the rest may go, and the rest arrives then", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  for (let at = 0; at < 40; at += 1) await say(ben, withBen, `line ${at}`);
  const { community } = await createCommunity(ann, { name: "Kites" });
  const seqs = Array.from({ length: 40 }, (_, at) => at + 2);
  // Nothing is left of what may be sent at once.
  await sql()`
    insert into rate_limits (key, tat) values (${`send:${ann.personId}`}, now() + interval '1 hour')
    on conflict (key) do update set tat = excluded.tat`;
  const wanted = { clientId: randomUUID(), conversationId: withBen, seqs, targets: [withCleo, community.id] };
  const { results } = await forward(ann, wanted);
  expect(results.map(({ reason, retryAfter }) => [reason, (retryAfter ?? 0) > 3_000])).toEqual([
    ["rate_limited", true],
    ["rate_limited", true],
  ]);
  // All forty have to wait longer than one would.
  const [one] = (await forward(ann, { ...wanted, seqs: [2] })).results;
  expect((results[0]?.retryAfter ?? 0) - (one?.retryAfter ?? 0)).toBeGreaterThanOrEqual(1);
  expect(await said(cleo, withCleo)).toEqual([]);
  await sql()`delete from rate_limits where key = ${`send:${ann.personId}`}`;
  expect(await outcomes(forward(ann, wanted))).toEqual(["stored", "stored"]);
  expect(await said(cleo, withCleo)).toHaveLength(40);
});

test("a target that something else holds is named, and holds up no other", async () => {
  const { ann, cleo, withBen, withCleo } = await threePeople();
  await say(ann, withBen, "one");
  const wanted = { clientId: randomUUID(), conversationId: withBen, seqs: [2], targets: [withCleo, withBen] };
  await besideTransaction(async (tx) => {
    await tx`select from conversations where id = ${withCleo} for update`;
    expect(await outcomes(forward(ann, wanted))).toEqual(["unavailable", "stored"]);
  });
  expect(await outcomes(forward(ann, wanted))).toEqual(["stored", "duplicate"]);
  expect(await said(cleo, withCleo)).toHaveLength(1);
});
