import { QueryClient } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { applyConversationEvent, applyPersonEvent } from "#client/realtime/apply-event.ts";
import { compareRev } from "#client/realtime/compare-rev.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Person } from "#contracts/people.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { untouched } from "#tests/_settings.ts";

const at = "2026-01-01T00:00:00.000Z";
const conversation: Conversation = {
  id: "room",
  kind: "community",
  peer: null,
  community: null,
  memberCount: 2,
  role: "member",
  rev: 5,
  lastSeq: 2,
  visibleFromSeq: 1,
  lastReadSeq: 2,
  unreadNotices: [],
  unreadMentions: [],
  settings: untouched,
  lastMessage: null,
  lastMessageAt: at,
  closedAt: null,
};
const timeline: Timeline = { rev: 5, lastSeq: 2, messages: [], ownReactions: {}, hasOlder: true, hasNewer: false };
const ben: Person = {
  id: "ben",
  number: 2,
  handle: "ben",
  displayName: "Ben",
  gender: "unset",
  bio: "",
  avatarSeed: 0,
  avatarId: null,
  version: 1,
};
const member = { role: "member", visibleFromSeq: 1, joinedAt: at, leftAt: null, rev: 6 } as const;
const members = { rev: 5, members: [], people: [ben, { ...ben, id: "dan" }] };
const message = (content: Message["content"]): Message => ({
  conversationId: "room",
  seq: 3,
  rev: 6,
  senderId: "ben",
  clientId: "c3",
  content,
  preview: "hello",
  sentAt: at,
  editedAt: null,
  reactions: [],
});

function cacheWith(entries: (readonly [readonly unknown[], unknown])[]) {
  const queryClient = new QueryClient();
  for (const [key, data] of entries) queryClient.setQueryData(key, data);
  return { queryClient, keys: queryKeys, meId: "ann" };
}
/** The caches of one conversation at these revs, and the friends, which are none of its business. */
const room = (revs: { conversation: number; timeline: number; members: number }) =>
  cacheWith([
    [queryKeys.inbox, { rev: 9, conversations: [{ ...conversation, rev: revs.conversation }] }],
    [queryKeys.timeline("room"), { ...timeline, rev: revs.timeline }],
    [queryKeys.members("room"), { ...members, rev: revs.members }],
    [queryKeys.friends, { rev: 9, friends: [], requests: [], blocked: [] }],
  ]);
type Cache = ReturnType<typeof cacheWith>;
const get = <T>({ queryClient }: Cache, key: readonly unknown[]) => queryClient.getQueryData<T>(key);
const conversationsOf = (cache: Cache) => get<{ conversations: Conversation[] }>(cache, queryKeys.inbox)?.conversations;
const revsOf = (cache: Cache) => [
  conversationsOf(cache)?.[0]?.rev,
  get<Timeline>(cache, queryKeys.timeline("room"))?.rev,
  get<{ rev: number }>(cache, queryKeys.members("room"))?.rev,
];
const gapsAfter = (cache: Cache, event: ConversationEvent) => [...applyConversationEvent(cache, event)].sort();

const head = { scope: "conversation", conversationId: "room", rev: 6 } as const;
const sent: ConversationEvent = { type: "message.sent", ...head, message: message({ kind: "text" }) };
const bare: ConversationEvent = { type: "conversation.rev_changed", ...head };
const joined = (personId: string): ConversationEvent => ({
  type: "member.changed",
  ...head,
  member: { ...member, personId },
  memberCount: 3,
});

test("an event is old up to the cached rev, next after it, and else beyond a gap", () => {
  expect([0, 4, 5, 6, 7, 90].map((rev) => compareRev(5, rev))).toEqual(["old", "old", "old", "next", "gap", "gap"]);
});

describe("an event of a conversation, at rev 6", () => {
  // What is cached is at these revs: the conversation, its timeline, its members.
  test.each<[string, ConversationEvent, number[], string[], number[]]>([
    ["a message", sent, [5, 5, 5], [], [6, 6, 6]],
    ["a message", sent, [4, 5, 5], ["conversation"], [4, 6, 6]],
    ["a message", sent, [5, 4, 5], ["timeline"], [6, 4, 6]],
    ["a message", sent, [5, 5, 4], ["members"], [6, 6, 4]],
    ["a message", sent, [7, 5, 5], [], [7, 6, 6]],
    ["a message", sent, [5, 7, 5], [], [6, 7, 6]],
    ["a message", sent, [5, 5, 7], [], [6, 6, 7]],
    ["a bare rev", bare, [5, 5, 5], ["conversation", "members", "timeline"], [5, 5, 5]],
    ["a bare rev", bare, [4, 4, 4], ["conversation", "members", "timeline"], [4, 4, 4]],
    ["a bare rev", bare, [6, 6, 6], [], [6, 6, 6]],
    ["a known person who joins", joined("ben"), [5, 5, 5], [], [6, 6, 6]],
    ["a stranger who joins", joined("cleo"), [5, 5, 5], ["members"], [6, 6, 5]],
    ["a stranger who joined before", joined("cleo"), [5, 5, 6], [], [6, 6, 6]],
  ])("%s (%#) is applied where it is next, and asked for where something is missing", (_, event, at, gaps, revs) => {
    const [first = 0, second = 0, third = 0] = at;
    const cache = room({ conversation: first, timeline: second, members: third });
    expect(gapsAfter(cache, event)).toEqual(gaps);
    expect(revsOf(cache)).toEqual(revs);
    expect(get(cache, queryKeys.friends)).toEqual({ rev: 9, friends: [], requests: [], blocked: [] });
  });

  test("changes what is cached", () => {
    const cache = room({ conversation: 5, timeline: 5, members: 5 });
    applyConversationEvent(cache, joined("ben"));
    expect(conversationsOf(cache)).toEqual([{ ...conversation, rev: 6, memberCount: 3 }]);
    expect(get(cache, queryKeys.members("room"))).toEqual({
      rev: 6,
      members: [{ ...member, personId: "ben" }],
      people: members.people,
    });
    applyConversationEvent(cache, { ...sent, rev: 7 });
    expect(conversationsOf(cache)?.[0]).toMatchObject({ rev: 7, lastSeq: 3, lastReadSeq: 2 });
    expect(get<Timeline>(cache, queryKeys.timeline("room"))).toMatchObject({ rev: 7, lastSeq: 3 });
  });

  test("is nothing where nothing is cached, or only other conversations are", () => {
    expect(gapsAfter(cacheWith([]), sent)).toEqual([]);
    const other = [{ ...conversation, id: "other", rev: 1 }];
    const cache = cacheWith([[queryKeys.inbox, { rev: 9, conversations: other }]]);
    expect(gapsAfter(cache, sent)).toEqual([]);
    expect(conversationsOf(cache)).toEqual(other);
    expect(cache.queryClient.getQueryCache().getAll()).toHaveLength(1);
  });

  test("that changes the conversation's metadata has the communities fetched", () => {
    const cache = room({ conversation: 5, timeline: 5, members: 5 });
    const metadata = { community: null, closedAt: "2026-02-02T00:00:00.000Z" };
    expect(gapsAfter(cache, { type: "conversation.changed", ...head, metadata })).toEqual(["communities"]);
    expect(conversationsOf(cache)).toEqual([{ ...conversation, rev: 6, closedAt: "2026-02-02T00:00:00.000Z" }]);
  });
});

describe("the state of a red packet is fetched anew", () => {
  const opened = { kind: "notice", notice: "red_packet_opened", packetId: "p1" };
  test.each<[string, Message["content"], boolean]>([
    ["after the notice that it was opened", opened, true],
    ["not after the notice for another one", { ...opened, packetId: "p2" }, false],
    ["not after a notice that names none", { ...opened, packetId: undefined }, false],
    ["not after another notice", { ...opened, notice: "member_joined" }, false],
  ])("%s", (_, content, expected) => {
    const cache = cacheWith([
      [queryKeys.packet("p1"), {}],
      [queryKeys.inbox, { rev: 9, conversations: [] }],
    ]);
    applyConversationEvent(cache, { ...sent, message: message(content) } as ConversationEvent);
    expect(cache.queryClient.getQueryState(queryKeys.packet("p1"))?.isInvalidated).toBe(expected);
    expect(cache.queryClient.getQueryState(queryKeys.inbox)?.isInvalidated).toBe(false);
  });

  test("not after a change of that notice", () => {
    const cache = cacheWith([[queryKeys.packet("p1"), {}]]);
    applyConversationEvent(cache, { type: "message.changed", ...head, message: message(opened) });
    expect(cache.queryClient.getQueryState(queryKeys.packet("p1"))?.isInvalidated).toBe(false);
  });
});

describe("a personal event, at rev 6", () => {
  const person = { scope: "person", rev: 6 } as const;
  const read: PersonEvent = { type: "read_marker.changed", ...person, conversationId: "room", lastReadSeq: 2 };
  const mine = (inbox: number, friends: number, communities: number) =>
    cacheWith([
      [queryKeys.inbox, { rev: inbox, conversations: [{ ...conversation, lastReadSeq: 1 }] }],
      [queryKeys.friends, { rev: friends, friends: [], requests: [], blocked: [] }],
      [queryKeys.communities, { rev: communities, communities: [], requests: [] }],
    ]);
  const revs = (cache: Cache) =>
    [queryKeys.inbox, queryKeys.friends, queryKeys.communities].map((key) => get<{ rev: number }>(cache, key)?.rev);
  const gaps = (cache: Cache, event: PersonEvent) => [...applyPersonEvent(cache, event)].sort();

  // What is cached is at these revs: the inbox, the friends, the communities.
  test.each<[PersonEvent, number[], string[], number[]]>([
    [read, [5, 5, 5], [], [6, 6, 6]],
    [read, [4, 5, 5], ["inbox"], [4, 6, 6]],
    [read, [5, 4, 5], ["friends"], [6, 4, 6]],
    [read, [5, 5, 4], ["communities"], [6, 6, 4]],
    [read, [6, 7, 8], [], [6, 7, 8]],
    [{ type: "person.rev_changed", ...person }, [5, 5, 5], ["communities", "friends", "inbox"], [5, 5, 5]],
    [{ type: "person.rev_changed", ...person }, [6, 6, 6], [], [6, 6, 6]],
  ])("$type (%#) is applied where it is next, and asked for where something is missing", (event, at, missed, after) => {
    const [inbox = 0, friends = 0, communities = 0] = at;
    const cache = mine(inbox, friends, communities);
    expect(gaps(cache, event)).toEqual(missed);
    expect(revs(cache)).toEqual(after);
  });

  test("changes what is cached", () => {
    const cache = mine(5, 5, 5);
    applyPersonEvent(cache, read);
    expect(conversationsOf(cache)).toEqual([{ ...conversation, lastReadSeq: 2 }]);
    applyPersonEvent(cache, { type: "block.changed", scope: "person", rev: 7, person: ben, blocked: true });
    expect(get(cache, queryKeys.friends)).toEqual({ rev: 7, friends: [], requests: [], blocked: [ben] });
  });

  test("is nothing where nothing is cached", () => {
    const cache = cacheWith([]);
    expect(gaps(cache, read)).toEqual([]);
    expect(cache.queryClient.getQueryCache().getAll()).toEqual([]);
  });

  test("of a conversation that was removed drops its messages and members, and no other's", () => {
    const cache = cacheWith(
      ["room", "other"].flatMap((id) => [
        [queryKeys.timeline(id), timeline] as const,
        [queryKeys.members(id), members] as const,
      ]),
    );
    applyPersonEvent(cache, read);
    expect(cache.queryClient.getQueryCache().getAll()).toHaveLength(4);
    applyPersonEvent(cache, { type: "conversation.removed", ...person, conversationId: "room" });
    expect(
      cache.queryClient
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([
      ["timeline", "other"],
      ["members", "other"],
    ]);
  });

  test("of a removal that is told again after I came back drops nothing", () => {
    const cache = room({ conversation: 5, timeline: 5, members: 5 });
    applyPersonEvent(cache, { type: "conversation.removed", ...person, conversationId: "room" });
    expect(revsOf(cache)).toEqual([5, 5, 5]);
  });

  test.each([
    ["community", ["communities"]],
    ["direct", []],
  ] as const)("of a %s that was added fetches %j", (kind, expected) => {
    const cache = mine(5, 5, 5);
    const added = { ...conversation, id: "new", kind };
    expect(gaps(cache, { type: "conversation.added", ...person, conversation: added })).toEqual(expected);
    expect(conversationsOf(cache)?.map(({ id }) => id)).toEqual(["room", "new"]);
  });
});
