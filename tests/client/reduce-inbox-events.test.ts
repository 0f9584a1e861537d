import { describe, expect, test } from "vitest";
import {
  mergeInbox,
  reduceConversation,
  reduceInbox,
  replaceConversation,
} from "#client/conversations/reduce-inbox.ts";
import { readUpTo, unreadOf, withNotice } from "#client/conversations/unread.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import type { Message } from "#contracts/messages/message.ts";
import { untouched } from "#tests/_settings.ts";

const january = "2026-01-01T00:00:00.000Z";
const february = "2026-02-02T00:00:00.000Z";
const lastMessage = { seq: 9, senderId: "ben", kind: "text", preview: "before", notice: null, sentAt: january };
const start: Conversation = {
  id: "room",
  kind: "community",
  peer: null,
  community: null,
  memberCount: 3,
  role: "member",
  roleIds: [],
  muted: null,
  rules: null,
  rev: 20,
  lastSeq: 9,
  visibleFromSeq: 2,
  lastReadSeq: 7,
  unreadNotices: [8],
  unreadMentions: [],
  settings: untouched,
  lastMessage,
  lastMessageAt: january,
  closedAt: null,
};
const said = (seq: number, content: Message["content"] = { kind: "text" }, senderId = "ben"): Message => ({
  conversationId: "room",
  seq,
  rev: 21,
  senderId,
  clientId: `c${seq}`,
  content,
  preview: "now",
  sentAt: february,
  editedAt: null,
  reactions: [],
});
const head = { scope: "conversation", conversationId: "room", rev: 21 } as const;
const sent = (message: Message): ConversationEvent => ({ type: "message.sent", ...head, message });
const changed = (message: Message): ConversationEvent => ({ type: "message.changed", ...head, message });
const after = (event: ConversationEvent) => reduceConversation(start, event, "ann");
const now = { ...lastMessage, preview: "now", sentAt: february };

describe("a conversation in the list", () => {
  test("shows a new message of another person as the last one, unread", () => {
    expect(after(sent(said(10)))).toEqual({
      ...start,
      rev: 21,
      lastSeq: 10,
      lastMessage: { ...now, seq: 10 },
      lastMessageAt: february,
    });
  });

  test("is read when the message is mine", () => {
    expect(after(sent(said(10, { kind: "text" }, "ann")))).toEqual({
      ...start,
      rev: 21,
      lastSeq: 10,
      lastReadSeq: 10,
      unreadNotices: [],
      lastMessage: { ...now, seq: 10, senderId: "ann" },
      lastMessageAt: february,
    });
  });

  test("shows a notice in full, counts it apart, and does not move up", () => {
    expect(after(sent(said(10, { kind: "notice", notice: "member_joined" })))).toEqual({
      ...start,
      rev: 21,
      lastSeq: 10,
      unreadNotices: [8, 10],
      lastMessage: { ...now, seq: 10, kind: "notice", notice: { kind: "notice", notice: "member_joined" } },
    });
  });

  test("shows the last message as it was changed, with no more unread, and does not move up", () => {
    expect(after(changed(said(9, { kind: "recalled" })))).toEqual({
      ...start,
      rev: 21,
      lastMessage: { ...now, kind: "recalled" },
    });
  });

  test("does not show a change of an earlier message", () => {
    expect(after(changed(said(8)))).toEqual({ ...start, rev: 21 });
    expect(reduceConversation({ ...start, lastMessage: null }, changed(said(8)), "ann")).toEqual({
      ...start,
      rev: 21,
      lastMessage: null,
    });
  });

  test("is not read by a change of my own earlier message", () => {
    expect(after(changed(said(9, { kind: "text" }, "ann")))).toMatchObject({ lastReadSeq: 7, unreadNotices: [8] });
  });

  const member = {
    role: "owner",
    roleIds: [] as string[],
    muted: null,
    visibleFromSeq: 5,
    joinedAt: january,
    leftAt: null,
    rev: 21,
  } as const;
  test.each<[string, ConversationEvent, Conversation]>([
    [
      "another person's membership changes the count alone",
      { type: "member.changed", ...head, member: { ...member, personId: "ben" }, memberCount: 4 },
      { ...start, rev: 21, memberCount: 4 },
    ],
    [
      "my own membership changes my role and what I may read",
      { type: "member.changed", ...head, member: { ...member, personId: "ann" }, memberCount: 4 },
      { ...start, rev: 21, memberCount: 4, role: "owner", visibleFromSeq: 5 },
    ],
    [
      "my leaving changes the count alone",
      { type: "member.changed", ...head, member: { ...member, personId: "ann", leftAt: february }, memberCount: 2 },
      { ...start, rev: 21, memberCount: 2 },
    ],
    [
      "new metadata replaces the old",
      { type: "conversation.changed", ...head, metadata: { community: null, rules: null, closedAt: february } },
      { ...start, rev: 21, closedAt: february },
    ],
    ["a bare rev is counted", { type: "conversation.rev_changed", ...head }, { ...start, rev: 21 }],
  ])("%s", (_, event, expected) => expect(after(event)).toEqual(expected));
});

describe("the list", () => {
  const named = (id: string, lastMessageAt: string) => ({ ...start, id, lastMessageAt });
  const list = { rev: 5, conversations: [named("b", february), named("d", january), named("a", january)] };
  const ids = ({ conversations }: { conversations: Conversation[] }) => conversations.map(({ id }) => id).join(" ");
  const person = { scope: "person", rev: 6 } as const;

  test("is sorted by the last message, then by id, both falling", () => {
    expect(ids(replaceConversation(list, named("c", january)))).toBe("b d c a");
    expect(ids(replaceConversation(list, named("e", "2026-03-03T00:00:00.000Z")))).toBe("e b d a");
    expect(ids(replaceConversation(list, named("a", february)))).toBe("b a d");
    expect(replaceConversation(list, named("a", february)).rev).toBe(5);
  });

  test("gains, loses and reads conversations", () => {
    const added: PersonEvent = { type: "conversation.added", ...person, conversation: named("c", january) };
    expect(ids(reduceInbox(list, added))).toBe("b d c a");
    const removed = reduceInbox(list, { type: "conversation.removed", ...person, conversationId: "d" });
    expect([removed.rev, ids(removed)]).toEqual([6, "b a"]);
    const read: PersonEvent = { type: "read_marker.changed", ...person, conversationId: "d", lastReadSeq: 9 };
    expect(reduceInbox(list, read)).toEqual({
      rev: 6,
      conversations: [
        named("b", february),
        { ...named("d", january), lastReadSeq: 9, unreadNotices: [] },
        named("a", january),
      ],
    });
  });

  test.each<PersonEvent["type"]>([
    "friend_request.changed",
    "friend.changed",
    "friend.removed",
    "block.changed",
    "join_request.changed",
    "profile.changed",
    "person.rev_changed",
  ])("only counts %s", (type) => {
    // What else such an event carries is not read.
    expect(reduceInbox(list, { type, ...person } as PersonEvent)).toEqual({ ...list, rev: 6 });
  });
});

describe("a fetched list merged into the cached one", () => {
  const at = (id: string, rev: number, lastReadSeq: number) => ({ ...start, id, rev, lastReadSeq, unreadNotices: [8] });
  const merged = (held: [number, Conversation[]], fetched: [number, Conversation[]]) => {
    const [one, other] = [held, fetched].map(([rev, conversations]) => ({ rev, conversations }));
    if (!one || !other) return [];
    const { rev, conversations } = mergeInbox(one, other);
    return [rev, ...conversations.map((now) => `${now.id} ${now.rev} ${now.lastReadSeq} ${now.unreadNotices}`)];
  };

  test.each<[string, [number, Conversation[]], [number, Conversation[]], (number | string)[]]>([
    ["a newer conversation replaces the cached one", [5, [at("a", 3, 1)]], [6, [at("a", 4, 1)]], [6, "a 4 1 8"]],
    ["an older one does not", [5, [at("a", 4, 1)]], [6, [at("a", 3, 1)]], [6, "a 4 1 8"]],
    ["the higher mark wins, here the cached", [5, [at("a", 3, 8)]], [6, [at("a", 4, 1)]], [6, "a 4 8 "]],
    ["the higher mark wins, here the fetched", [5, [at("a", 4, 1)]], [6, [at("a", 3, 8)]], [6, "a 4 8 "]],
    ["a conversation of the newer list is kept", [5, []], [6, [at("a", 3, 1)]], [6, "a 3 1 8"]],
    ["and one that only the older has is gone", [5, [at("a", 3, 1)]], [6, []], [6]],
    ["also when the cached list is the newer", [7, [at("a", 3, 1)]], [6, [at("b", 3, 1)]], [7, "a 3 1 8"]],
    ["of two lists at one rev the fetched counts", [6, [at("a", 3, 1)]], [6, [at("b", 3, 1)]], [6, "b 3 1 8"]],
    ["sorted", [5, [at("b", 3, 1)]], [6, [at("a", 3, 1), at("b", 3, 1)]], [6, "b 3 1 8", "a 3 1 8"]],
  ])("%s", (_, held, fetched, expected) => expect(merged(held, fetched)).toEqual(expected));

  test("of two states at one rev the fetched counts", () => {
    const [mine, theirs] = ["mine", "theirs"].map((preview) => ({
      rev: 5,
      conversations: [{ ...start, lastMessage: { ...lastMessage, preview } }],
    }));
    expect(theirs && mergeInbox(mine, theirs).conversations[0]?.lastMessage?.preview).toBe("theirs");
  });

  test("is the first one, where none is cached", () => {
    const fetched = { rev: 1, conversations: [at("a", 3, 1), at("b", 3, 1)] };
    expect(mergeInbox(undefined, fetched)).toBe(fetched);
  });
});

describe("a read mark", () => {
  test("never moves back, and drops the notices up to it", () => {
    const read = { ...start, unreadNotices: [8, 9] };
    expect(readUpTo(read, 6)).toBe(read);
    expect(readUpTo(read, 7)).toBe(read);
    expect(readUpTo(read, 8)).toEqual({ ...read, lastReadSeq: 8, unreadNotices: [9] });
  });

  test("leaves the messages after it unread, without the notices among them, and never less than none", () => {
    expect(unreadOf({ ...start, lastSeq: 20, lastReadSeq: 7, unreadNotices: [8, 10] })).toBe(11);
    expect(unreadOf({ ...start, lastSeq: 7, lastReadSeq: 7, unreadNotices: [7] })).toBe(0);
  });

  test("is followed by at most 500 counted notices, the newest", () => {
    const notices = Array.from({ length: 500 }, (_, at) => at + 1);
    expect(withNotice([3], 4)).toEqual([3, 4]);
    expect(withNotice(notices, 501)).toHaveLength(500);
    expect(withNotice(notices, 501).at(0)).toBe(2);
    expect(withNotice(notices, 501).at(-1)).toBe(501);
  });
});
