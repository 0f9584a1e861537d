import { randomUUID } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { startRunner } from "#jobs/runner.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { publishResults } from "#server/messages/answers/publish-results.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { envelopesOf, expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

type Poll = Extract<Sendable, { kind: "poll" }>;
const poll: Poll = {
  kind: "poll",
  question: "Where to?",
  options: ["Lake", "Hills", "Sea"],
  multiple: false,
  anonymous: false,
  closesAt: null,
};

async function ask(me: Me, conversationId: string, more: Partial<Poll> = {}) {
  const sending = { conversationId, clientId: randomUUID(), content: { ...poll, ...more } };
  const { message } = await callerOf(me).messages.send(sending);
  return { conversationId, seq: message.seq };
}
type Key = Awaited<ReturnType<typeof ask>>;
const vote = (me: Me, key: Key, ...choices: number[]) => callerOf(me).messages.vote({ ...key, choices });
const shown = async (me: Me, { conversationId, seq }: Key) => {
  const { messages } = await callerOf(me).messages.page({ conversationId, around: seq });
  const content = messages.find((message) => message.seq === seq)?.content;
  return { voters: content?.voters, votes: content?.votes };
};
const counted = async ({ conversationId, seq }: Key) =>
  (
    await sql()`select voters, votes from message_results where conversation_id = ${conversationId} and seq = ${seq}`
  )[0];
const votersOf = async (me: Me, key: Key, option: number) =>
  (await callerOf(me).messages.voters({ ...key, option })).voters.map(({ person }) => person.displayName);

async function friends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

/** Ann's community, with so many others in it. */
async function community(many: number) {
  const ann = await newPerson("ann");
  const { community } = await callerOf(ann).communities.create({ name: "Kites", joinPolicy: "open" });
  const others: Me[] = [];
  for (let n = 0; n < many; n += 1) others.push(await newPerson(`p${n}`));
  for (const one of others) await callerOf(one).communities.join({ communityId: community.id });
  return { ann, others, conversationId: community.id };
}

test("a vote is counted once, from any device, and can be changed and taken back", async () => {
  const { ann, ben, conversationId } = await friends();
  const key = await ask(ann, conversationId);
  await Promise.all([vote(ben, key, 1), vote(ben, key, 1), vote(ben, key, 1)]);
  expect(await counted(key)).toEqual({ voters: 1, votes: [0, 1, 0] });
  await vote(ann, key, 1);
  expect((await vote(ben, key, 2)).answer).toEqual({ seq: key.seq, choices: [2], entries: [] });
  expect(await counted(key)).toEqual({ voters: 2, votes: [0, 1, 1] });
  expect([await votersOf(ann, key, 1), await votersOf(ann, key, 2)]).toEqual([["ann"], ["ben"]]);
  await vote(ben, key);
  expect(await counted(key)).toEqual({ voters: 1, votes: [0, 1, 0] });
  expect((await callerOf(ben).messages.marks({ conversationId })).answers).toEqual([]);
  expect((await callerOf(ann).messages.marks({ conversationId })).answers).toMatchObject([{ choices: [1] }]);
});

test.each<[string, Partial<Poll>, number[]]>([
  ["an option that there is not", {}, [3]],
  ["two where one may be chosen", {}, [0, 1]],
  ["one twice", { multiple: true }, [1, 1]],
])("%s is no vote", async (_, more, choices) => {
  const { ann, conversationId } = await friends();
  const key = await ask(ann, conversationId, more);
  expect(await reasonFor(vote(ann, key, ...choices))).toBe("invalid_input");
  expect(await counted(key)).toBeUndefined();
});

test.each<[string, Partial<Poll>]>([
  ["one option", { options: ["Lake"] }],
  ["1,000 options", { options: Array.from({ length: 1_000 }, (_, n) => `Lake ${n}`) }],
  ["the same option twice", { options: ["Lake", " Lake"] }],
  ["a right answer that there is not", { quiz: { correct: 3, explanation: "" } }],
  ["several right answers", { multiple: true, quiz: { correct: 0, explanation: "" } }],
  ["no question", { question: " " }],
])("a poll with %s is refused", async (_, more) => {
  const { ann, conversationId } = await friends();
  expect(await reasonFor(ask(ann, conversationId, more))).toMatch(/^(invalid_input|text_empty)$/);
});

test("votes are refused after the closing time, after its author closed it, and from those who may not write", async () => {
  const { ann, ben, conversationId } = await friends();
  const past = await ask(ann, conversationId, { closesAt: new Date(Date.now() - 1).toISOString() });
  expect(await reasonFor(vote(ben, past, 0))).toBe("poll_closed");
  const key = await ask(ann, conversationId);
  await vote(ben, key, 0);
  expect(await reasonFor(callerOf(ben).messages.closeAnswers(key))).toBe("forbidden");
  const { message } = await callerOf(ann).messages.closeAnswers(key);
  expect(message.content).toMatchObject({ closedAt: expect.any(String), voters: 1, votes: [1, 0, 0] });
  expect((await callerOf(ann).messages.closeAnswers(key)).message.rev).toBe(message.rev);
  for (const choices of [[], [1]]) expect(await reasonFor(vote(ben, key, ...choices))).toBe("poll_closed");
  const open = await ask(ann, conversationId);
  await callerOf(ben).friends.remove({ personId: ann.personId });
  expect(await reasonFor(vote(ben, open, 0))).toBe("not_friends");
});

test("a member who left cannot vote, and what they voted stays counted and named", async () => {
  const { ann, others, conversationId } = await community(1);
  const [ben = ann] = others;
  const key = await ask(ann, conversationId);
  await vote(ben, key, 0);
  await callerOf(ben).communities.leave({ communityId: conversationId });
  expect(await reasonFor(vote(ben, key, 1))).toBe("not_found");
  expect(await shown(ann, key)).toEqual({ voters: 1, votes: [1, 0, 0] });
  expect(await votersOf(ann, key, 0)).toEqual(["p0"]);
});

test("a quiz takes one vote of each, and tells the right answer to those who have voted", async () => {
  const { ann, ben, conversationId } = await friends();
  const key = await ask(ann, conversationId, { quiz: { correct: 2, explanation: "It is salty" } });
  const page = await callerOf(ben).messages.page({ conversationId });
  expect(JSON.stringify(page)).not.toMatch(/salty|correct/);
  expect(await reasonFor(callerOf(ben).messages.quizAnswer(key))).toBe("forbidden");
  await vote(ben, key, 0);
  await vote(ben, key, 0);
  for (const choices of [[], [2]]) expect(await reasonFor(vote(ben, key, ...choices))).toBe("vote_is_final");
  expect(await callerOf(ben).messages.quizAnswer(key)).toEqual({ correct: 2, explanation: "It is salty" });
  const scheduled = randomUUID();
  const content = { ...poll, quiz: { correct: 1, explanation: "" } };
  const sendAt = new Date(Date.now() + 86_400_000).toISOString();
  await callerOf(ann).messages.schedule({ conversationId, clientId: scheduled, content, sendAt });
  await callerOf(ann).messages.sendScheduled({ clientId: scheduled });
  const [{ seq = 0 } = {}] = (await callerOf(ann).messages.page({ conversationId, limit: 1 })).messages;
  expect(await callerOf(ann).messages.quizAnswer({ conversationId, seq })).toEqual({ correct: 1, explanation: "" });
});

test("who voted in an anonymous poll is in no answer and no event of anyone else", async () => {
  const { ann, others, conversationId } = await community(2);
  const [ben = ann, cleo = ann] = others;
  const key = await ask(ann, conversationId, { anonymous: true });
  const envelopes = await envelopesOf(async () => {
    await vote(ben, key, 1);
    await vote(ben, key, 2);
    await publishResults(key);
  });
  const { messages } = callerOf(cleo);
  expect(await reasonFor(messages.voters({ ...key, option: 2 }))).toBe("forbidden");
  const toOthers = envelopes.filter((one) => !("personId" in one && one.personId === ben.personId));
  expect(toOthers.length).toBeGreaterThan(0);
  const changes = await callerOf(cleo).conversations.changesSince({ conversationId, rev: 3 });
  const answers: unknown[] = [
    toOthers,
    (await messages.page({ conversationId, around: key.seq })).messages.filter(({ seq }) => seq === key.seq),
    // Who joined was told before the poll.
    changes.changes.filter(({ message }) => message?.seq === key.seq),
    await messages.information(key),
    await messages.marks({ conversationId }),
    await sql()`select * from poll_choices where conversation_id = ${conversationId}`,
    await sql()`select payload from graphile_worker._private_jobs`,
  ];
  for (const answer of answers) expect(JSON.stringify(answer)).not.toContain(ben.personId);
});

test("a burst of votes is two events of the message, and all clients end equal to the tables", async () => {
  const { ann, others, conversationId } = await community(12);
  const key = await ask(ann, conversationId, { multiple: true });
  await expectParity([ann, ...others.slice(0, 3)], [conversationId], async () => {
    const envelopes = await envelopesOf(async () => {
      await Promise.all(others.map((one, n) => vote(one, key, n % 3)));
      await publishResults(key);
    });
    const told = envelopes.filter((one) => "conversationId" in one);
    expect(told.length).toBeLessThanOrEqual(4);
  });
  expect(await shown(ann, key)).toEqual({ voters: 12, votes: [4, 4, 4] });
  expect(await counted(key)).toEqual({ voters: 12, votes: [4, 4, 4] });
});

test("the last votes of a burst are told by the job that waits", async () => {
  const { ann, ben, conversationId } = await friends();
  const key = await ask(ann, conversationId);
  for (const choice of [0, 1, 2]) await vote(ben, key, choice);
  await vote(ann, key, 2);
  const runner = await startRunner(urlOf("jobs"));
  await vi.waitFor(async () => expect(await shown(ann, key)).toEqual({ voters: 2, votes: [0, 0, 2] }), {
    timeout: 10_000,
    interval: 50,
  });
  await runner.stop();
});

test("a vote moves nothing in the list and is not unread", async () => {
  const { ann, ben, conversationId } = await friends();
  const key = await ask(ann, conversationId);
  await callerOf(ben).conversations.markRead({ conversationId, seq: key.seq });
  const before = await callerOf(ben).conversations.get({ conversationId });
  await vote(ann, key, 1);
  const after = await callerOf(ben).conversations.get({ conversationId });
  expect([after.lastMessageAt, after.lastReadSeq, after.lastSeq]).toEqual([
    before.lastMessageAt,
    before.lastReadSeq,
    before.lastSeq,
  ]);
});

test("a recalled poll keeps nothing of its votes, and a forwarded one is its question", async () => {
  const { ann, ben, conversationId } = await friends();
  const key = await ask(ann, conversationId);
  await vote(ben, key, 1);
  const forward = { clientId: randomUUID(), as: "each" as const, showSource: true, targets: [conversationId] };
  await callerOf(ben).messages.forward({ ...forward, conversationId, seqs: [key.seq] });
  const [last] = (await callerOf(ben).messages.page({ conversationId, limit: 1 })).messages;
  expect(last?.content).toMatchObject({ kind: "text", text: "Where to?\n• Lake\n• Hills\n• Sea" });
  await callerOf(ann).messages.recall(key);
  expect(await reasonFor(vote(ben, key, 1))).toBe("forbidden");
  expect(await counted(key)).toBeUndefined();
  expect((await callerOf(ben).messages.marks({ conversationId })).answers).toEqual([]);
  const edit = { ...(await ask(ann, conversationId)), text: "Other", editedAt: null };
  expect(await reasonFor(callerOf(ann).messages.edit(edit))).toBe("forbidden");
});
