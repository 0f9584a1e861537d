import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { type Delivered, storeDelivered } from "#server/realtime/receipts.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const receive = (me: Me, conversationId: string, seq: number, device: Delivered["device"] = "computer") =>
  storeDelivered(sql(), [{ conversationId, personId: me.personId, device, seq }], false);
const read = (me: Me, conversationId: string, seq: number) =>
  callerOf(me).conversations.markRead({ conversationId, seq });
const marksFor = async (me: Me, conversationId: string) =>
  (await callerOf(me).messages.receipts({ conversationId })).marks.map(({ personId, deliveredSeq, readSeq }) => ({
    personId,
    deliveredSeq,
    readSeq,
  }));
const sayIn = async (me: Me, conversationId: string, text: string) => (await say(me, conversationId, text)).message;
const hide = (me: Me) => callerOf(me).accounts.updateProfile({ sharesReceipts: false });
const information = (me: Me, conversationId: string, seq: number) =>
  callerOf(me).messages.information({ conversationId, seq });

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

test("what was received and read is told to the other, moves forward only, and not beyond the last message", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const { seq: first } = await sayIn(ann, conversationId, "one");
  await say(ann, conversationId, "two");
  const { seq: lastSeq } = await sayIn(ann, conversationId, "three");
  expect(await receive(ben, conversationId, first)).toMatchObject([
    { receipts: { conversationId, changes: [{ personId: ben.personId, deliveredSeq: first }] }, hiddenFrom: [] },
  ]);
  expect(await marksFor(ann, conversationId)).toMatchObject([{ personId: ben.personId, deliveredSeq: first }]);
  // Again, or less: nothing is told.
  expect(await receive(ben, conversationId, first)).toEqual([]);
  expect(await receive(ben, conversationId, 1)).toEqual([]);
  await receive(ben, conversationId, 1_000_000);
  expect(await marksFor(ann, conversationId)).toMatchObject([{ deliveredSeq: lastSeq }]);
  const told = await envelopesOf(() => read(ben, conversationId, lastSeq - 1));
  expect(told).toContainEqual({
    nonce: expect.any(String),
    receipts: { conversationId, changes: [{ personId: ben.personId, readSeq: lastSeq - 1 }] },
    hiddenFrom: [],
  });
  expect(await marksFor(ann, conversationId)).toEqual([
    { personId: ben.personId, deliveredSeq: lastSeq, readSeq: lastSeq - 1 },
  ]);
  // What is read is delivered, though no device said so.
  expect(await marksFor(ben, conversationId)).toEqual([
    { personId: ann.personId, deliveredSeq: lastSeq, readSeq: lastSeq },
  ]);
});

test("who hides their receipts tells nothing and is told nothing", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const { seq } = await sayIn(ann, conversationId, "hello");
  await hide(ben);
  expect(await receive(ben, conversationId, seq)).toEqual([]);
  expect(JSON.stringify(await envelopesOf(() => read(ben, conversationId, seq)))).not.toContain("receipts");
  expect([await marksFor(ann, conversationId), await marksFor(ben, conversationId)]).toEqual([[], []]);
  expect((await callerOf(ann).messages.lastReceipts()).receipts).toEqual([]);
  expect(await information(ann, conversationId, seq)).toMatchObject({ recipients: [], hidden: 1 });
  // What Ann reads is told to all but him.
  const { seq: answer } = await sayIn(ben, conversationId, "well");
  expect(await receive(ann, conversationId, answer)).toMatchObject([{ hiddenFrom: [ben.personId] }]);
  expect(await envelopesOf(() => read(ann, conversationId, answer))).toContainEqual(
    expect.objectContaining({ hiddenFrom: [ben.personId] }),
  );
  expect(await information(ben, conversationId, answer)).toMatchObject({ recipients: null, hidden: 0 });
  // His own devices are his to see.
  expect((await information(ben, conversationId, seq)).devices).toMatchObject([{ device: "computer" }]);
});

test("strangers and people who left neither say nor learn anything", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const eve = await newPerson("eve");
  const { seq } = await sayIn(ann, conversationId, "hello");
  expect(await receive(eve, conversationId, seq)).toEqual([]);
  expect(await reasonFor(callerOf(eve).messages.receipts({ conversationId }))).toBe("not_found");
  expect(await reasonFor(information(eve, conversationId, seq))).toBe("not_found");
  expect(await reasonFor(information(ann, conversationId, seq + 1))).toBe("not_found");
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const { seq: inside } = await sayIn(ann, community.id, "hello all");
  await receive(ben, community.id, inside);
  await leaveCommunity(ben, { communityId: community.id });
  expect(await receive(ben, community.id, inside)).toEqual([]);
  expect(await marksFor(ann, community.id)).toEqual([]);
  expect(await reasonFor(callerOf(ben).messages.receipts({ conversationId: community.id }))).toBe("not_found");
  await joinCommunity(ben, { communityId: community.id });
  expect((await information(ben, community.id, inside)).devices).toEqual([]);
});

test("a message counts those who were there: who joined later is no recipient", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const { seq } = await sayIn(ann, community.id, "before");
  await joinCommunity(cleo, { communityId: community.id });
  await receive(cleo, community.id, seq);
  expect(await information(ann, community.id, seq)).toMatchObject({
    recipients: [{ personId: ben.personId, state: "sent", at: null }],
    hidden: 0,
  });
  await receive(ben, community.id, seq, "phone");
  expect(await information(ann, community.id, seq)).toMatchObject({
    recipients: [{ personId: ben.personId, state: "delivered", at: expect.any(String) }],
  });
  await read(ben, community.id, seq);
  expect(await information(ann, community.id, seq)).toMatchObject({
    recipients: [{ personId: ben.personId, state: "read", at: expect.any(String) }],
  });
  // Another's message names no one.
  expect(await information(ben, community.id, seq)).toMatchObject({ recipients: null, devices: [{ device: "phone" }] });
});

test("the list asks for my last messages alone, and says what all recipients have", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  for (const one of [ben, cleo]) await joinCommunity(one, { communityId: community.id });
  const { seq } = await sayIn(ann, community.id, "hello");
  const before = seq - 1;
  const last = async (me: Me) => (await callerOf(me).messages.lastReceipts()).receipts;
  await receive(ben, community.id, seq);
  expect(await last(ben)).toEqual([]);
  expect(await last(ann)).toMatchObject([{ conversationId: community.id, deliveredSeq: before }]);
  await read(cleo, community.id, seq);
  expect(await last(ann)).toMatchObject([{ deliveredSeq: seq, readSeq: before - 1 }]);
  await read(ben, community.id, seq);
  expect(await last(ann)).toMatchObject([{ deliveredSeq: seq, readSeq: seq }]);
  await say(ben, community.id, "and you?");
  expect(await last(ann)).toEqual([]);
});

test("a large conversation has no receipts", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const { seq } = await sayIn(ann, community.id, "hello");
  await sql()`update conversations set member_count = 101 where id = ${community.id}`;
  expect(await receive(ben, community.id, seq)).toEqual([]);
  expect(JSON.stringify(await envelopesOf(() => read(ben, community.id, seq)))).not.toContain("receipts");
  expect(await marksFor(ann, community.id)).toEqual([]);
  expect(await information(ann, community.id, seq)).toMatchObject({ recipients: null });
});
