import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { type MediaGroup, mediaGroupOf, mediaGroups } from "#contracts/messages/media.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

type Side = { before?: number; after?: number; around?: number; limit?: number };
/** Through the router, so that what it takes is judged too. */
const page = (me: Me, conversationId: string, of: MediaGroup, side: Side = {}) =>
  callerOf(me).messages.media({ conversationId, of, ...side });
const seqs = async (me: Me, conversationId: string, of: MediaGroup, side: Side = {}) =>
  (await page(me, conversationId, of, side)).messages.map(({ seq }) => seq);

async function friends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

/** A message as if it had been sent with files, which need no bytes here. */
async function put(me: Me, conversationId: string, kind: string): Promise<number> {
  const { message } = await say(me, conversationId, "put");
  await sql()`
    update messages set kind = ${kind}, content = ${sql().json({ kind })}
    where conversation_id = ${conversationId} and seq = ${message.seq}`;
  return message.seq;
}

test("each message is listed in its group, and only there", async () => {
  const { ann, ben, conversationId } = await friends();
  // The notice of the friendship is message 1.
  for (const kind of ["image", "video", "file", "voice", "sticker", "location"]) await put(ben, conversationId, kind);
  await say(ben, conversationId, "look: https://a.example/tea");
  await say(ben, conversationId, "no address");
  const news = { kind: "news" as const, title: "Tea", description: "", url: "https://a.example/", picture: null };
  await callerOf(ben).messages.send({ conversationId, clientId: randomUUID(), content: news });
  expect(await seqs(ann, conversationId, "pictures")).toEqual([2, 3]);
  expect(await seqs(ann, conversationId, "files")).toEqual([4]);
  expect(await seqs(ann, conversationId, "voices")).toEqual([5]);
  expect(await seqs(ann, conversationId, "links")).toEqual([8, 10]);
});

test("clients sort a message into the group in which the tables list it", async () => {
  const { ann, ben, conversationId } = await friends();
  const kinds = ["image", "video", "file", "voice", "link", "news", "card", "custom", "record", "red_packet"];
  for (const kind of kinds) await put(ben, conversationId, kind);
  for (const text of ["https://a.example/", "a.example", "plain"]) await say(ben, conversationId, text);
  const { messages } = await callerOf(ann).messages.page({ conversationId });
  for (const of of mediaGroups) {
    const expected = messages.filter(({ content }) => mediaGroupOf(content) === of).map(({ seq }) => seq);
    expect(expected.length).toBeGreaterThan(0);
    expect(await seqs(ann, conversationId, of)).toEqual(expected);
  }
});

test("pages lead from the newest to the oldest and back, and around one, without a hole", async () => {
  const { ann, ben, conversationId } = await friends();
  for (let n = 0; n < 6; n += 1) {
    await put(ben, conversationId, "image");
    await say(ann, conversationId, "nice");
  }
  const pictures = [2, 4, 6, 8, 10, 12];
  expect(await seqs(ann, conversationId, "pictures")).toEqual(pictures);
  expect(await page(ann, conversationId, "pictures", { limit: 2 })).toMatchObject({
    messages: [{ seq: 10 }, { seq: 12 }],
    hasOlder: true,
    hasNewer: false,
  });
  expect(await page(ann, conversationId, "pictures", { before: 10, limit: 4 })).toMatchObject({
    messages: [{ seq: 2 }, { seq: 4 }, { seq: 6 }, { seq: 8 }],
    hasOlder: false,
    hasNewer: true,
  });
  expect(await page(ann, conversationId, "pictures", { after: 6, limit: 2 })).toMatchObject({
    messages: [{ seq: 8 }, { seq: 10 }],
    hasOlder: true,
    hasNewer: true,
  });
  expect(await page(ann, conversationId, "pictures", { after: 8, limit: 2 })).toMatchObject({ hasNewer: false });
  expect(await page(ann, conversationId, "pictures", { around: 6, limit: 4 })).toMatchObject({
    messages: [{ seq: 2 }, { seq: 4 }, { seq: 6 }, { seq: 8 }],
    hasOlder: false,
    hasNewer: true,
  });
  // Around one that is none of them, as after it was recalled.
  expect(await seqs(ann, conversationId, "pictures", { around: 7, limit: 2 })).toEqual([6, 8]);
});

describe("what may not be read is not listed", () => {
  test("what was recalled, and a link that was edited away; one that was edited in is", async () => {
    const { ann, ben, conversationId } = await friends();
    const first = (await say(ben, conversationId, "https://a.example/1")).message;
    const second = (await say(ben, conversationId, "https://a.example/2")).message;
    const plain = (await say(ben, conversationId, "soon")).message;
    expect(await seqs(ann, conversationId, "links")).toEqual([2, 3]);
    await recallMessage(ben, first);
    await editMessage(ben, { ...second, text: "gone", editedAt: null });
    await editMessage(ben, { ...plain, text: "https://a.example/3", editedAt: null });
    expect(await seqs(ann, conversationId, "links")).toEqual([4]);
  });

  test("what I deleted for me, until I bring it back; others have it still", async () => {
    const { ann, ben, conversationId } = await friends();
    for (let n = 0; n < 3; n += 1) await put(ben, conversationId, "image");
    await callerOf(ann).messages.hide({ conversationId, seqs: [3], hidden: true });
    expect(await seqs(ann, conversationId, "pictures")).toEqual([2, 4]);
    expect(await seqs(ann, conversationId, "pictures", { after: 1 })).toEqual([2, 4]);
    expect(await seqs(ben, conversationId, "pictures")).toEqual([2, 3, 4]);
    // A page has as many as it may, also where some are passed over.
    expect(await page(ann, conversationId, "pictures", { limit: 2 })).toMatchObject({ hasOlder: false });
    await callerOf(ann).messages.hide({ conversationId, seqs: [3], hidden: false });
    expect(await seqs(ann, conversationId, "pictures")).toEqual([2, 3, 4]);
  });

  test("what was sent before a member joined, where the history is not shown", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const made = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
    const communityId = made.community.id;
    const before: number[] = [];
    for (const kind of ["image", "file", "voice", "news"]) before.push(await put(ann, communityId, kind));
    await joinCommunity(ben, { communityId });
    const later = await put(ann, communityId, "image");
    for (const of of mediaGroups) {
      const expected = of === "pictures" ? [later] : [];
      for (const side of [{}, { after: 0 }, { around: 1 }, { before: 1_000 }]) {
        expect(await seqs(ben, communityId, of, side)).toEqual(expected);
      }
      expect(await page(ben, communityId, of)).toMatchObject({ hasOlder: false });
    }
    expect(await seqs(ann, communityId, "pictures")).toEqual([before[0], later]);
  });

  test("anything, to a person who left or never was a member", async () => {
    const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
    const communityId = (await createCommunity(ann, { name: "Kites" })).community.id;
    await joinCommunity(ben, { communityId });
    await put(ann, communityId, "image");
    expect(await seqs(ben, communityId, "pictures")).toHaveLength(1);
    await leaveCommunity(ben, { communityId });
    expect(await reasonFor(page(ben, communityId, "pictures"))).toBe("not_found");
    expect(await reasonFor(page(eve, communityId, "pictures"))).toBe("not_found");
    expect(await reasonFor(page(eve, randomUUID(), "pictures"))).toBe("not_found");
  });
});
