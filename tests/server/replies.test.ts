import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

const send = (me: Me, conversationId: string, content: Sendable, clientId: string = randomUUID()) =>
  callerOf(me).messages.send({ conversationId, clientId, content });
const reply = (me: Me, conversationId: string, replyTo: number, clientId?: string) =>
  send(me, conversationId, { kind: "text", text: "indeed", replyTo }, clientId);

async function twoFriends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ann, conversationId, "a secret to be taken back");
  return { ann, ben, conversationId, seq: message.seq };
}

test("a reply of any kind names the message it answers, and an edit keeps it", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  const { message } = await reply(ben, conversationId, seq);
  expect(message.content).toEqual({ kind: "text", text: "indeed", replyTo: seq });
  const place = {
    kind: "location" as const,
    latitude: 1,
    longitude: 2,
    name: "Pier",
    replyTo: message.seq,
  };
  expect((await send(ann, conversationId, place)).message.content).toEqual(place);
  const edited = await callerOf(ben).messages.edit({
    ...{ conversationId, seq: message.seq, text: "not at all", editedAt: null },
  });
  expect(edited.message.content).toEqual({ kind: "text", text: "not at all", replyTo: seq });
});

test("a reply holds nothing of the words it answers, so that a recall takes them from everywhere", async () => {
  const { ann, ben, conversationId, seq } = await twoFriends();
  await reply(ben, conversationId, seq);
  await callerOf(ann).messages.recall({ conversationId, seq });
  const { messages } = await callerOf(ben).messages.page({ conversationId });
  expect(JSON.stringify(messages)).not.toContain("secret");
  expect((await reply(ben, conversationId, seq)).outcome).toBe("stored");
});

test("a reply to a message that is not there, of elsewhere, or from before one's time is refused", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  expect(await reasonFor(reply(ben, conversationId, 99))).toBe("not_found");
  for (const bad of [0, -1, 1.5, 2 ** 31])
    expect(await reasonFor(reply(ben, conversationId, bad))).toBe("invalid_input");
  const cleo = await newPerson("cleo");
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  const { message } = await say(ann, community.id, "before cleo came");
  await joinCommunity(cleo, { communityId: community.id });
  const { message: seen } = await say(ann, community.id, "welcome");
  expect(await reasonFor(reply(cleo, community.id, message.seq))).toBe("not_found");
  const clientId = randomUUID();
  expect(await reasonFor(reply(cleo, community.id, seen.seq, clientId))).toBe("no refusal");
  await removeFromCommunity(ann, { communityId: community.id, personId: cleo.personId });
  expect((await reply(cleo, community.id, seen.seq, clientId)).outcome).toBe("duplicate");
  expect(await reasonFor(reply(cleo, community.id, seen.seq))).toBe("not_found");
});

test("a message sent without sound says so until it is edited and after, and a forward of it does not", async () => {
  const { ann, ben, conversationId } = await twoFriends();
  const words = { kind: "text" as const, text: "do not wake", silent: true as const };
  const { message } = await send(ann, conversationId, words);
  expect(message.content).toEqual(words);
  const { seq } = message;
  const edited = await callerOf(ann).messages.edit({ conversationId, seq, text: "sleep on", editedAt: null });
  expect(edited.message.content).toEqual({ ...words, text: "sleep on" });
  const out = { clientId: randomUUID(), conversationId, seqs: [seq], targets: [conversationId] };
  await callerOf(ben).messages.forward({ ...out, as: "each", showSource: false });
  const { messages } = await callerOf(ben).messages.page({ conversationId });
  expect(messages.at(-1)?.content).toEqual({ kind: "text", text: "sleep on" });
  expect(await reasonFor(send(ann, conversationId, { ...words, silent: false as unknown as true }))).toBe(
    "invalid_input",
  );
});
