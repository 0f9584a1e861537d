import { randomUUID } from "node:crypto";
import { afterAll, afterEach, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { lockConversation } from "#server/conversations/store.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import { pageMessages } from "#server/messages/page.ts";
import { announceClaim } from "#server/wallet/announce-claim.ts";
import { refundPacket } from "#server/wallet/refund.ts";
import { readLedgerFaults } from "#server/wallet/store.ts";
import { besideTransaction, callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { backendsWaitingIn, balanceOf, expectSoundLedger, give, letExpire, open } from "#tests/server/_wallet.ts";

afterEach(expectSoundLedger);
afterAll(closeDatabase);

const welcome = 10_000;

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}
async function communityOf(owner: Me, ...others: Me[]): Promise<string> {
  const { community } = await createCommunity(owner, { name: "Lanterns" });
  for (const person of others) await joinCommunity(person, { communityId: community.id });
  return community.id;
}

test("everyone begins with the welcome grant, once, also when many ask at the same moment", async () => {
  const ann = await newPerson("ann");
  const balances = await Promise.all(Array.from({ length: 12 }, () => balanceOf(ann)));
  expect(new Set(balances)).toEqual(new Set([welcome]));
  const { entries } = await callerOf(ann).wallet.history({});
  expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([["grant", welcome]]);
});

test("a red packet moves coins from one friend to the other, and both can read how", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const { packetId, message } = await give(ann, conversationId, { total: 888, greeting: "新年快乐" });
  expect(message.content).toEqual({ kind: "red_packet", packetId, greeting: "新年快乐", split: "random", shares: 1 });
  expect(await balanceOf(ann)).toBe(welcome - 888);
  const opened = await open(ben, packetId);
  expect(opened).toMatchObject({ outcome: "opened", amount: 888, packet: { state: "finished", mine: 888 } });
  expect(await balanceOf(ben)).toBe(welcome + 888);
  const [mine] = (await callerOf(ben).wallet.history({})).entries;
  expect(mine).toMatchObject({ kind: "packet_claimed", amount: 888, packetId, personId: ann.personId });
  const [theirs] = (await callerOf(ann).wallet.history({})).entries;
  expect(theirs).toMatchObject({ kind: "packet_sent", amount: -888, packetId, personId: null });
});

test("history pages from the newest to the grant without overlap or hole", async () => {
  const { ann, conversationId } = await twoFriends();
  for (let at = 1; at <= 5; at += 1) await give(ann, conversationId, { total: at });
  const seen: number[] = [];
  for (let cursor: number | undefined, more = true; more; ) {
    const page = await callerOf(ann).wallet.history({ cursor, limit: 2 });
    seen.push(...page.entries.map((entry) => entry.amount));
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  expect(seen).toEqual([-5, -4, -3, -2, -1, welcome]);
});

test("equal shares are equal, random ones add up, and the luckiest is named when nothing is left", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const conversationId = await communityOf(ann, ben, cleo);
  const equal = await give(ann, conversationId, { split: "equal", total: 300, shares: 3 });
  const random = await give(ann, conversationId, { split: "random", total: 1_000, shares: 3 });
  for (const person of [ben, ann]) {
    expect((await open(person, equal.packetId)).amount).toBe(100);
    expect((await open(person, random.packetId)).packet.luckiestId).toBeNull();
  }
  await open(cleo, equal.packetId);
  const { packet } = await open(cleo, random.packetId);
  expect(packet.takes.map((take) => take.personId)).toEqual([ben.personId, ann.personId, cleo.personId]);
  expect(packet.takes.reduce((sum, take) => sum + take.amount, 0)).toBe(1_000);
  const most = Math.max(...packet.takes.map((take) => take.amount));
  expect(packet.takes.find((take) => take.personId === packet.luckiestId)?.amount).toBe(most);
  expect((await callerOf(ben).wallet.getPacket(equal)).luckiestId).toBeNull();
});

test.each([
  ["nothing", { total: 0 }, "invalid_amount"],
  ["less than nothing", { total: -1 }, "invalid_amount"],
  ["half a cent", { total: 0.5 }, "invalid_amount"],
  ["no number", { total: Number.NaN }, "invalid_amount"],
  ["more than there is", { total: Number.MAX_SAFE_INTEGER }, "packet_too_large"],
  ["a share above the limit", { total: 20_001 }, "packet_too_large"],
  ["more shares than cents", { total: 9, shares: 10 }, "packet_too_small"],
  ["no shares", { shares: 0 }, "invalid_shares"],
  ["half a share", { shares: 1.5 }, "invalid_shares"],
  ["101 shares", { shares: 101 }, "invalid_shares"],
  ["equal shares that are not", { split: "equal", total: 100, shares: 3 }, "not_divisible"],
  ["a greeting that is too long", { greeting: "福".repeat(26) }, "text_too_long"],
  ["more than the balance", { total: welcome + 1 }, "insufficient_balance"],
] as const)("a packet of %s is refused, and nothing of it stays", async (_, terms, reason) => {
  const ann = await newPerson("ann");
  const conversationId = await communityOf(ann);
  expect(await reasonFor(give(ann, conversationId, terms))).toBe(reason);
  expect(await balanceOf(ann)).toBe(welcome);
  expect((await pageMessages(ann, { conversationId })).messages).toHaveLength(1);
});

test("who may not write may not send a packet, and keeps the coins", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const eve = await newPerson("eve");
  const closed = await communityOf(ann);
  await callerOf(ann).communities.dissolve({ communityId: closed });
  expect(await reasonFor(give(eve, conversationId))).toBe("not_found");
  expect(await reasonFor(give(ann, closed))).toMatch(/^(conversation_closed|not_found)$/);
  await blockPerson(ben, { personId: ann.personId });
  expect(await reasonFor(give(ann, conversationId))).toBe("recipient_refuses");
  expect(await reasonFor(give(ben, conversationId))).toBe("blocked_by_me");
  await removeFriend(ann, { personId: ben.personId });
  expect(await reasonFor(give(ann, conversationId))).toMatch(/^not_(friends|accepted)$/);
  for (const person of [ann, ben, eve]) expect(await balanceOf(person)).toBe(welcome);
});

test("a packet for one person is one share, for another member, and no one else opens it", async () => {
  const [ann, ben, cleo, eve] = [
    await newPerson("ann"),
    await newPerson("ben"),
    await newPerson("cleo"),
    await newPerson("eve"),
  ];
  const conversationId = await communityOf(ann, ben, cleo);
  const forPersonId = ben.personId;
  expect(await reasonFor(give(ann, conversationId, { forPersonId, shares: 2 }))).toBe("invalid_shares");
  expect(await reasonFor(give(ann, conversationId, { forPersonId: eve.personId }))).toBe("not_found");
  expect(await reasonFor(give(ann, conversationId, { forPersonId: ann.personId }))).toBe("cannot_target_self");
  const { packetId } = await give(ann, conversationId, { forPersonId });
  for (const person of [ann, cleo]) expect(await reasonFor(open(person, packetId))).toBe("not_recipient");
  expect((await open(ben, packetId)).outcome).toBe("opened");
});

test("in a direct conversation the other opens it, the sender does not, and one share is all there is", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  expect(await reasonFor(give(ann, conversationId, { shares: 2 }))).toBe("invalid_shares");
  const { packetId } = await give(ann, conversationId);
  expect(await reasonFor(open(ann, packetId))).toBe("not_recipient");
  expect((await callerOf(ann).wallet.getPacket({ packetId })).forPersonId).toBe(ben.personId);
});

test("a packet does not exist for strangers, former members, or members who may not read its message", async () => {
  const [ann, ben, late, eve] = [
    await newPerson("ann"),
    await newPerson("ben"),
    await newPerson("late"),
    await newPerson("eve"),
  ];
  const { community } = await createCommunity(ann, { name: "Quiet", historyVisibleToNewMembers: false });
  await joinCommunity(ben, { communityId: community.id });
  const { packetId } = await give(ann, community.id, { shares: 3 });
  await joinCommunity(late, { communityId: community.id });
  await leaveCommunity(ben, { communityId: community.id });
  for (const person of [ben, late, eve]) {
    expect(await reasonFor(open(person, packetId))).toBe("not_found");
    expect(await reasonFor(callerOf(person).wallet.getPacket({ packetId }))).toBe("not_found");
  }
  expect(await reasonFor(open(ann, randomUUID()))).toBe("not_found");
});

test("what was sent before a friendship ended, or before a block, can still be opened", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const [first, second] = [await give(ann, conversationId), await give(ann, conversationId)];
  await removeFriend(ann, { personId: ben.personId });
  expect((await open(ben, first.packetId)).outcome).toBe("opened");
  await blockPerson(ann, { personId: ben.personId });
  expect((await open(ben, second.packetId)).outcome).toBe("opened");
});

test("opening twice gives one share, also twice at the same moment", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await communityOf(ann, ben);
  const { packetId } = await give(ann, conversationId, { split: "equal", total: 500, shares: 5 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => open(ben, packetId)));
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual([...Array(9).fill("already"), "opened"]);
  expect(new Set(answers.map(({ amount }) => amount))).toEqual(new Set([100]));
  expect(await balanceOf(ben)).toBe(welcome + 100);
  expect((await open(ben, packetId)).packet.takes).toHaveLength(1);
});

test("who comes too late is told that all was taken, and who comes much too late that it expired", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const conversationId = await communityOf(ann, ben, cleo);
  const one = await give(ann, conversationId, { shares: 1 });
  await open(ben, one.packetId);
  expect(await open(cleo, one.packetId)).toMatchObject({ outcome: "finished", amount: null });
  const two = await give(ann, conversationId, { split: "equal", total: 200, shares: 2 });
  await open(ben, two.packetId);
  await letExpire(two.packetId);
  // The refund has not been made yet.
  expect(await open(cleo, two.packetId)).toMatchObject({ outcome: "expired", amount: null });
  expect(await open(ben, two.packetId)).toMatchObject({ outcome: "already", amount: 100 });
});

test("unclaimed shares go back to the sender once, and not before they expire", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const conversationId = await communityOf(ann, ben, cleo);
  const { packetId } = await give(ann, conversationId, { split: "equal", total: 300, shares: 3 });
  await open(ben, packetId);
  await expect(refundPacket(packetId)).rejects.toThrow("has not expired");
  await letExpire(packetId);
  await Promise.all([refundPacket(packetId), refundPacket(packetId), open(cleo, packetId)]);
  await refundPacket(packetId);
  expect(await balanceOf(ann)).toBe(welcome - 100);
  expect(await balanceOf(cleo)).toBe(welcome);
  expect(await open(cleo, packetId)).toMatchObject({ outcome: "expired", packet: { state: "expired" } });
  expect((await callerOf(ann).wallet.history({})).entries.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["packet_refunded", 200],
    ["packet_sent", -300],
    ["grant", welcome],
  ]);
});

test("a share that was held by an opening that failed is not lost to who waited for it", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const conversationId = await communityOf(ann, ben, cleo);
  const { packetId } = await give(ann, conversationId, { shares: 1 });
  let waiting: Promise<{ outcome: string }> = Promise.resolve({ outcome: "not asked" });
  const failed = besideTransaction(async (tx) => {
    await tx`select open_red_packet(${packetId}, ${ben.personId}, 0)`;
    waiting = open(cleo, packetId);
    await backendsWaitingIn("open_red_packet");
    throw new Error("the server went away");
  });
  await expect(failed).rejects.toThrow("went away");
  expect((await waiting).outcome).toBe("opened");
  expect(await balanceOf(ben)).toBe(welcome);
});

test("two packets at the same moment with coins for one: one is sent, the other refused", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const places = [await makeFriends(ann, ben), await makeFriends(ann, cleo)];
  const reasons = await Promise.all(places.map((place) => reasonFor(give(ann, place, { total: 6_000 }))));
  expect(reasons.sort()).toEqual(["insufficient_balance", "no refusal"]);
  expect(await balanceOf(ann)).toBe(welcome - 6_000);
});

test("a retry moves nothing and answers the first, also at the same moment and with an empty wallet", async () => {
  const { ann, conversationId } = await twoFriends();
  const terms = { clientId: randomUUID(), total: welcome };
  const answers = await Promise.all(Array.from({ length: 6 }, () => give(ann, conversationId, terms)));
  expect(answers.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
  expect(new Set(answers.map(({ packetId }) => packetId)).size).toBe(1);
  for (const { message } of answers) expect(message).toEqual(answers[0]?.message);
  expect(await balanceOf(ann)).toBe(0);
  expect(await reasonFor(give(ann, conversationId, { ...terms, total: 1 }))).toBe("client_id_reused");
  const { clientId } = (await say(ann, conversationId, "words")).message;
  expect(await reasonFor(give(ann, conversationId, { clientId, total: 1 }))).toBe("client_id_reused");
});

test("a send that is cut off at its last step leaves no message, no packet and no transfer; its retry sends one", async () => {
  const { ann, conversationId } = await twoFriends();
  const terms = { clientId: randomUUID(), total: 700 };
  let sending: Promise<string> = Promise.resolve("");
  await besideTransaction(async (tx) => {
    await lockConversation(tx, conversationId);
    sending = reasonFor(give(ann, conversationId, terms));
    const waiting = await backendsWaitingIn("send_messages");
    await sql()`select pg_cancel_backend(pid) from unnest(${waiting}::int[]) as pid`;
  });
  expect(await sending).toBe("unavailable");
  expect(await balanceOf(ann)).toBe(welcome);
  expect((await give(ann, conversationId, terms)).outcome).toBe("stored");
  expect((await give(ann, conversationId, terms)).outcome).toBe("duplicate");
  expect(await balanceOf(ann)).toBe(welcome - 700);
});

test("a sender who was removed meanwhile still gets the result of sending a packet", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await communityOf(ann, ben);
  const terms = { clientId: randomUUID(), total: 100 };
  const first = await give(ben, conversationId, terms);
  await removeFromCommunity(ann, { communityId: conversationId, personId: ben.personId });
  expect(await give(ben, conversationId, terms)).toMatchObject({ outcome: "duplicate", packetId: first.packetId });
});

test("the tables themselves refuse what does not sum to zero, what overdraws, and any change of an entry", async () => {
  const ann = await newPerson("ann");
  await balanceOf(ann);
  const entry = sql()`insert into ledger_entries (transfer_id, kind, wallet_id, amount) values (uuidv7(), 'grant', ${ann.personId}, 5)`;
  await expect(entry).rejects.toThrow("does not sum to zero");
  const grants = "00000000-0000-0000-0000-000000000001";
  await expect(
    sql()`select wallet_transfer('grant', null, ${ann.personId}, ${grants}, ${welcome + 1})`,
  ).rejects.toThrow("wallets_not_overdrawn");
  await expect(sql()`update ledger_entries set amount = 1 where wallet_id = ${ann.personId}`).rejects.toThrow(
    "never changed",
  );
  await expect(sql()`delete from ledger_entries where wallet_id = ${ann.personId}`).rejects.toThrow("never changed");
});

test("a notice says who opened which packet, once, also when it is published twice at the same moment", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await communityOf(ann, ben);
  const { packetId } = await give(ann, conversationId);
  await open(ben, packetId);
  const opening = { packetId, personId: ben.personId };
  await Promise.all([announceClaim(opening), announceClaim(opening)]);
  await announceClaim(opening);
  const { messages } = await pageMessages(ann, { conversationId });
  const notices = messages.filter(({ content }) => content.notice === "red_packet_opened");
  expect(notices.map(({ senderId, content }) => ({ senderId, ...content }))).toEqual([
    { senderId: ben.personId, kind: "notice", notice: "red_packet_opened", personId: ann.personId, packetId },
  ]);
});

test("a balance that was written past the functions is found", async () => {
  const ann = await newPerson("ann");
  await balanceOf(ann);
  await sql()`update wallets set balance = balance + 1 where id = ${ann.personId}`;
  expect(await readLedgerFaults(sql())).toEqual({ transfers: 0, wallets: 1, packets: 0 });
  await sql()`update wallets set balance = balance - 1 where id = ${ann.personId}`;
});
