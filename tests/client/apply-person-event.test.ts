import { describe, expect, test } from "vitest";
import { applyPersonEvent } from "#client/realtime/apply-event.ts";
import type { PersonEvent } from "#contracts/events.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import {
  ben,
  type Cache,
  cacheWith,
  conversation,
  conversationsOf,
  get,
  members,
  revsOf,
  room,
  timeline,
} from "#tests/client/_cached.ts";

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
