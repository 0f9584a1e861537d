import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity } from "#server/communities/leave.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";

let [ann, ben, eve]: TestPerson[] = [];
let conversationId = "";
beforeAll(async () => {
  [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  conversationId = await makeFriends(ann, ben);
});
afterAll(closeDatabase);

const me = () => ann ?? expect.fail("no person");
/** Through the router, so that what the contract refuses counts too. */
const send = (content: unknown, clientId = randomUUID()) =>
  callerOf(me()).messages.send({ conversationId, clientId, content: content as Sendable }); // what a stranger may send

test("a mention names a member of the conversation, inside the text and once", async () => {
  const [other, stranger] = [ben?.personId, eve?.personId];
  const text = "hi @Ben and @Ben";
  const at = (personId: string | undefined, start: number, length: number) => ({ personId, start, length });
  const { message } = await send({ kind: "text", text, mentions: [at(other, 3, 4), at(other, 12, 4)] });
  expect(message.content).toMatchObject({ mentions: [{ personId: other, start: 3 }, { start: 12 }] });
  for (const mentions of [
    [at(other, 3, 4), at(other, 5, 4)],
    [at(other, 14, 4)],
    [at(other, 3, 0)],
    [at(other, -1, 2)],
  ]) {
    expect(await reasonFor(send({ kind: "text", text, mentions }))).toBe("invalid_input");
  }
  const family = "hi @Ben\u0301 👨‍👩‍👧";
  for (const mentions of [[at(other, 3, 4)], [at(other, 9, 2)], [at(other, 11, 6)]]) {
    expect(await reasonFor(send({ kind: "text", text: family, mentions }))).toBe("invalid_input");
  }
  await send({ kind: "text", text: family, mentions: [at(other, 3, 5), at(other, 9, 8)] });
  expect(await reasonFor(send({ kind: "text", text, mentions: [at(stranger, 3, 4)] }))).toBe("not_found");
  expect(await reasonFor(send({ kind: "text", text, mentions: Array(51).fill(at(other, 3, 4)) }))).toBe(
    "invalid_input",
  );
});

test("a card is of oneself, a friend or one's community, and of no one else", async () => {
  const friend = await newPerson("fay");
  await makeFriends(me(), friend);
  const { community } = await createCommunity(friend, { name: "Kites" });
  await joinCommunity(me(), { communityId: community.id });
  for (const id of [me().personId, friend.personId]) {
    expect((await send({ kind: "card", of: "person", id })).message.content).toMatchObject({ of: "person", id });
  }
  const card = { kind: "card", of: "community", id: community.id };
  expect((await send(card)).message.preview).toBe("[Contact] Kites");
  expect(await reasonFor(send({ kind: "card", of: "person", id: eve?.personId }))).toBe("not_found");
  expect(await reasonFor(send({ kind: "card", of: "person", id: community.id }))).toBe("not_found");
  // A false name or number in the draft is ignored.
  const lied = await send({ kind: "card", of: "person", id: friend.personId, name: "Bank", number: 1 });
  expect(lied.message.content).toMatchObject({ name: "fay", number: friend.number });

  const clientId = randomUUID();
  const first = await send({ kind: "card", of: "person", id: friend.personId }, clientId);
  await removeFriend(me(), { personId: friend.personId });
  await leaveCommunity(me(), { communityId: community.id });
  expect(await reasonFor(send(card))).toBe("not_found");
  const again = await send({ kind: "card", of: "person", id: friend.personId }, clientId);
  expect([again.outcome, again.message.seq]).toEqual(["duplicate", first.message.seq]);
});

test.each([
  [{ latitude: 90.01, longitude: 0 }],
  [{ latitude: 0, longitude: -180.5 }],
  [{ latitude: Number.NaN, longitude: 0 }],
  [{ latitude: "1", longitude: 0 }],
])("%j is no place on earth", async (place) => {
  expect(await reasonFor(send({ kind: "location", name: "", ...place }))).toBe("invalid_input");
});

test("a place is stored as it is", async () => {
  const place = { kind: "location", latitude: -33.8568, longitude: 151.2153, name: "Opera" };
  expect((await send(place)).message).toMatchObject({ content: place, preview: "[Location] Opera" });
});

test("a custom message is JSON under a name, of bounded size, with words for everyone else", async () => {
  const poll = {
    kind: "custom",
    type: "com.example.poll",
    payload: { question: "?", votes: [1, null] },
    text: "A poll",
  };
  expect((await send(poll)).message).toMatchObject({ content: poll, preview: "A poll" });
  const refused = (more: object) => reasonFor(send({ ...poll, ...more }));
  expect(await refused({ payload: "x".repeat(1_000_000) })).toBe("payload_too_large");
  expect(await refused({ payload: "字".repeat(3_000) })).toBe("payload_too_large");
  expect(await refused({ payload: undefined })).toBe("invalid_input");
  expect(await refused({ payload: { at: new Date() } })).toBe("invalid_input");
  expect(await refused({ payload: { big: 1n } })).toBe("invalid_input");
  for (const type of ["poll", "Com.Example.Poll", "com..poll", "../etc", "a".repeat(99)]) {
    expect(await refused({ type }), type).toBe("invalid_type");
  }
  expect(await refused({ text: " " })).toBe("text_empty");

  const nested = (depth: number): unknown =>
    depth === 0 ? "x" : depth % 2 ? [nested(depth - 1)] : { a: nested(depth - 1) };
  expect((await send({ ...poll, payload: nested(32) })).message.content).toMatchObject({ payload: nested(32) });
  expect(await refused({ payload: nested(33) })).toBe("invalid_payload");
  expect(await refused({ payload: JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) })).toBe(
    "invalid_payload",
  );
  // A key that a reader would lose, or obey, is refused at any depth; one that only looks like it is kept.
  expect(await refused({ payload: JSON.parse('{"__proto__":1}') })).toBe("invalid_payload");
  expect(await refused({ payload: JSON.parse('[{"a":{"__proto__":{"b":1}}}]') })).toBe("invalid_payload");
  const kept = { constructor: 1, prototype: 2, __proto: 3 };
  expect((await send({ ...poll, payload: kept })).message.content).toMatchObject({ payload: kept });
});

test("files that are not mine, or not there, cannot be sent", async () => {
  const fileId = randomUUID();
  for (const content of [
    { kind: "image", pictures: [{ fileId }], caption: "" },
    { kind: "voice", voice: { fileId }, peaks: [1] },
    { kind: "video", video: { fileId }, poster: null, caption: "" },
    { kind: "file", file: { fileId }, caption: "" },
    { kind: "news", title: "T", description: "", url: "https://example.com", picture: { fileId } },
  ]) {
    expect(await reasonFor(send(content)), content.kind).toBe("file_not_ready");
  }
  expect(await reasonFor(send({ kind: "image", pictures: [], caption: "" }))).toBe("invalid_input");
  expect(await reasonFor(send({ kind: "image", pictures: Array(10).fill({ fileId }), caption: "" }))).toBe(
    "invalid_input",
  );
  expect(await reasonFor(send({ kind: "voice", voice: { fileId }, peaks: [101] }))).toBe("invalid_input");
});

test("a link card is what the server fetched, and an address is one of the web", async () => {
  const url = "https://never-fetched.example/";
  expect(await reasonFor(send({ kind: "link", text: url, url }))).toBe("no_preview");
  const wrongs = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://a:b@example.com",
    "nonsense",
    "http:example.com",
    "https:/example.com",
    "https:\\\\example.com",
    "https:///example.com",
    "https://",
    "https://?a",
    " https://example.com",
    "https://example.com/a b",
    "ht\ntps://example.com",
    "https://example.com/\t",
    "https://example.com/\u202egpj",
    "https://exam\u00adple.com",
  ];
  for (const wrong of wrongs) {
    expect(await reasonFor(send({ kind: "link", text: wrong.trim(), url: wrong })), wrong).toBe("invalid_address");
    const news = { kind: "news", title: "T", description: "", url: wrong, picture: null };
    expect(await reasonFor(send(news)), wrong).toBe("invalid_address");
  }
});

test("a link card is of an address that its text shows", async () => {
  const url = "https://x.example/login";
  const of = (text: string, address = url) => reasonFor(send({ kind: "link", text, url: address }));
  for (const text of [
    "https://mybank.example/login",
    "x.example",
    `\`${url}\``,
    `||${url}||`,
    "```\nhttps://x.example/login\n```",
    "https://x.example/login2",
    "https://user@x.example/login",
  ]) {
    expect(await of(text), text).toBe("address_not_in_text");
  }
  // The text is judged first, and no page was fetched for any of these.
  for (const text of [url, `see **${url}**!`, "HTTPS://X.example:443/login", `https://mybank.example/ ${url}`]) {
    expect(await of(text), text).toBe("no_preview");
  }
  expect(await of("x.com/login", "http://x.com/login")).toBe("no_preview");
});

test("kinds that the product writes itself cannot be sent by people", async () => {
  const packet = { kind: "red_packet", packetId: randomUUID(), greeting: "", split: "equal", shares: 1 };
  for (const content of [packet, { kind: "notice", notice: "member_left" }, { kind: "nonsense" }, null]) {
    expect(await reasonFor(send(content))).toBe("invalid_input");
  }
});
