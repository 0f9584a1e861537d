import { afterAll, beforeAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { readCounterFaults } from "#server/counters/store.ts";
import { sql } from "#server/db/sql.ts";
import { storeDelivered } from "#server/realtime/receipts.ts";
import { callerOf, closeDatabase, mention, newPerson, say } from "#tests/_people.ts";

let conversationId = "";
const faults = async () => {
  const found = await readCounterFaults(sql(), [conversationId]);
  return Object.entries(found).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]));
};

/** A conversation with everything that is counted. */
beforeAll(async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  conversationId = community.id;
  await joinCommunity(ben, { communityId: conversationId });
  const { message } = await mention(ann, conversationId, [ben]);
  const { messages, conversations } = callerOf(ben);
  const at = { conversationId, seq: message.seq };
  await messages.react({ ...at, emoji: "👍", reacted: true });
  await messages.hide({ conversationId, seqs: [message.seq], hidden: true });
  await say(ann, conversationId, "later");
  await conversations.markRead(at);
  await storeDelivered(sql(), [{ ...at, personId: ben.personId, device: "phone" }], false);
});
afterAll(closeDatabase);

test("what the product counts is what is there", async () => expect(await faults()).toEqual([]));

test.each([
  ["members 1", "update conversations set member_count = member_count + 1 where id = $1"],
  ["numbers 1", "update conversations set last_seq = last_seq + 1 where id = $1"],
  ["revs 1", "update conversations set rev = 1 where id = $1"],
  ["marks 1", "update memberships set last_read_seq = 99 where conversation_id = $1 and role = 'member'"],
  ["marks 1", "update receipts set delivered_seq = 99 where conversation_id = $1"],
  ["reactions 1", "update messages set reactions = null where conversation_id = $1 and reactions is not null"],
  ["reactions 1", "update message_reactions set removed_at = now() where conversation_id = $1"],
  ["mentions 1", "delete from mentions where conversation_id = $1"],
  ["hidden 1", "delete from hidden_messages where conversation_id = $1"],
])("%s is found after: %s", async (found, statement) => {
  await expect(
    sql().begin(async (tx) => {
      await tx.unsafe(statement, [conversationId]);
      const after = await readCounterFaults(tx, [conversationId]);
      expect(Object.entries(after).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]))).toEqual([
        found,
      ]);
      throw new Error("taken back");
    }),
  ).rejects.toThrow("taken back");
});
