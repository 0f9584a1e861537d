import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { getConversation } from "#server/conversations/get.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { sql } from "#server/db/sql.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { closeDatabase, makeFriends, mention, newPerson, reasonFor, say, type TestPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

const unread = async (me: TestPerson, conversationId: string) =>
  (await getConversation(me, { conversationId })).unreadMentions;

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  // Message 1 is the notice that they are friends.
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

test("messages above my read mark that mention me count, each once, until I read them", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  await mention(ann, conversationId, [ben, ben]);
  await say(ann, conversationId, `@${ben.handle}, only written`);
  await mention(ann, conversationId, [ann, ben]);
  expect([await unread(ben, conversationId), await unread(ann, conversationId)]).toEqual([[2, 4], []]);
  expect(await sql()`select person_id from mentions where conversation_id = ${conversationId} and seq = 4`).toEqual([
    { personId: ben.personId },
  ]);
  await markRead(ben, { conversationId, seq: 2 });
  expect(await unread(ben, conversationId)).toEqual([4]);
  await say(ben, conversationId, "what I write, I have read before");
  expect(await unread(ben, conversationId)).toEqual([]);
});

test("of many messages at once each names its own people", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const [first, , , last] = await Promise.all([
    mention(ann, conversationId, [ben]),
    say(ann, conversationId, "between"),
    mention(ann, conversationId, []),
    mention(ann, conversationId, [ben]),
    ...Array.from({ length: 5 }, () => say(ann, conversationId, "between")),
  ]);
  const seqs = [first.message.seq, last.message.seq].sort((a, b) => a - b);
  expect(await unread(ben, conversationId)).toEqual(seqs);
});

test("sending the same again writes no mention twice", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const content = { kind: "text" as const, text: "@b", mentions: [{ personId: ben.personId, start: 0, length: 2 }] };
  const sending = { conversationId, clientId: randomUUID(), content };
  const outcomes = [await sendMessage(ann, sending), await sendMessage(ann, sending)].map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["stored", "duplicate"]);
  expect(await sql()`select seq from mentions where person_id = ${ben.personId}`).toEqual([{ seq: 2 }]);
});

test("a message that is refused mentions no one, and fails no neighbour", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const eve = await newPerson("eve");
  const reasons = await Promise.all(
    [mention(eve, conversationId, [eve]), mention(ann, conversationId, [eve]), mention(ann, conversationId, [ben])].map(
      reasonFor,
    ),
  );
  expect(reasons).toEqual(["not_found", "not_found", "no refusal"]);
  expect(await sql()`select person_id, seq from mentions where conversation_id = ${conversationId}`).toEqual([
    { personId: ben.personId, seq: 2 },
  ]);
});

test("a recalled message no longer mentions", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const { message } = await mention(ann, conversationId, [ben]);
  await mention(ann, conversationId, [ben]);
  await recallMessage(ann, { conversationId, seq: message.seq });
  expect(await unread(ben, conversationId)).toEqual([3]);
});

test("the newest hundred are named", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const { message } = await mention(ann, conversationId, [ben]);
  await sql()`
    insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
    select ${conversationId}, seq, seq + 100, ${ann.personId}, gen_random_uuid(), 'text', '{"kind":"text","text":"@b"}', ''
    from generate_series(${message.seq + 1}::int, ${message.seq + 120}) as seq`;
  await sql()`
    insert into mentions (person_id, conversation_id, seq, sent_at)
    select ${ben.personId}, ${conversationId}, seq, now() from generate_series(${message.seq + 1}::int, ${message.seq + 120}) as seq`;
  const seqs = await unread(ben, conversationId);
  expect([seqs.length, seqs[0], seqs.at(-1)]).toEqual([100, message.seq + 21, message.seq + 120]);
});

test("who comes back is not asked to read what was said before", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { id } = (await createCommunity(ann, { name: "Kites" })).community;
  await joinCommunity(ben, { communityId: id });
  await mention(ann, id, [ben]);
  await leaveCommunity(ben, { communityId: id });
  await joinCommunity(ben, { communityId: id });
  expect(await unread(ben, id)).toEqual([]);
});
