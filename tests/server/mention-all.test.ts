import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { everyoneId } from "#contracts/messages/kinds/text.ts";
import { readCounterFaults } from "#server/counters/store.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, mention, newPerson, reasonFor, say } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const all = (start = 0) => [{ personId: everyoneId, start, length: 4 }];
const callAll = (me: Me, conversationId: string, clientId: string = randomUUID()) =>
  callerOf(me).messages.send({
    conversationId,
    clientId,
    content: { kind: "text", text: "@all, come", mentions: all() },
  });
const mentionsOf = async (me: Me, conversationId: string) =>
  (await callerOf(me).conversations.get({ conversationId })).unreadMentions;
const pageOf = async (me: Me) => (await callerOf(me).messages.mentioned({})).messages.map(({ preview }) => preview);
const noFaults = async (conversationId: string) =>
  expect((await readCounterFaults(sql(), [conversationId])).mentions).toBe(0);

/** Ann's community, with ben and cleo in it. */
async function community(more: { historyVisibleToNewMembers?: boolean } = {}) {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const { community } = await callerOf(ann).communities.create({ name: "Kites", joinPolicy: "open", ...more });
  for (const one of [ben, cleo]) await callerOf(one).communities.join({ communityId: community.id });
  return { ann, ben, cleo, id: community.id };
}

test("the owner's @all mentions each member but the owner, once, also when it is sent again", async () => {
  const { ann, ben, cleo, id } = await community();
  const clientId = randomUUID();
  const { message } = await callAll(ann, id, clientId);
  await callAll(ann, id, clientId);
  expect(await mentionsOf(ann, id)).toEqual([]);
  for (const one of [ben, cleo]) {
    expect(await mentionsOf(one, id)).toEqual([message.seq]);
    expect(await pageOf(one)).toEqual(["@all, come"]);
  }
  expect(await pageOf(ann)).toEqual([]);
  await noFaults(id);
});

test("others may not mention all, in a direct conversation no one may; the same words alone are plain text", async () => {
  const { ann, ben, id } = await community();
  const direct = await makeFriends(ann, ben);
  expect(await reasonFor(callAll(ben, id))).toBe("forbidden");
  expect(await reasonFor(callAll(ann, direct))).toBe("forbidden");
  const { message } = await say(ben, id, "@all, come");
  expect(await mentionsOf(ann, id)).toEqual([]);
  const edit = { conversationId: id, seq: message.seq, text: "@all!", mentions: all(), editedAt: null };
  expect(await reasonFor(callerOf(ben).messages.edit(edit))).toBe("forbidden");
});

test("sending, editing and recalling agree with the list of each, also for a member who joined late", async () => {
  const { ann, ben, cleo, id } = await community({ historyVisibleToNewMembers: false });
  const dora = await newPerson("dora");
  const agree = (act: () => Promise<unknown>) => expectParity([ann, ben, cleo], [id], act);
  await agree(() => callAll(ann, id));
  await callerOf(dora).communities.join({ communityId: id });
  const { message } = await say(ann, id, "to you @all");
  const edit = (text: string, mentions: ReturnType<typeof all>, editedAt: string | null) =>
    callerOf(ann).messages.edit({ conversationId: id, seq: message.seq, text, mentions, editedAt });
  const late = (act: () => Promise<unknown>) => expectParity([ann, ben, cleo, dora], [id], act);
  await late(() => edit("to you @all", all(7), null));
  expect(await mentionsOf(dora, id)).toEqual([message.seq]);
  expect(await pageOf(dora)).toEqual(["to you @all"]);
  const { editedAt } = (await callerOf(ann).messages.page({ conversationId: id })).messages.at(-1) ?? {};
  await late(() => edit("to no one", [], editedAt ?? null));
  expect(await mentionsOf(dora, id)).toEqual([]);
  expect(await pageOf(ben)).toEqual(["@all, come"]);
  await noFaults(id);
});

test("all and one by name is one mention of each", async () => {
  const { ann, ben, cleo, id } = await community();
  const mentions = [{ personId: ben.personId, start: 5, length: 4 }];
  const content = { kind: "text" as const, text: "@all @ben", mentions: [...all(), ...mentions] };
  const { message } = await callerOf(ann).messages.send({ conversationId: id, clientId: randomUUID(), content });
  for (const one of [ben, cleo]) expect(await mentionsOf(one, id)).toEqual([message.seq]);
  await callerOf(ann).messages.recall({ conversationId: id, seq: message.seq });
  for (const one of [ben, cleo]) expect(await mentionsOf(one, id)).toEqual([]);
  expect(await pageOf(ben)).toEqual([]);
  await noFaults(id);
});

test("the page has the last first, in pages without gaps, and nothing that I may not read", async () => {
  const { ann, ben, id } = await community();
  const direct = await makeFriends(ann, ben);
  await mention(ann, direct, [ben]);
  await mention(ben, direct, [ben]); // of oneself: none
  const { message } = await callAll(ann, id);
  await mention(ann, id, [ben]);
  const one = `@${ben.handle}`;
  expect(await pageOf(ben)).toEqual([one, "@all, come", one]);
  const first = await callerOf(ben).messages.mentioned({ limit: 2 });
  const then = await callerOf(ben).messages.mentioned({ limit: 2, ...(first.next ? { after: first.next } : {}) });
  expect([first.messages.length, then.messages.map(({ conversationId }) => conversationId), then.next]).toEqual([
    2,
    [direct],
    null,
  ]);
  await callerOf(ben).messages.hide({ conversationId: id, seqs: [message.seq], hidden: true });
  expect(await pageOf(ben)).toEqual([one, one]);
  await callerOf(ben).communities.leave({ communityId: id });
  expect(await pageOf(ben)).toEqual([one]);
  const short = await callerOf(ben).messages.mentioned({ limit: 2 });
  expect([short.messages, short.next === null]).toEqual([[], false]);
});
