import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { dissolveCommunity } from "#server/communities/manage.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import type { Me } from "#server/me.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { pageMessages } from "#server/messages/page.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

/** Through the router, so that what it takes is judged too. */
const pin = (me: Me, conversationId: string, seq: number, pinned = true) =>
  callerOf(me).messages.pin({ conversationId, seq, pinned });
const pinnedFor = async (me: Me, conversationId: string) =>
  (await callerOf(me).messages.pinned({ conversationId })).messages.map(({ seq }) => seq);
const reason = (me: Me, id: string, seq: number, pinned = true) => reasonFor(pin(me, id, seq, pinned));

/** Two friends; the notice of their friendship is message 1, then come the words. */
async function talk(...words: string[]) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (const word of words) await say(ben, conversationId, word);
  return { ann, ben, conversationId };
}

/** Pins as if so many messages had been pinned long ago. */
const fill = (conversationId: string, many: number) => sql()`
  update messages set pinned_at = now() - interval '1 day' where conversation_id = ${conversationId} and seq between 2 and ${many + 1}`;

async function notices(me: Me, conversationId: string) {
  const { messages } = await pageMessages(me, { conversationId });
  return messages.flatMap(({ content, senderId }) =>
    content.notice === "message_pinned" ? [[senderId === me.personId, content.pinnedSeq]] : [],
  );
}

test("both people of a direct conversation pin and unpin, with one notice for each pin", async () => {
  const { ann, ben, conversationId } = await talk("one", "two");
  expect((await pin(ann, conversationId, 2)).message.pinnedAt).toEqual(expect.any(String));
  await pin(ben, conversationId, 3);
  expect(await pinnedFor(ann, conversationId)).toEqual([3, 2]);
  expect(await pinnedFor(ben, conversationId)).toEqual([3, 2]);
  expect((await pin(ben, conversationId, 2, false)).message.pinnedAt).toBeUndefined();
  expect(await pinnedFor(ann, conversationId)).toEqual([3]);
  expect(await notices(ann, conversationId)).toEqual([
    [true, 2],
    [false, 3],
  ]);
});

test("repeating publishes nothing, also from two people at the same moment", async () => {
  const { ann, ben, conversationId } = await talk("one");
  const heard = await envelopesOf(async () => {
    await Promise.all([pin(ann, conversationId, 2), pin(ben, conversationId, 2), pin(ann, conversationId, 2)]);
    await pin(ben, conversationId, 2);
  });
  expect(heard).toMatchObject([{ event: { type: "message.changed" } }, { event: { type: "message.sent" } }]);
  const again = await envelopesOf(async () => {
    for (let time = 0; time < 3; time += 1) await pin(ann, conversationId, 2, false);
  });
  expect(again).toMatchObject([{ event: { type: "message.changed" } }]);
});

test("a recalled message is unpinned, and is not pinned again", async () => {
  const { ann, ben, conversationId } = await talk("one");
  await pin(ann, conversationId, 2);
  const { message } = await recallMessage(ben, { conversationId, seq: 2 });
  expect(message.pinnedAt).toBeUndefined();
  expect(await pinnedFor(ann, conversationId)).toEqual([]);
  expect(await reason(ann, conversationId, 2)).toBe("forbidden");
  expect(await reason(ann, conversationId, 2, false)).toBe("no refusal");
});

describe("the limit", () => {
  const many = 51;
  const full = "pinned_messages_limit_reached";

  test("refuses the 51st until one is unpinned", async () => {
    const { ann, conversationId } = await talk(...Array(many + 1).fill("words"));
    await fill(conversationId, 50);
    expect([await reason(ann, conversationId, 52), await reason(ann, conversationId, 2)]).toEqual([full, "no refusal"]);
    await pin(ann, conversationId, 2, false);
    expect([await reason(ann, conversationId, 52), await reason(ann, conversationId, 53)]).toEqual([
      "no refusal",
      full,
    ]);
    expect(await pinnedFor(ann, conversationId)).toHaveLength(50);
  });

  test("holds for two people who pin at the same moment", async () => {
    const { ann, ben, conversationId } = await talk(...Array(many).fill("words"));
    await fill(conversationId, 49);
    const reasons = await Promise.all([reason(ann, conversationId, 51), reason(ben, conversationId, 52)]);
    expect(reasons.sort()).toEqual(["no refusal", full]);
    expect(await pinnedFor(ann, conversationId)).toHaveLength(50);
  });
});

describe("who may", () => {
  test("in a community its owner alone, until it is dissolved", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const communityId = (await createCommunity(ann, { name: "Kites" })).community.id;
    await joinCommunity(ben, { communityId });
    await say(ben, communityId, "pin me");
    expect(await reason(ben, communityId, 3)).toBe("forbidden");
    expect(await reason(ann, communityId, 3)).toBe("no refusal");
    expect(await pinnedFor(ben, communityId)).toEqual([3]);
    expect(await reason(ben, communityId, 3, false)).toBe("forbidden");
    await dissolveCommunity(ann, { communityId });
    expect(await reason(ann, communityId, 3, false)).toBe("conversation_closed");
    expect(await pinnedFor(ben, communityId)).toEqual([3]);
  });

  test("not a stranger, not after leaving or while blocked, no notice, nothing that does not exist", async () => {
    const { ann, ben, conversationId } = await talk("one");
    const eve = await newPerson("eve");
    expect(await reason(eve, conversationId, 2)).toBe("not_found");
    expect(await reasonFor(pinnedFor(eve, conversationId))).toBe("not_found");
    expect(await reason(ann, randomUUID(), 2)).toBe("not_found");
    expect(await reason(ann, conversationId, 9)).toBe("not_found");
    expect(await reason(ann, conversationId, 1)).toBe("forbidden");
    expect(await reasonFor(callerOf(null).messages.pin({ conversationId, seq: 2, pinned: true }))).toBe(
      "unauthenticated",
    );
    await blockPerson(ann, { personId: ben.personId });
    expect(await reason(ben, conversationId, 2)).toBe("recipient_refuses");
    expect(await reason(ann, conversationId, 2)).toBe("blocked_by_me");
    expect(await pinnedFor(ann, conversationId)).toEqual([]);
  });

  test("a member who joined late sees and unpins only what they may read; one who left nothing", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const communityId = (await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false })).community.id;
    await say(ann, communityId, "before");
    await pin(ann, communityId, 2);
    await joinCommunity(ben, { communityId });
    const { message } = await say(ann, communityId, "after");
    await pin(ann, communityId, message.seq);
    expect(await pinnedFor(ann, communityId)).toEqual([message.seq, 2]);
    expect(await pinnedFor(ben, communityId)).toEqual([message.seq]);
    expect(await reason(ben, communityId, 2)).toBe("not_found");
    await leaveCommunity(ben, { communityId });
    expect(await reasonFor(pinnedFor(ben, communityId))).toBe("not_found");
  });
});

test("pinning a thousand times in a row is refused", async () => {
  const { ann, conversationId } = await talk("one");
  const reasons = new Set<string>();
  for (let n = 0; n < 80; n += 1) reasons.add(await reason(ann, conversationId, 2, n % 2 === 0));
  expect([...reasons]).toEqual(["no refusal", "rate_limited"]);
});
