import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { sendDue } from "#server/messages/schedule/send-scheduled.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { inDays, makeDue, runJob, schedule, waiting, words } from "#tests/_schedule.ts";
import { said, threePeople } from "#tests/server/_forward.ts";

afterAll(closeDatabase);

const texts = async (me: Me, conversationId: string) =>
  (await said(me, conversationId)).map(({ content }) => content.text);

test("a scheduled message is its author's alone until it is sent, once", async () => {
  const { ann, ben, withBen } = await threePeople();
  const clientId = randomUUID();
  const sendAt = inDays(2);
  const { message } = await schedule(ann, withBen, { clientId, sendAt });
  expect(message).toEqual({
    clientId,
    conversationId: withBen,
    content: { kind: "text", text: "later" },
    preview: "later",
    sendAt,
    failure: null,
  });
  expect(await schedule(ann, withBen, { clientId })).toMatchObject({ message });
  expect(await waiting(ann)).toEqual([message]);
  expect(await waiting(ben)).toEqual([]);
  await sendDue({ personId: ann.personId, clientId });
  expect(await texts(ben, withBen)).toEqual([]);

  await makeDue(clientId);
  await Promise.allSettled(Array.from({ length: 6 }, () => sendDue({ personId: ann.personId, clientId })));
  expect(await said(ben, withBen)).toMatchObject([{ clientId, senderId: ann.personId, content: words("later") }]);
  expect(await waiting(ann)).toEqual([]);
  expect(await reasonFor(schedule(ann, withBen, { clientId }))).toBe("client_id_reused");
});

test("the list is ordered by time, over all conversations", async () => {
  const { ann, withBen, withCleo } = await threePeople();
  for (const [where, days] of [
    [withBen, 3],
    [withCleo, 1],
    [withBen, 2],
  ] as const) {
    await schedule(ann, where, { content: words(`in ${days}`), sendAt: inDays(days) });
  }
  expect((await waiting(ann)).map(({ preview }) => preview)).toEqual(["in 1", "in 2", "in 3"]);
});

test("another time and other words take the place of the first, and deleting takes all away", async () => {
  const { ann, ben, withBen } = await threePeople();
  const { message } = await schedule(ann, withBen);
  const { clientId } = message;
  const messages = callerOf(ann).messages;
  const sendAt = inDays(3);
  expect((await messages.reschedule({ clientId, sendAt })).message).toEqual({ ...message, sendAt });
  const content = words("rather this");
  const changed = await messages.reschedule({ clientId, sendAt, content });
  expect(changed.message).toEqual({ ...message, sendAt, content, preview: "rather this" });
  // The job of the first time finds it later than that.
  await sendDue({ personId: ann.personId, clientId });
  expect(await waiting(ann)).toEqual([changed.message]);
  await messages.unschedule({ clientId });
  await messages.unschedule({ clientId });
  expect(await waiting(ann)).toEqual([]);
  await sendDue({ personId: ann.personId, clientId });
  expect(await texts(ben, withBen)).toEqual([]);
  expect(await reasonFor(messages.reschedule({ clientId, sendAt }))).toBe("not_found");
});

test("a message that waits can be sent at once, and one that may not be stays as it is", async () => {
  const { ann, ben, withBen } = await threePeople();
  const { message } = await schedule(ann, withBen);
  const { clientId } = message;
  const sendNow = () => callerOf(ann).messages.sendScheduled({ clientId });
  await callerOf(ben).friends.block({ personId: ann.personId });
  expect(await reasonFor(sendNow())).toBe("recipient_refuses");
  expect(await waiting(ann)).toEqual([message]);
  await callerOf(ben).friends.unblock({ personId: ann.personId });
  await sendNow();
  expect(await texts(ben, withBen)).toEqual(["later"]);
  expect(await reasonFor(sendNow())).toBe("not_found");
  await runJob(ann, clientId);
  expect(await texts(ben, withBen)).toEqual(["later"]);
});

test("what could not be sent or is not to come is refused at once", async () => {
  const { ann, ben, cleo, withBen } = await threePeople();
  const refusal = (wanted: Parameters<typeof schedule>[2], where = withBen, me: Me = ann) =>
    reasonFor(schedule(me, where, wanted));
  expect(await refusal({ sendAt: inDays(-1) })).toBe("invalid_send_time");
  expect(await refusal({ sendAt: inDays(367) })).toBe("invalid_send_time");
  expect(await refusal({ sendAt: "tomorrow" })).toBe("invalid_input");
  expect(await refusal({ content: words("x".repeat(40_000)) })).toBe("text_too_long");
  expect(await refusal({ content: { ...words("yes"), replyTo: 99 } })).toBe("not_found");
  expect(await refusal({}, withBen, cleo)).toBe("not_found");
  const sent = randomUUID();
  await say(ann, withBen, "hello", sent);
  expect(await refusal({ clientId: sent })).toBe("client_id_reused");
  const file = { kind: "file" as const, file: { fileId: randomUUID() }, caption: "" };
  expect(await refusal({ content: file })).toBe("file_not_ready");
  const { message } = await schedule(ann, withBen);
  const { clientId } = message;
  const messages = callerOf(ann).messages;
  expect(await reasonFor(messages.reschedule({ clientId, sendAt: inDays(-1) }))).toBe("invalid_send_time");
  const long = { clientId, sendAt: inDays(1), content: words("x".repeat(40_000)) };
  expect(await reasonFor(messages.reschedule(long))).toBe("text_too_long");
  await callerOf(ben).friends.block({ personId: ann.personId });
  expect(await refusal({})).toBe("recipient_refuses");
  expect(await waiting(ann)).toEqual([message]);
});

test("a person may have a hundred messages waiting, from however many devices", async () => {
  const { ann, withBen } = await threePeople();
  await sql()`insert into scheduled_messages (person_id, client_id, conversation_id, draft, preview, send_at)
    select ${ann.personId}, gen_random_uuid(), ${withBen}, '{"kind":"text","text":"one"}', 'one', now() + interval '1 day'
    from generate_series(1, 98)`;
  const reasons = await Promise.all(Array.from({ length: 5 }, () => reasonFor(schedule(ann, withBen))));
  const full = "scheduled_messages_limit_reached";
  expect(reasons.toSorted()).toEqual(["no refusal", "no refusal", full, full, full]);
});

/** A community of Ann's with Ben in it, who has a message to it waiting. */
async function inCommunity() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites", joinPolicy: "open" });
  const { id: communityId } = community;
  await joinCommunity(ben, { communityId });
  const { message } = await schedule(ben, communityId);
  return { ann, ben, communityId, clientId: message.clientId };
}

type Place = Awaited<ReturnType<typeof inCommunity>>;
const ends: [string, string, (place: Place) => Promise<unknown>][] = [
  ["left", "not_found", ({ ben, communityId }) => callerOf(ben).communities.leave({ communityId })],
  [
    "was removed from",
    "not_found",
    ({ ann, ben, communityId }) => callerOf(ann).communities.removeMember({ communityId, personId: ben.personId }),
  ],
];

test.each(ends)(
  "a person who %s the community meanwhile keeps the message, and learns why",
  async (_, failure, end) => {
    const place = await inCommunity();
    const { ann, ben, communityId, clientId } = place;
    await end(place);
    const before = await callerOf(ann).messages.page({ conversationId: communityId });
    await runJob(ben, clientId);
    expect(await waiting(ben)).toMatchObject([{ clientId, failure, preview: "later" }]);
    expect(await callerOf(ann).messages.page({ conversationId: communityId })).toEqual(before);
    // Running again changes nothing.
    const { rev } = await callerOf(ben).messages.scheduled();
    await sendDue({ personId: ben.personId, clientId });
    expect((await callerOf(ben).messages.scheduled()).rev).toBe(rev);
  },
);

test("a dissolved community, a block and a friendship that ended refuse it; it waits again with a new time", async () => {
  const { ann, ben, communityId, clientId } = await inCommunity();
  await callerOf(ann).communities.dissolve({ communityId });
  await runJob(ben, clientId);
  expect(await waiting(ben)).toMatchObject([{ failure: "conversation_closed" }]);

  const direct = await makeFriends(ann, ben);
  const { message } = await schedule(ann, direct);
  await callerOf(ben).friends.block({ personId: ann.personId });
  await runJob(ann, message.clientId);
  expect(await waiting(ann)).toMatchObject([{ failure: "recipient_refuses" }]);
  await callerOf(ben).friends.unblock({ personId: ann.personId });
  await callerOf(ann).messages.reschedule({ clientId: message.clientId, sendAt: inDays(1) });
  expect(await waiting(ann)).toMatchObject([{ failure: null }]);
  await callerOf(ben).friends.remove({ personId: ann.personId });
  await runJob(ann, message.clientId);
  expect(await waiting(ann)).toMatchObject([{ failure: "not_friends" }]);
  expect(await texts(ben, direct)).toEqual([]);
});

test("a conversation that is held is tried again later, and nothing is lost", async () => {
  const { ann, ben, withBen } = await threePeople();
  const { message } = await schedule(ann, withBen);
  await sql().begin(async (tx) => {
    await tx`select from conversations where id = ${withBen} for update`;
    expect(await reasonFor(runJob(ann, message.clientId))).toBe("unavailable");
  });
  expect(await waiting(ann)).toMatchObject([{ failure: null }]);
  await sendDue({ personId: ann.personId, clientId: message.clientId });
  expect(await texts(ben, withBen)).toEqual(["later"]);
});
