import { afterAll, test } from "vitest";
import type { Gap } from "#client/realtime/apply-event.ts";
import type { ConfigureInput } from "#contracts/conversations.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { configureConversation } from "#server/conversations/settings/configure.ts";
import type { Me } from "#server/me.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { pinMessage } from "#server/messages/changes/pin.ts";
import { reactToMessage } from "#server/messages/changes/react.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { hideMessages } from "#server/messages/marks/hide.ts";
import { starMessages } from "#server/messages/marks/star.ts";
import { closeDatabase, makeFriends, mention, newPerson, say } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";
import { forward, threePeople } from "#tests/server/_forward.ts";

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

test("settings of a conversation, one after another and at once, and messages that end some of them", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const configure = (wanted: Omit<ConfigureInput, "conversationId">) =>
    configureConversation(ann, { conversationId, ...wanted });
  await expectParity([ann, ben], [], () => configure({ pinned: true, markedUnread: true }));
  await expectParity([ann, ben], [conversationId], () =>
    Promise.all([
      configure({ muted: { until: "2999-01-01T00:00:00.000Z", exceptMentions: true } }),
      configure({ archived: true }),
      say(ben, conversationId, "at once"),
    ]),
  );
  await expectParity([ann, ben], [], () => configure({ muted: null, hidden: true }));
  await expectParity([ann, ben], [], () => say(ben, conversationId, "back again"));
});

test("leaving a community and coming back, with settings and a mention", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const communityId = (await createCommunity(ann, { name: "Kites" })).community.id;
  await joinCommunity(ben, { communityId });
  await configureConversation(ben, { conversationId: communityId, pinned: true });
  await expectParity([ann, ben], [], () => mention(ann, communityId, [ben]));
  await expectParity([ann, ben], [], () => leaveCommunity(ben, { communityId }), ["communities"]);
  await expectParity([ann, ben], [], () => joinCommunity(ben, { communityId }), ["communities"]);
});

test("mentions: sent, among others, recalled and read", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await expectParity([ann, ben], [conversationId], () => mention(ann, conversationId, [ben, ann, ben]));
  const { message } = await mention(ann, conversationId, [ben]);
  await expectParity([ann, ben], [], () =>
    Promise.all(Array.from({ length: 6 }, (_, at) => mention(at % 2 ? ann : ben, conversationId, at % 3 ? [ben] : []))),
  );
  await expectParity([ann, ben], [conversationId], () => recallMessage(ann, { conversationId, seq: message.seq }));
  const last = await mention(ann, conversationId, [ben]);
  await mention(ann, conversationId, [ben]);
  await expectParity([ann, ben], [], () => markRead(ben, { conversationId, seq: last.message.seq }));
});

test("messages deleted for me and starred, one after another and at once, and messages that come meanwhile", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (const word of ["one", "two", "three"]) await say(ben, conversationId, word);
  await mention(ben, conversationId, [ann]);
  const hide = (seqs: number[], hidden = true) => hideMessages(ann, { conversationId, seqs, hidden });
  const star = (seqs: number[], starred = true) => starMessages(ann, { conversationId, seqs, starred });
  await expectParity([ann, ben], [conversationId], () => hide([5, 3]));
  await expectParity([ann, ben], [conversationId], () =>
    Promise.all([hide([2]), star([4]), say(ben, conversationId, "at once"), hide([3], false), star([4])]),
  );
  await expectParity([ann, ben], [], () => hide([6]));
  await expectParity([ann, ben], [conversationId], () => markRead(ann, { conversationId, seq: 6 }));
  await expectParity([ann, ben], [conversationId], () => star([4], false));
  await expectParity([ann, ben], [conversationId], () => hide([2, 5, 6], false));
});

test("pinning, unpinning and recalling, at once, and for a member who joined late", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (const word of ["one", "two", "three"]) await say(ben, conversationId, word);
  const pin = (me: Me, seq: number, pinned = true) => pinMessage(me, { conversationId, seq, pinned });
  await expectParity([ann, ben], [conversationId], () => pin(ann, 2));
  await expectParity([ann, ben], [conversationId], () =>
    Promise.all([pin(ann, 3), pin(ben, 4), pin(ben, 2, false), say(ann, conversationId, "at once")]),
  );
  await expectParity([ann, ben], [conversationId], () => recallMessage(ben, { conversationId, seq: 3 }));
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  await say(ann, community.id, "before");
  await joinCommunity(ben, { communityId: community.id });
  const pinned = { conversationId: community.id, seq: 2, pinned: true };
  const asked: Gap[] = ["conversation", "timeline", "pinned"];
  await expectParity([ann], [community.id], () => pinMessage(ann, pinned), asked);
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

test("forwarding to several, each and merged, and recalling a record", async () => {
  const { ann, ben, cleo, withBen, withCleo } = await threePeople();
  for (const text of ["one", "two"]) await say(ben, withBen, text);
  const wanted = { conversationId: withBen, seqs: [2, 3], targets: [withBen, withCleo], note: "look" };
  await expectParity([ann, ben], [withBen], () => forward(ann, wanted));
  await expectParity([ann, cleo], [withCleo], () => forward(ann, { ...wanted, as: "merged" }));
  await expectParity([ann, cleo], [withCleo], () => recallMessage(ann, { conversationId: withCleo, seq: 5 }));
});
