import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { unreadMentionsOf, unreadOf } from "#client/conversations/unread.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { getConversation } from "#server/conversations/get.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { callerOf, closeDatabase, makeFriends, mention, newPerson, reasonFor, say } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

/** Through the router, so that what it takes is judged too. */
const hide = (me: Me, conversationId: string, seqs: number[], hidden = true) =>
  callerOf(me).messages.hide({ conversationId, seqs, hidden });
const marks = (me: Me, conversationId: string) => callerOf(me).messages.marks({ conversationId });
const seen = (me: Me, conversationId: string) => getConversation(me, { conversationId });

/** Two friends; the notice of their friendship is message 1, then come `many` of Ben's. */
async function talk(many: number) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let n = 0; n < many; n += 1) await say(ben, conversationId, `message ${n}`);
  return { ann, ben, conversationId };
}

test("a deleted message is marked for its reader alone, and comes back", async () => {
  const { ann, ben, conversationId } = await talk(2);
  const heard = await envelopesOf(async () => {
    expect((await hide(ann, conversationId, [2])).changed).toEqual([2]);
    expect((await hide(ann, conversationId, [2])).changed).toEqual([]);
  });
  expect(heard).toMatchObject([{ personId: ann.personId, event: { type: "hidden_messages.changed", seqs: [2] } }]);
  expect(await marks(ann, conversationId)).toMatchObject({ hidden: [2], starred: [] });
  expect(await marks(ben, conversationId)).toMatchObject({ hidden: [], starred: [] });
  expect((await seen(ben, conversationId)).settings.lastVisible).toBeNull();
  expect((await hide(ann, conversationId, [2], false)).changed).toEqual([2]);
  expect((await marks(ann, conversationId)).hidden).toEqual([]);
});

test("the last visible message is named until the next one comes", async () => {
  const { ann, ben, conversationId } = await talk(3);
  const visible = async () => (await seen(ann, conversationId)).settings.lastVisible;
  await hide(ann, conversationId, [3]);
  expect(await visible()).toBeNull();
  await hide(ann, conversationId, [4]);
  expect(await visible()).toEqual({ lastSeq: 4, seq: 2 });
  await hide(ann, conversationId, [2]);
  expect(await visible()).toEqual({ lastSeq: 4, seq: 1 });
  await hide(ann, conversationId, [3], false);
  expect(await visible()).toEqual({ lastSeq: 4, seq: 3 });
  await say(ben, conversationId, "next");
  expect(await visible()).toEqual({ lastSeq: 4, seq: 3 });
  expect((await seen(ann, conversationId)).lastSeq).toBe(5);
  await hide(ann, conversationId, [4], false);
  expect(await visible()).toBeNull();
});

test("what is deleted unread is not counted, also as a mention, and counts again when it is brought back", async () => {
  const { ann, ben, conversationId } = await talk(2);
  await mention(ben, conversationId, [ann]);
  const counts = async () => {
    const conversation = await seen(ann, conversationId);
    return [unreadOf(conversation), unreadMentionsOf(conversation)];
  };
  expect(await counts()).toEqual([3, [4]]);
  await hide(ann, conversationId, [4, 2]);
  expect(await counts()).toEqual([1, []]);
  await hide(ann, conversationId, [4], false);
  expect(await counts()).toEqual([2, [4]]);
  await hide(ann, conversationId, [4]);
  await markRead(ann, { conversationId, seq: 4 });
  expect(await counts()).toEqual([0, []]);
  await say(ben, conversationId, "unread");
  await hide(ann, conversationId, [3]);
  expect((await seen(ann, conversationId)).settings.hiddenUnread).toEqual([]);
  expect(await counts()).toEqual([1, []]);
});

test("other settings and deleted messages leave each other alone", async () => {
  const { ann, conversationId } = await talk(1);
  await hide(ann, conversationId, [2]);
  await callerOf(ann).conversations.configure({ conversationId, pinned: true });
  expect((await seen(ann, conversationId)).settings).toMatchObject({
    pinned: true,
    hiddenUnread: [2],
    lastVisible: { lastSeq: 2, seq: 1 },
  });
  await hide(ann, conversationId, [2], false);
  expect((await seen(ann, conversationId)).settings).toMatchObject({
    pinned: true,
    hiddenUnread: [],
    lastVisible: null,
  });
});

describe("refused", () => {
  const reason = (me: Me, id: string, seqs: number[]) => reasonFor(hide(me, id, seqs));

  test("for strangers, ex-members, what does not exist, a notice, too many at once, and then nothing is deleted", async () => {
    const { ann, conversationId } = await talk(1);
    const eve = await newPerson("eve");
    expect(await reason(eve, conversationId, [2])).toBe("not_found");
    expect(await reason(ann, randomUUID(), [2])).toBe("not_found");
    expect(await reason(ann, conversationId, [2, 3])).toBe("not_found");
    expect(await reason(ann, conversationId, [1])).toBe("forbidden");
    expect(await reason(ann, conversationId, [])).toBe("invalid_input");
    expect(await reason(ann, conversationId, Array(101).fill(2))).toBe("invalid_input");
    expect(await reasonFor(callerOf(null).messages.hide({ conversationId, seqs: [2], hidden: true }))).toBe(
      "unauthenticated",
    );
    expect((await marks(ann, conversationId)).hidden).toEqual([]);
    expect(await reasonFor(marks(eve, conversationId))).toBe("not_found");
  });

  test("below the range of a member who joined late, and after leaving", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
    await say(ann, community.id, "before");
    await joinCommunity(ben, { communityId: community.id });
    await say(ann, community.id, "after");
    expect([await reason(ben, community.id, [2]), await reason(ben, community.id, [4])]).toEqual([
      "not_found",
      "no refusal",
    ]);
    expect((await seen(ben, community.id)).settings.lastVisible).toEqual({ lastSeq: 4, seq: 3 });
    await leaveCommunity(ben, { communityId: community.id });
    expect(await reason(ben, community.id, [4])).toBe("not_found");
    expect(await reasonFor(marks(ben, community.id))).toBe("not_found");
  });

  test("above the limit", async () => {
    const { ann, conversationId } = await talk(1);
    await sql()`
      insert into hidden_messages (person_id, conversation_id, seq)
      select ${ann.personId}, ${conversationId}, n from generate_series(100, 5099) as n`;
    expect(await reason(ann, conversationId, [2])).toBe("hidden_messages_limit_reached");
    await sql()`delete from hidden_messages where person_id = ${ann.personId} and seq = 100`;
    expect(await reason(ann, conversationId, [2])).toBe("no refusal");
  });

  test("when it is done a thousand times in a row", async () => {
    const { ann, conversationId } = await talk(1);
    const reasons = new Set<string>();
    for (let n = 0; n < 100; n += 1) {
      reasons.add(await reasonFor(hide(ann, conversationId, [2], n % 2 === 0)));
    }
    expect([...reasons]).toEqual(["no refusal", "rate_limited"]);
  });
});

test("a recalled message can be deleted too", async () => {
  const { ann, ben, conversationId } = await talk(1);
  await recallMessage(ben, { conversationId, seq: 2 });
  expect((await hide(ann, conversationId, [2])).changed).toEqual([2]);
});

test("two devices at once lose nothing and publish each message once", async () => {
  const { ann, conversationId } = await talk(6);
  const heard = await envelopesOf(() =>
    Promise.all([
      hide(ann, conversationId, [2, 3, 7]),
      hide(ann, conversationId, [3, 4, 6]),
      hide(ann, conversationId, [7]),
    ]),
  );
  const told = heard.flatMap((one) => {
    if (!("personId" in one) || one.event?.type !== "hidden_messages.changed") return [];
    return one.event.seqs;
  });
  expect(told.sort()).toEqual([2, 3, 4, 6, 7]);
  expect((await marks(ann, conversationId)).hidden).toEqual([2, 3, 4, 6, 7]);
  expect((await seen(ann, conversationId)).settings).toMatchObject({
    hiddenUnread: [2, 3, 4, 6, 7],
    lastVisible: { lastSeq: 7, seq: 5 },
  });
});
