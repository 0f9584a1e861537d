import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, newPerson, reasonFor, say } from "#tests/_people.ts";
import { runJob, schedule, waiting } from "#tests/_schedule.ts";
import { said, threePeople } from "#tests/server/_forward.ts";

afterAll(closeDatabase);

const reminderOf = (conversationId: string, seq: number) => ({
  kind: "reminder" as const,
  of: { conversationId, seq },
});
const sayAt = async (me: Me, conversationId: string, text: string) => (await say(me, conversationId, text)).message;
const notesOf = async (me: Me) => (await callerOf(me).conversations.notes()).conversationId;

/** What the reminder of a message says when it is due, after `change`. */
async function dueAfter(me: Me, of: { conversationId: string; seq: number }, change: () => Promise<unknown>) {
  const notes = await notesOf(me);
  const clientId = randomUUID();
  await schedule(me, notes, { clientId, content: { kind: "reminder", of } });
  await change();
  await runJob(me, clientId);
  return (await said(me, notes)).find((message) => message.clientId === clientId);
}

test("a reminder says what the message says when it is due, and makes the notes unread on all devices", async () => {
  const { ann, ben, withBen } = await threePeople();
  const { seq } = await sayAt(ben, withBen, "call mum");
  const notes = await notesOf(ann);
  const due = await dueAfter(ann, { conversationId: withBen, seq }, () =>
    callerOf(ben).messages.edit({ conversationId: withBen, seq, text: "call dad", editedAt: null }),
  );
  expect(due).toMatchObject({
    senderId: ann.personId,
    content: { ...reminderOf(withBen, seq), line: { name: "ben", kind: "text", preview: "call dad" } },
    preview: "[Reminder] ben: call dad",
  });
  const { lastSeq, lastReadSeq, settings } = await callerOf(ann).conversations.get({ conversationId: notes });
  expect({ lastSeq, lastReadSeq, marked: settings.markedUnreadSeq }).toEqual({ lastSeq: 1, lastReadSeq: 1, marked: 1 });
  expect(await waiting(ann)).toEqual([]);
});

test("of a message that I cannot read any more, a reminder says that it is gone", async () => {
  const { ann, ben, withBen } = await threePeople();
  const hidden = await sayAt(ben, withBen, "one");
  const away = await dueAfter(ann, { conversationId: withBen, seq: hidden.seq }, () =>
    callerOf(ann).messages.hide({ conversationId: withBen, seqs: [hidden.seq], hidden: true }),
  );
  expect(away?.content).toEqual({ ...reminderOf(withBen, hidden.seq), line: null });
  const recalled = await sayAt(ben, withBen, "two");
  const taken = await dueAfter(ann, { conversationId: withBen, seq: recalled.seq }, () =>
    callerOf(ben).messages.recall({ conversationId: withBen, seq: recalled.seq }),
  );
  expect(taken?.content).toMatchObject({ line: { name: "ben", kind: "recalled", preview: "[Recalled]" } });
  const { community } = await callerOf(ben).communities.create({ name: "Rowers", joinPolicy: "open" });
  await callerOf(ann).communities.join({ communityId: community.id });
  const last = await sayAt(ben, community.id, "three");
  const left = await dueAfter(ann, { conversationId: community.id, seq: last.seq }, () =>
    callerOf(ann).communities.leave({ communityId: community.id }),
  );
  expect(left?.content).toEqual({ ...reminderOf(community.id, last.seq), line: null });
});

test("another person's conversation, a message before my time and one that is none tell nothing", async () => {
  const { ann, ben, withBen } = await threePeople();
  const eve = await newPerson("eve");
  const secret = await sayAt(ben, withBen, "secret");
  const { community } = await callerOf(ann).communities.create({
    name: "Rowers",
    joinPolicy: "open",
    historyVisibleToNewMembers: false,
  });
  const before = await sayAt(ann, community.id, "before");
  await callerOf(eve).communities.join({ communityId: community.id });
  for (const of of [
    { conversationId: withBen, seq: secret.seq },
    { conversationId: community.id, seq: before.seq },
    { conversationId: withBen, seq: 1_000 },
    { conversationId: randomUUID(), seq: 1 },
  ]) {
    expect((await dueAfter(eve, of, async () => {}))?.content).toEqual({ kind: "reminder", of, line: null });
  }
});

test("reminders stand in my notes alone, and are not forwarded", async () => {
  const { ann, ben, withBen } = await threePeople();
  const { seq } = await sayAt(ben, withBen, "hello");
  const content = reminderOf(withBen, seq);
  const theirs = await notesOf(ben);
  expect(await reasonFor(schedule(ann, withBen, { content }))).toBe("forbidden");
  expect(await reasonFor(schedule(ann, theirs, { content }))).toBe("forbidden");
  const notes = await notesOf(ann);
  const send = { conversationId: notes, clientId: randomUUID(), content };
  expect((await callerOf(ann).messages.send(send)).message.content).toMatchObject({ line: { preview: "hello" } });
  const forward = { conversationId: notes, seqs: [1], targets: [withBen], clientId: randomUUID(), showSource: true };
  expect(await reasonFor(callerOf(ann).messages.forward({ ...forward, as: "each" }))).toBe("forbidden");
  expect(await reasonFor(callerOf(ann).messages.forward({ ...forward, as: "merged" }))).toBe("forbidden");
});

test("what I send to my notes at once, and what a job sends to others, stays read", async () => {
  const { ann, withBen } = await threePeople();
  const notes = await notesOf(ann);
  const clientId = randomUUID();
  await schedule(ann, withBen, { clientId });
  await runJob(ann, clientId);
  await say(ann, notes, "milk");
  for (const conversationId of [notes, withBen]) {
    const { settings } = await callerOf(ann).conversations.get({ conversationId });
    expect(settings.markedUnreadSeq).toBe(null);
  }
});
