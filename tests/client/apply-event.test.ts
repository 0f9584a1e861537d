import { describe, expect, test } from "vitest";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { applyConversationEvent } from "#client/realtime/apply-event.ts";
import { compareRev } from "#client/realtime/compare-rev.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message } from "#contracts/messages/message.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import {
  bare,
  type Cache,
  cacheWith,
  conversation,
  conversationsOf,
  get,
  head,
  joined,
  member,
  members,
  message,
  revsOf,
  room,
  sent,
} from "#tests/client/_cached.ts";

const gapsAfter = (cache: Cache, event: ConversationEvent) => [...applyConversationEvent(cache, event)].sort();

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
    const metadata = { community: null, rules: null, closedAt: "2026-02-02T00:00:00.000Z" };
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
