import { afterAll, expect, test } from "vitest";
import type { Message } from "#contracts/messages/message.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { listConversations } from "#server/conversations/list.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";
import { give } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

async function twoFriends(text = "lunhc at noon") {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await say(ann, conversationId, text);
  return { ann, ben, conversationId, message };
}

type Of = Pick<Message, "conversationId" | "seq" | "editedAt">;
const edit = (me: Me, { conversationId, seq, editedAt }: Of, text: string) =>
  callerOf(me).messages.edit({ conversationId, seq, editedAt, text });
const age = ({ conversationId, seq }: Of, seconds: number) => sql()`
  update messages set sent_at = now() - make_interval(secs => ${seconds})
  where conversation_id = ${conversationId} and seq = ${seq}`;
/** The texts that `edits` answers. */
const versions = async (me: Me, { conversationId, seq }: Of) =>
  (await callerOf(me).messages.edits({ conversationId, seq })).versions.map(({ content }) => content.text);

test("an edited message keeps its seq and says so, and members read what it said before", async () => {
  const { ann, ben, conversationId, message } = await twoFriends();
  const first = (await edit(ann, message, "lunch at noon")).message;
  expect(first).toMatchObject({ seq: message.seq, sentAt: message.sentAt, preview: "lunch at noon" });
  expect(first.content).toEqual({ kind: "text", text: "lunch at noon" });
  expect(first.editedAt).not.toBeNull();
  const second = (await edit(ann, first, "lunch at **one**")).message;
  expect(second.preview).toBe("lunch at one");
  expect(await versions(ben, message)).toEqual(["lunhc at noon", "lunch at noon"]);
  expect((await listConversations(ben)).conversations[0]?.lastMessage?.preview).toBe("lunch at one");
  const { messages } = await callerOf(ben).messages.page({ conversationId });
  expect(messages.at(-1)).toEqual(second);
});

test("the same words again are harmless, also as a retry with the version before", async () => {
  const { ann, message } = await twoFriends();
  expect((await edit(ann, message, "lunhc at noon")).message).toEqual(message);
  const first = await edit(ann, message, "lunch");
  const retries = await Promise.all(Array.from({ length: 5 }, () => edit(ann, message, "lunch")));
  for (const retry of retries) expect(retry).toEqual(first);
  expect(await versions(ann, message)).toEqual(["lunhc at noon"]);
});

test("of two devices that edit the same version one is refused", async () => {
  const { ann, message } = await twoFriends();
  const reasons = await Promise.all(["one", "two", "three"].map((text) => reasonFor(edit(ann, message, text))));
  expect(reasons.toSorted()).toEqual(["edit_conflict", "edit_conflict", "no refusal"]);
});

test("only the sender edits, for a day, and only what has words", async () => {
  const { ann, ben, conversationId, message } = await twoFriends();
  const eve = await newPerson("eve");
  expect(await reasonFor(edit(ben, message, "mine now"))).toBe("forbidden");
  expect(await reasonFor(edit(eve, message, "mine now"))).toBe("not_found");
  expect(await reasonFor(edit(ann, { ...message, seq: 99 }, "nothing there"))).toBe("not_found");
  for (const empty of ["", " \n ", "\u200b"]) expect(await reasonFor(edit(ann, message, empty))).toBe("text_empty");
  expect(await reasonFor(edit(ann, message, "x".repeat(10_001)))).toBe("text_too_long");
  await age(message, 86_401);
  expect(await reasonFor(edit(ann, message, "too late"))).toBe("edit_expired");
  await age(message, 86_300);
  expect(await reasonFor(edit(ann, message, "just in time"))).toBe("no refusal");
  const { message: packet } = await give(ann, conversationId, {});
  expect(await reasonFor(edit(ann, packet, "other wishes"))).toBe("forbidden");
  await callerOf(ann).messages.recall({ conversationId, seq: (await say(ann, conversationId, "gone")).message.seq });
  expect(await reasonFor(edit(ann, { conversationId, seq: packet.seq + 1, editedAt: null }, "back"))).toBe("forbidden");
  await blockPerson(ben, { personId: ann.personId });
  expect(await reasonFor(edit(ann, message, "one more thing"))).toBe("recipient_refuses");
});

test("a recalled message has no versions left", async () => {
  const { ann, ben, message } = await twoFriends("a secret");
  await edit(ann, message, "another secret");
  await callerOf(ann).messages.recall(message);
  expect(await versions(ben, message)).toEqual([]);
  const rows = await sql()`select * from message_edits where conversation_id = ${message.conversationId}`;
  expect(rows).toHaveLength(0);
  const page = await callerOf(ben).messages.page({ conversationId: message.conversationId });
  expect(page.messages.at(-1)?.editedAt).toBeNull();
});

test("fifty versions are kept, and then no more edits are taken", async () => {
  const { ann, message } = await twoFriends("0");
  await sql()`
    insert into message_edits (conversation_id, seq, rev, content, written_at)
    select ${message.conversationId}, ${message.seq}, -n, '{"kind": "text", "text": "x"}', now() from generate_series(1, 49) n`;
  const { message: last } = await edit(ann, message, "50");
  expect(await reasonFor(edit(ann, last, "51"))).toBe("edits_limit_reached");
});

test("the history of a message is as private as the message", async () => {
  const ann = await newPerson("ann");
  const [cleo, eve] = [await newPerson("cleo"), await newPerson("eve")];
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  const { message } = await say(ann, community.id, "before cleo came");
  await joinCommunity(cleo, { communityId: community.id });
  await edit(ann, message, "said before cleo came");
  expect(await reasonFor(versions(cleo, message))).toBe("not_found");
  expect(await reasonFor(versions(eve, message))).toBe("not_found");
  const { changes } = await callerOf(cleo).conversations.changesSince({ conversationId: community.id, rev: 0 });
  expect(JSON.stringify(changes)).not.toContain("before cleo came");
  const { message: seen } = await say(ann, community.id, "cleo is here");
  expect(await versions(cleo, seen)).toEqual([]);
  await leaveCommunity(cleo, { communityId: community.id });
  expect(await reasonFor(versions(cleo, seen))).toBe("not_found");
});

test("an edit mentions members only, and a link loses its card with its address", async () => {
  const { ann, ben, conversationId, message } = await twoFriends();
  const eve = await newPerson("eve");
  const mention = (personId: string) =>
    callerOf(ann).messages.edit({
      ...{ conversationId, seq: message.seq, editedAt: null, text: "@ben lunch?" },
      mentions: [{ personId, start: 0, length: 4 }],
    });
  expect(await reasonFor(mention(eve.personId))).toBe("not_found");
  expect((await mention(ben.personId)).message.content).toEqual({
    ...{ kind: "text", text: "@ben lunch?" },
    mentions: [{ personId: ben.personId, start: 0, length: 4 }],
  });
  const url = "https://kites.example/";
  const card = { url, title: "Kites", description: "", site: "kites.example", picture: null };
  const stored = { kind: "link", text: `see ${url}`, ...card };
  await sql()`update messages set kind = 'link', content = ${sql().json(stored)}
    where conversation_id = ${conversationId} and seq = ${message.seq}`;
  const at = (await callerOf(ann).messages.page({ conversationId })).messages.at(-1) as Message;
  const kept = (await edit(ann, at, `do see ${url}`)).message;
  expect(kept.content).toEqual({ kind: "link", text: `do see ${url}`, ...card });
  expect((await edit(ann, kept, "never mind")).message.content).toEqual({ kind: "text", text: "never mind" });
});
