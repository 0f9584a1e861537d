import { expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { isText } from "#tests/_listener.ts";
import { callerOf, makeFriends, newPerson, say } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(2);

test("members on every worker hear what was received and read; strangers and removed members neither hear nor count", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  const conversationId = community.id;
  await joinCommunity(ben, { communityId: conversationId });
  const { seq } = (await say(ann, conversationId, "hello")).message;
  const [mine, theirs, outside] = [await onWorker(0, ann), await onWorker(1, ben), await onWorker(1, eve)];
  theirs.sayDelivered({ [conversationId]: seq }, "phone");
  const change = { personId: ben.personId };
  await expect.poll(() => mine.receipts).toEqual([{ conversationId, changes: [{ ...change, deliveredSeq: seq }] }]);
  await markRead(ben, { conversationId, seq });
  await expect.poll(() => mine.receipts[1]).toEqual({ conversationId, changes: [{ ...change, readSeq: seq }] });
  outside.sayDelivered({ [conversationId]: seq });
  await removeFromCommunity(ann, { communityId: conversationId, personId: ben.personId });
  await theirs.until((event) => event.type === "conversation.removed");
  const later = (await say(ann, conversationId, "later")).message;
  theirs.sayDelivered({ [conversationId]: later.seq });
  // A report of the same connections about another conversation has arrived, so the earlier ones would have too.
  const [withBen, withEve] = [await makeFriends(ann, ben), await makeFriends(ann, eve)];
  for (const id of [withBen, withEve]) await say(ann, id, "end");
  await theirs.until(isText("end"));
  await outside.until(isText("end"));
  theirs.sayDelivered({ [withBen]: 1 });
  outside.sayDelivered({ [withEve]: 1 });
  await expect.poll(() => mine.receipts.length).toBe(4);
  expect(mine.receipts.filter((one) => one.conversationId === conversationId)).toHaveLength(2);
  expect(outside.receipts.filter((one) => one.conversationId === conversationId)).toEqual([]);
  expect((await callerOf(ann).messages.receipts({ conversationId })).marks).toEqual([]);
});

test("a member who hides theirs is told nothing over the socket", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  const conversationId = community.id;
  for (const one of [ben, cleo]) await joinCommunity(one, { communityId: conversationId });
  await callerOf(cleo).accounts.updateProfile({ sharesReceipts: false });
  const { seq } = (await say(ann, conversationId, "hello")).message;
  const [mine, theirs, hidden] = [await onWorker(0, ann), await onWorker(1, ben), await onWorker(1, cleo)];
  hidden.sayDelivered({ [conversationId]: seq });
  theirs.sayDelivered({ [conversationId]: seq });
  await expect.poll(() => mine.receipts.length).toBe(1);
  expect(mine.receipts[0]?.changes).toEqual([{ personId: ben.personId, deliveredSeq: seq }]);
  await say(ann, conversationId, "end");
  await hidden.until(isText("end"));
  expect(hidden.receipts).toEqual([]);
});

test("what no device says is refused on that frame, and the connection stays", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { seq } = (await say(ann, conversationId, "hello")).message;
  const [mine, theirs] = [await onWorker(0, ann), await onWorker(1, ben)];
  const many = Object.fromEntries(Array.from({ length: 201 }, () => [crypto.randomUUID(), 1]));
  for (const wrong of [{ [conversationId]: -1 }, { [conversationId]: 1.5 }, { "no id": 1 }, many]) {
    theirs.sayDelivered(wrong);
  }
  theirs.sayDelivered({ [conversationId]: seq }, "toaster" as "phone");
  theirs.sayDelivered({ [conversationId]: seq });
  await expect
    .poll(() => mine.receipts.flatMap(({ changes }) => changes))
    .toEqual([{ personId: ben.personId, deliveredSeq: seq }]);
});
