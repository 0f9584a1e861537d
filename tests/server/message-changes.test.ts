import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { qualifiedEmoji } from "#contracts/emoji.ts";
import type { Message } from "#contracts/messages/message.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { listConversations } from "#server/conversations/list.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { give } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ann, conversationId, "a secret that should not have left");
  return { ann, ben, conversationId, seq: message.seq, clientId: message.clientId };
}

const recall = (me: Me, conversationId: string, seq: number) => callerOf(me).messages.recall({ conversationId, seq });
const react = (me: Me, conversationId: string, seq: number, emoji: string, reacted = true) =>
  callerOf(me).messages.react({ conversationId, seq, emoji, reacted });
const messageAt = async (me: Me, conversationId: string, seq: number): Promise<Message | undefined> =>
  (await callerOf(me).messages.page({ conversationId })).messages.find((one) => one.seq === seq);
const age = (conversationId: string, seq: number, seconds: number) => sql()`
  update messages set sent_at = now() - make_interval(secs => ${seconds})
  where conversation_id = ${conversationId} and seq = ${seq}`;

test("a recalled message keeps its seq and nothing of its content, in pages, changes, the list and the table", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  await react(ben, conversationId, seq, "👍");
  const before = await messageAt(ben, conversationId, seq);
  const { message } = await recall(ann, conversationId, seq);
  expect(message).toMatchObject({ seq, content: { kind: "recalled" }, preview: "[Recalled]", reactions: [] });
  expect(message.rev).toBe((before?.rev ?? 0) + 1);
  const seen = {
    page: await callerOf(ben).messages.page({ conversationId }),
    changes: await callerOf(ben).conversations.changesSince({ conversationId, rev: 0 }),
    list: await listConversations(ben),
    rows: await sql()`select * from messages where conversation_id = ${conversationId}`,
  };
  expect(JSON.stringify(seen)).not.toContain("secret");
  expect(JSON.stringify(seen)).not.toContain("👍");
  expect(seen.list.conversations[0]?.lastMessage).toMatchObject({ kind: "recalled", preview: "[Recalled]" });
});

test("recalling again is harmless and takes no rev", async () => {
  const { ann, conversationId, seq } = await twoFriends();
  const answers = await Promise.all(Array.from({ length: 5 }, () => recall(ann, conversationId, seq)));
  expect(new Set(answers.map(({ message }) => message.rev)).size).toBe(1);
});

test("only the sender recalls, for two minutes, and no red packet and no notice", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  const eve = await newPerson("eve");
  expect(await reasonFor(recall(ben, conversationId, seq))).toBe("forbidden");
  expect(await reasonFor(recall(eve, conversationId, seq))).toBe("not_found");
  expect(await reasonFor(recall(ann, conversationId, 99))).toBe("not_found");
  await age(conversationId, seq, 121);
  expect(await reasonFor(recall(ann, conversationId, seq))).toBe("recall_expired");
  await age(conversationId, seq, 110);
  expect(await reasonFor(recall(ann, conversationId, seq))).toBe("no refusal");
  const { message } = await give(ann, conversationId, {});
  expect(await reasonFor(recall(ann, conversationId, message.seq))).toBe("forbidden");
  const notice = (await callerOf(ann).messages.page({ conversationId })).messages.find(
    ({ content }) => content.kind === "notice",
  );
  for (const person of [ann, ben]) {
    expect(await reasonFor(recall(person, conversationId, notice?.seq ?? 0))).toBe("forbidden");
    expect(await reasonFor(react(person, conversationId, notice?.seq ?? 0, "👍"))).toBe("forbidden");
  }
});

test("a retry of a message that was recalled meanwhile is answered with the placeholder, whatever it says", async () => {
  const { ann, conversationId, seq, clientId } = await twoFriends();
  await recall(ann, conversationId, seq);
  const again = await say(ann, conversationId, "a secret that should not have left", clientId);
  expect(again).toMatchObject({ outcome: "duplicate", message: { seq, content: { kind: "recalled" } } });
});

test("reactions are counted by emoji, name the first three people, and are mine on every device", async () => {
  const people = await Promise.all(["ann", "ben", "cleo", "dan", "eve"].map((name) => newPerson(name)));
  const [ann, ...others] = people as [(typeof people)[0], ...typeof people];
  const { community } = await createCommunity(ann, { name: "Kites" });
  for (const other of others) await joinCommunity(other, { communityId: community.id });
  const { message } = await say(ann, community.id, "who is coming?");
  for (const person of people) await react(person, community.id, message.seq, "👍");
  await react(ann, community.id, message.seq, "🎉");
  await react(ann, community.id, message.seq, "🎉");
  const page = await callerOf(ann).messages.page({ conversationId: community.id });
  expect(page.messages.at(-1)?.reactions).toEqual([
    { emoji: "👍", count: 5, personIds: people.slice(0, 3).map(({ personId }) => personId) },
    { emoji: "🎉", count: 1, personIds: [ann.personId] },
  ]);
  expect(page.ownReactions).toEqual([{ seq: message.seq, emoji: ["👍", "🎉"] }]);
  const { message: without } = await react(ann, community.id, message.seq, "👍", false);
  expect(without.reactions[0]).toEqual({
    emoji: "👍",
    count: 4,
    personIds: people.slice(1, 4).map(({ personId }) => personId),
  });
  await react(ann, community.id, message.seq, "👍", false);
  const last = await react(ann, community.id, message.seq, "🎉", false);
  expect(last.message.reactions.map(({ emoji }) => emoji)).toEqual(["👍"]);
});

test("a message has at most twenty different reactions, also when people add them at once", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  const emoji = Array.from({ length: 24 }, (_, at) => String.fromCodePoint(0x1f600 + at));
  const reasons = await Promise.all(
    emoji.map((one, at) => reasonFor(react(at % 2 ? ann : ben, conversationId, seq, one))),
  );
  expect(reasons.filter((reason) => reason === "no refusal")).toHaveLength(20);
  expect(reasons.filter((reason) => reason === "reactions_limit_reached")).toHaveLength(4);
  expect((await messageAt(ann, conversationId, seq))?.reactions).toHaveLength(20);
  const present = (await messageAt(ann, conversationId, seq))?.reactions[0];
  const other = present?.personIds[0] === ann.personId ? ben : ann;
  expect(await reasonFor(react(other, conversationId, seq, present?.emoji ?? ""))).toBe("no refusal");
});

test("one emoji has one spelling, and anything else is refused", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  for (const heart of ["❤️", "❤️"]) await react(ann, conversationId, seq, heart);
  const bare = "\u2764";
  expect(await reasonFor(react(ann, conversationId, seq, bare))).toBe("invalid_emoji");
  await react(ben, conversationId, seq, "🏳\u200d🌈");
  await react(ann, conversationId, seq, "🏳️\u200d🌈");
  expect((await messageAt(ann, conversationId, seq))?.reactions).toMatchObject([
    { emoji: "❤️", count: 1 },
    { emoji: "🏳️\u200d🌈", count: 2 },
  ]);
  for (const bad of ["", "a", "ok", "👍👍", "👍 ", "<b>", "1", "\u0000", "👍".repeat(100)]) {
    expect(await reasonFor(react(ann, conversationId, seq, bad)), bad).toBe("invalid_emoji");
  }
});

test.each([
  "👍",
  "👍🏽",
  "❤️",
  "☠️",
  "1️⃣",
  "🇵🇹",
  "👨‍👩‍👧‍👦",
  "🏳️‍🌈",
  "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  "❤️‍🔥",
  "👁️‍🗨️",
  "🧑🏽‍⚕️",
  "🕵🏽‍♀️",
  "⛹️‍♂️",
  "#️⃣",
  "🤝",
  "🫱🏻‍🫲🏿",
  "㊗️",
  "🅰️",
  "‼️",
])("%s is fully qualified as Unicode writes it", (emoji) => {
  expect(qualifiedEmoji(emoji)).toBe(emoji);
  expect(qualifiedEmoji(emoji.replaceAll("\ufe0f", ""))).toBe(emoji);
});

test("who may not write may not react, and a person who joined late reaches nothing from before", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  await blockPerson(ben, { personId: ann.personId });
  expect(await reasonFor(react(ann, conversationId, seq, "👍"))).toBe("recipient_refuses");
  expect(await reasonFor(recall(ann, conversationId, seq))).toBe("no refusal");

  const cleo = await newPerson("cleo");
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  const { message } = await say(ann, community.id, "before cleo came");
  await joinCommunity(cleo, { communityId: community.id });
  expect(await reasonFor(react(cleo, community.id, message.seq, "👍"))).toBe("not_found");
  await react(ann, community.id, message.seq, "👀");
  const { changes } = await callerOf(cleo).conversations.changesSince({ conversationId: community.id, rev: 0 });
  expect(JSON.stringify(changes)).not.toContain("👀");
  await removeFromCommunity(ann, { communityId: community.id, personId: cleo.personId });
  expect(await reasonFor(react(cleo, community.id, message.seq + 1, "👍"))).toBe("not_found");
});

test("a sender who was removed learns nothing of reactions by sending again", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const clientId = randomUUID();
  const { message } = await say(ben, community.id, "mine", clientId);
  await removeFromCommunity(ann, { communityId: community.id, personId: ben.personId });
  await react(ann, community.id, message.seq, "🤫");
  expect((await say(ben, community.id, "mine", clientId)).message.reactions).toEqual([]);
});
