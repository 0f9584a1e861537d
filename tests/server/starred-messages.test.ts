import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

/** Through the router, so that what it takes is judged too. */
const star = (me: Me, conversationId: string, seqs: number[], starred = true) =>
  callerOf(me).messages.star({ conversationId, seqs, starred });
const starredBy = async (me: Me) =>
  (await callerOf(me).messages.starred({})).messages.map(({ message }) => message.preview);

/** Two friends; the notice of their friendship is message 1, then come the words. */
async function talk(...words: string[]) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (const word of words) await say(ben, conversationId, word);
  return { ann, ben, conversationId };
}

test("the last starred comes first, as the message is now, for me alone", async () => {
  const { ann, ben, conversationId } = await talk("one", "two", "three");
  const heard = await envelopesOf(async () => {
    expect((await star(ann, conversationId, [3])).changed).toEqual([3]);
    expect((await star(ann, conversationId, [3])).changed).toEqual([]);
  });
  expect(heard).toMatchObject([{ personId: ann.personId, event: { type: "starred_messages.changed", starred: true } }]);
  await star(ann, conversationId, [2]);
  await star(ann, conversationId, [4]);
  expect(await starredBy(ann)).toEqual(["three", "one", "two"]);
  await editMessage(ben, { conversationId, seq: 2, text: "uno", editedAt: null });
  await star(ann, conversationId, [4], false);
  expect(await starredBy(ann)).toEqual(["uno", "two"]);
  expect(await starredBy(ben)).toEqual([]);
  expect((await callerOf(ann).messages.marks({ conversationId })).starred).toEqual([2, 3]);
});

test("pages follow each other without gaps, also over stars of one moment", async () => {
  const { ann, conversationId } = await talk("one", "two", "three", "four", "five");
  await star(ann, conversationId, [2, 3, 4]);
  await star(ann, conversationId, [5, 6]);
  const read: string[] = [];
  let after: Awaited<ReturnType<ReturnType<typeof callerOf>["messages"]["starred"]>>["next"] = null;
  do {
    const page = await callerOf(ann).messages.starred({ limit: 2, ...(after ? { after } : {}) });
    read.push(...page.messages.map(({ message }) => message.preview));
    after = page.next;
  } while (after);
  expect(read).toEqual(["five", "four", "three", "two", "one"]);
});

describe("what I may not read is not shown", () => {
  test("recalled, or deleted for me", async () => {
    const { ann, ben, conversationId } = await talk("recalled", "deleted", "kept");
    await star(ann, conversationId, [2, 3, 4]);
    await recallMessage(ben, { conversationId, seq: 2 });
    await callerOf(ann).messages.hide({ conversationId, seqs: [3], hidden: true });
    expect(await starredBy(ann)).toEqual(["kept"]);
    await callerOf(ann).messages.hide({ conversationId, seqs: [3], hidden: false });
    expect(await starredBy(ann)).toEqual(["kept", "deleted"]);
  });

  test("of a conversation that I left, and from before I came back", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
    await joinCommunity(ben, { communityId: community.id });
    await say(ann, community.id, "secret");
    await star(ben, community.id, [3]);
    expect(await starredBy(ben)).toEqual(["secret"]);
    await leaveCommunity(ben, { communityId: community.id });
    expect(await starredBy(ben)).toEqual([]);
    expect(await reasonFor(star(ben, community.id, [3], false))).toBe("not_found");
    await joinCommunity(ben, { communityId: community.id });
    expect(await starredBy(ben)).toEqual([]);
    expect(await reasonFor(star(ben, community.id, [3]))).toBe("not_found");
  });
});

describe("refused", () => {
  const reason = (me: Me, id: string, seqs: number[]) => reasonFor(star(me, id, seqs));

  test("for strangers, what does not exist, a notice, what is recalled or deleted for me, too many at once", async () => {
    const { ann, ben, conversationId } = await talk("one", "recalled", "deleted");
    const eve = await newPerson("eve");
    await recallMessage(ben, { conversationId, seq: 3 });
    await callerOf(ann).messages.hide({ conversationId, seqs: [4], hidden: true });
    expect(await reason(eve, conversationId, [2])).toBe("not_found");
    expect(await reason(ann, randomUUID(), [2])).toBe("not_found");
    expect(await reason(ann, conversationId, [2, 9])).toBe("not_found");
    expect(await reason(ann, conversationId, [1])).toBe("forbidden");
    expect(await reason(ann, conversationId, [2, 3])).toBe("forbidden");
    expect(await reason(ann, conversationId, [4])).toBe("not_found");
    expect(await reason(ann, conversationId, Array(101).fill(2))).toBe("invalid_input");
    expect(await reasonFor(callerOf(null).messages.starred({}))).toBe("unauthenticated");
    expect((await callerOf(ann).messages.marks({ conversationId })).starred).toEqual([]);
  });

  test("above the limit, for two devices together", async () => {
    const { ann, conversationId } = await talk("one", "two");
    await sql()`
      insert into starred_messages (person_id, conversation_id, seq)
      select ${ann.personId}, ${conversationId}, n from generate_series(100, 2098) as n`;
    const reasons = await Promise.all([reason(ann, conversationId, [2]), reason(ann, conversationId, [3])]);
    expect(reasons.sort()).toEqual(["no refusal", "starred_messages_limit_reached"]);
    const stars = await sql()`select from starred_messages where person_id = ${ann.personId}`;
    expect(stars).toHaveLength(2_000);
  });

  test("when it is done a thousand times in a row", async () => {
    const { ann, conversationId } = await talk("one");
    const reasons = new Set<string>();
    for (let n = 0; n < 100; n += 1) reasons.add(await reasonFor(star(ann, conversationId, [2], n % 2 === 0)));
    expect([...reasons]).toEqual(["no refusal", "rate_limited"]);
  });
});
