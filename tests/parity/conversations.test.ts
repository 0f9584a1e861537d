import { afterAll, test } from "vitest";
import { markRead } from "#server/conversations/mark-read.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { reactToMessage } from "#server/messages/changes/react.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

test("sending, for the sender and the reader, with the conversation open and with many at once", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await expectParity([ann, ben], [conversationId], () => say(ann, conversationId, "你好 مرحبا 👋"));
  await expectParity([ann, ben], [], () => say(ben, conversationId, "not open here"));
  await expectParity([ann, ben], [conversationId], () =>
    Promise.all(Array.from({ length: 20 }, (_, at) => say(at % 2 ? ann : ben, conversationId, `at once ${at}`))),
  );
});

test("marking read, on the reader's devices only", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "read me");
  await expectParity([ann, ben], [conversationId], () => markRead(ben, { conversationId, seq: 2 }));
});

test("activity moves a conversation to the top of the list", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const first = await makeFriends(ann, ben);
  await makeFriends(ann, cleo);
  await expectParity([ann, ben, cleo], [first], () => say(ben, first, "up"));
});

test("recalling the last message and one before it", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const first = await say(ann, conversationId, "first");
  const last = await say(ann, conversationId, "last");
  for (const { message } of [last, first]) {
    await expectParity([ann, ben], [conversationId], () => recallMessage(ann, { conversationId, seq: message.seq }));
  }
});

test("reacting, taking a reaction back, and two people at once", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ann, conversationId, "react to me");
  const react = (me: typeof ann, emoji: string, reacted = true) =>
    reactToMessage(me, { conversationId, seq: message.seq, emoji, reacted });
  await expectParity([ann, ben], [conversationId], () => react(ann, "👍"));
  await expectParity([ann, ben], [conversationId], () => Promise.all([react(ann, "🎉"), react(ben, "👍")]));
  await expectParity([ann, ben], [conversationId], () => react(ann, "👍", false));
  await expectParity([ann, ben], [conversationId], () => recallMessage(ann, { conversationId, seq: message.seq }));
});

test("editing a message twice, and recalling it then", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { seq } = (await say(ann, conversationId, "lunhc")).message;
  const edit = (text: string, editedAt: string | null) => editMessage(ann, { conversationId, seq, text, editedAt });
  let editedAt: string | null = null;
  await expectParity([ann, ben], [conversationId], async () => {
    editedAt = (await edit("lunch", null)).message.editedAt;
  });
  await expectParity([ann, ben], [conversationId], () => edit("lunch at **noon**", editedAt));
  await expectParity([ann, ben], [conversationId], () => recallMessage(ann, { conversationId, seq }));
});
