import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { ConfigureInput, Conversation } from "#contracts/conversations.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { dissolveCommunity } from "#server/communities/manage.ts";
import { liftBan } from "#server/communities/moderation/ban.ts";
import { getConversation } from "#server/conversations/get.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { untouched } from "#tests/_settings.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

/** Through the router, so that what it takes is judged too. */
const configure = (me: Me, conversationId: string, wanted: Omit<ConfigureInput, "conversationId">) =>
  callerOf(me).conversations.configure({ conversationId, ...wanted });
const seen = (me: Me, conversationId: string): Promise<Conversation> => getConversation(me, { conversationId });

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

async function communitiesOf(me: Me, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const owner = await newPerson("owner");
    const { community } = await createCommunity(owner, { name: `Club ${n}` });
    await joinCommunity(me, { communityId: community.id });
    ids.push(community.id);
  }
  return ids;
}

test("a conversation begins without settings, and each is changed alone", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  expect((await seen(ann, conversationId)).settings).toEqual(untouched);
  const muted = { until: null, exceptMentions: true };
  await configure(ann, conversationId, { muted });
  const { settings } = await configure(ann, conversationId, { pinned: true });
  expect(settings).toEqual({ ...untouched, pinned: true, muted });
  expect((await seen(ann, conversationId)).settings).toEqual(settings);
  expect((await seen(ben, conversationId)).settings).toEqual(untouched);
});

test("a mute ends at its time or never, and never at a past time", async () => {
  const { ann, conversationId } = await twoFriends();
  const until = "2999-01-01T08:00:00.000Z";
  const mute = (when: string | null) =>
    configure(ann, conversationId, { muted: { until: when, exceptMentions: false } });
  expect((await mute(until)).settings.muted).toEqual({ until, exceptMentions: false });
  expect(await reasonFor(mute("2001-01-01T08:00:00.000Z"))).toBe("invalid_input");
  expect((await seen(ann, conversationId)).settings.muted).toEqual({ until, exceptMentions: false });
  expect((await mute(null)).settings.muted).toEqual({ until: null, exceptMentions: false });
  expect((await configure(ann, conversationId, { muted: null })).settings).toEqual(untouched);
});

test("archived and hidden name the last message, so the next one ends them; a notice does not", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const before = await seen(ann, community.id);
  const { settings } = await configure(ann, community.id, { archived: true, hidden: true });
  expect(settings).toEqual({ ...untouched, archivedAt: before.lastMessageAt, hiddenAt: before.lastMessageAt });

  await joinCommunity(await newPerson("cleo"), { communityId: community.id });
  expect((await seen(ann, community.id)).lastMessageAt).toBe(settings.archivedAt);
  await say(ben, community.id, "a message");
  const after = await seen(ann, community.id);
  expect(after.settings).toEqual(settings);
  expect(after.lastMessageAt).not.toBe(settings.archivedAt);

  const again = await configure(ann, community.id, { archived: true });
  expect(again.settings).toEqual({ ...settings, archivedAt: after.lastMessageAt });
});

test("marked unread names the read mark, so reading and writing end it", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  await say(ben, conversationId, "one");
  await markRead(ann, { conversationId, seq: 2 });
  expect((await configure(ann, conversationId, { markedUnread: true })).settings.markedUnreadSeq).toBe(2);
  await say(ann, conversationId, "two");
  const { settings, lastReadSeq } = await seen(ann, conversationId);
  expect([settings.markedUnreadSeq, lastReadSeq]).toEqual([2, 3]);
  expect((await configure(ann, conversationId, { markedUnread: true })).settings.markedUnreadSeq).toBe(3);
  expect((await configure(ann, conversationId, { markedUnread: false })).settings).toEqual(untouched);
});

test("pinned and put away exclude each other", async () => {
  const { ann, conversationId } = await twoFriends();
  const { lastMessageAt } = await seen(ann, conversationId);
  await configure(ann, conversationId, { pinned: true });
  expect((await configure(ann, conversationId, { archived: true })).settings).toEqual({
    ...untouched,
    archivedAt: lastMessageAt,
  });
  expect((await configure(ann, conversationId, { pinned: true })).settings).toEqual({ ...untouched, pinned: true });
  expect((await configure(ann, conversationId, { hidden: true })).settings).toEqual({
    ...untouched,
    hiddenAt: lastMessageAt,
  });
  expect((await configure(ann, conversationId, { pinned: true, hidden: true })).settings.pinned).toBe(false);
});

test("repeating a change publishes nothing", async () => {
  const { ann, conversationId } = await twoFriends();
  const wanted = { pinned: true, markedUnread: true, muted: { until: null, exceptMentions: false } };
  const heard = await envelopesOf(async () => {
    for (let time = 0; time < 3; time += 1) await configure(ann, conversationId, wanted);
    await configure(ann, conversationId, {});
  });
  expect(heard).toMatchObject([{ personId: ann.personId, event: { type: "conversation_settings.changed" } }]);
});

describe("the limit of pinned conversations", () => {
  const refused = "pinned_conversations_limit_reached";

  test("refuses the sixth until one is unpinned, put away or left", async () => {
    const ann = await newPerson("ann");
    const [first = "", second = "", third = "", ...others] = await communitiesOf(ann, 8);
    const pin = (id: string) => reasonFor(configure(ann, id, { pinned: true }));
    for (const id of [first, second, third, ...others.slice(0, 2)]) expect(await pin(id)).toBe("no refusal");
    const [, , sixth = "", seventh = "", eighth = ""] = others;
    expect([await pin(sixth), await pin(first)]).toEqual([refused, "no refusal"]);
    await configure(ann, first, { pinned: false });
    expect([await pin(sixth), await pin(seventh)]).toEqual(["no refusal", refused]);
    await configure(ann, second, { archived: true });
    expect([await pin(seventh), await pin(eighth)]).toEqual(["no refusal", refused]);
    await leaveCommunity(ann, { communityId: third });
    expect(await pin(eighth)).toBe("no refusal");
  });

  test("holds for two devices at once", async () => {
    const ann = await newPerson("ann");
    const ids = await communitiesOf(ann, 7);
    const reasons = await Promise.all(ids.map((id) => reasonFor(configure(ann, id, { pinned: true }))));
    expect(reasons.filter((reason) => reason === refused)).toHaveLength(2);
    const { conversations } = await callerOf(ann).conversations.list();
    expect(conversations.filter(({ settings }) => settings.pinned)).toHaveLength(5);
  });
});

test("two devices that change different settings at once lose neither", async () => {
  const { ann, conversationId } = await twoFriends();
  const muted = { until: null, exceptMentions: false };
  await Promise.all([
    configure(ann, conversationId, { pinned: true }),
    configure(ann, conversationId, { muted }),
    configure(ann, conversationId, { markedUnread: true }),
  ]);
  expect((await seen(ann, conversationId)).settings).toEqual({ ...untouched, pinned: true, muted, markedUnreadSeq: 0 });
});

describe("a conversation that is not mine to arrange", () => {
  const pin = (me: Me, id: string) => reasonFor(configure(me, id, { pinned: true }));

  test("is not found by strangers, nor is one that does not exist", async () => {
    const { conversationId } = await twoFriends();
    const eve = await newPerson("eve");
    expect([await pin(eve, conversationId), await pin(eve, randomUUID())]).toEqual(["not_found", "not_found"]);
    expect(await reasonFor(configure(eve, "here", { pinned: true }))).toBe("invalid_id");
    expect(await reasonFor(callerOf(null).conversations.configure({ conversationId }))).toBe("unauthenticated");
    expect(await sql()`select from conversation_settings where person_id = ${eve.personId}`).toHaveLength(0);
  });

  test("ends with the membership, also for members who are removed and come back", async () => {
    const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
    const communityId = (await createCommunity(ann, { name: "Kites" })).community.id;
    for (const me of [ben, cleo]) {
      await joinCommunity(me, { communityId });
      await configure(me, communityId, { pinned: true, markedUnread: true });
    }
    await leaveCommunity(ben, { communityId });
    await removeFromCommunity(ann, { communityId, personId: cleo.personId });
    expect([await pin(ben, communityId), await pin(cleo, communityId)]).toEqual(["not_found", "not_found"]);
    await liftBan(ann, { communityId, personId: cleo.personId });
    for (const me of [ben, cleo]) {
      await joinCommunity(me, { communityId });
      expect((await seen(me, communityId)).settings).toEqual(untouched);
    }
  });

  test("of a community that was dissolved can still be put away", async () => {
    const ann = await newPerson("ann");
    const communityId = (await createCommunity(ann, { name: "Kites" })).community.id;
    await dissolveCommunity(ann, { communityId });
    const { lastMessageAt } = await seen(ann, communityId);
    expect((await configure(ann, communityId, { hidden: true })).settings.hiddenAt).toBe(lastMessageAt);
  });
});
