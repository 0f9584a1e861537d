import { describe, expect, test } from "vitest";
import {
  openTimeline,
  reduceTimeline,
  reduceTimelineChanges,
  type Timeline,
} from "#client/messages/reduce-timeline.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, Reaction, ReactionChange } from "#contracts/messages/message.ts";

const conversationId = "room";
const at = "2026-01-01T00:00:00.000Z";
const one = (emoji: string): Reaction => ({ emoji, count: 1, personIds: ["ben"] });
const said = (seq: number, preview = "hello", reactions: Reaction[] = []): Message => ({
  conversationId,
  seq,
  rev: seq,
  senderId: "ben",
  clientId: `c${seq}`,
  content: { kind: "text" },
  preview,
  sentAt: at,
  editedAt: null,
  reactions,
});

/** The messages 11 to 13 of 13, at rev 40; ann reacted to 12. */
const start: Timeline = {
  rev: 40,
  lastSeq: 13,
  messages: [said(11), said(12, "hello", [one("👍"), one("🎉")]), said(13)],
  ownReactions: { 12: ["👍"] },
  hasOlder: true,
  hasNewer: false,
};

const changed = (message: Message, reactions?: ReactionChange[]): ConversationEvent => ({
  scope: "conversation",
  type: "message.changed",
  conversationId,
  rev: 41,
  message,
  ...(reactions ? { reactions } : {}),
});
const previews = (timeline: Timeline) => timeline.messages.map(({ seq, preview }) => `${seq} ${preview}`);

test("a page opens with my reactions by seq", () => {
  const page = {
    messages: [said(1), said(2)],
    ownReactions: [
      { seq: 1, emoji: ["👍", "🎉"] },
      { seq: 2, emoji: ["👍"] },
    ],
    head: { rev: 9, lastSeq: 4 },
    hasOlder: false,
    hasNewer: true,
  };
  expect(openTimeline(page)).toEqual({
    rev: 9,
    lastSeq: 4,
    messages: [said(1), said(2)],
    ownReactions: { 1: ["👍", "🎉"], 2: ["👍"] },
    hasOlder: false,
    hasNewer: true,
  });
});

describe("a changed message", () => {
  test.each([
    [11, ["11 new", "12 hello", "13 hello"]],
    [12, ["11 hello", "12 new", "13 hello"]],
    [13, ["11 hello", "12 hello", "13 new"]],
  ])("replaces the message of seq %i, where it stands", (seq, expected) => {
    const after = reduceTimeline(start, changed(said(seq, "new")), "ann");
    expect(previews(after)).toEqual(expected);
    expect(after).toMatchObject({ rev: 41, lastSeq: 13, hasOlder: true, hasNewer: false });
  });

  test.each([
    ["before the range", 10, { ...start, rev: 41 }],
    ["beyond a gap after the range", 15, { ...start, rev: 41, lastSeq: 15 }],
  ])("%s changes no message", (_, seq, expected) => {
    expect(reduceTimeline(start, changed(said(seq, "new")), "ann")).toEqual(expected);
  });

  test("of a range that does not reach the end is not appended", () => {
    const middle = { ...start, hasNewer: true, lastSeq: 30 };
    expect(reduceTimeline(middle, changed(said(14, "new")), "ann")).toEqual({ ...middle, rev: 41 });
  });

  test("is appended when it continues the range", () => {
    expect(previews(reduceTimeline(start, changed(said(14, "new")), "ann"))).toEqual([
      "11 hello",
      "12 hello",
      "13 hello",
      "14 new",
    ]);
  });
});

describe("a new message in an empty range", () => {
  const sent: ConversationEvent = {
    scope: "conversation",
    type: "message.sent",
    conversationId,
    rev: 41,
    message: said(14),
  };
  const empty: Timeline = { ...start, messages: [], ownReactions: {}, lastSeq: 0, hasOlder: false };

  test("is the first, where nothing is before it", () => {
    expect(reduceTimeline(empty, sent, "ann")).toEqual({ ...empty, rev: 41, lastSeq: 14, messages: [said(14)] });
  });

  test("is not shown, where older messages were not loaded", () => {
    const unread = { ...empty, hasOlder: true };
    expect(reduceTimeline(unread, sent, "ann")).toEqual({ ...unread, rev: 41, lastSeq: 14 });
  });
});

test.each<ConversationEvent>([
  {
    scope: "conversation",
    type: "member.changed",
    conversationId,
    rev: 41,
    member: {
      personId: "ben",
      role: "member",
      roleIds: [],
      muted: null,
      visibleFromSeq: 1,
      joinedAt: at,
      leftAt: null,
      rev: 41,
    },
    memberCount: 2,
  },
  {
    scope: "conversation",
    type: "conversation.changed",
    conversationId,
    rev: 41,
    metadata: { community: null, rules: null, closedAt: null },
  },
  { scope: "conversation", type: "conversation.rev_changed", conversationId, rev: 41 },
])("$type moves the rev and nothing else", (event) => {
  expect(reduceTimeline(start, event, "ann")).toEqual({ ...start, rev: 41 });
});

describe("my reactions", () => {
  const both = [one("👍"), one("🎉")];
  const mine = (emoji: string, reacted: boolean) => ({ personId: "ann", emoji, reacted });

  test.each<[string, number, Reaction[], ReactionChange[] | undefined, Record<number, string[]>]>([
    ["one more is added", 12, both, [mine("🎉", true)], { 12: ["👍", "🎉"] }],
    ["the same again is one", 12, both, [mine("👍", true)], { 12: ["👍"] }],
    ["the first of another message is added", 13, both, [mine("🎉", true)], { 12: ["👍"], 13: ["🎉"] }],
    ["the last one that is removed leaves no entry", 12, [one("🎉")], [mine("👍", false)], {}],
    ["is gone at once, while others still have it", 12, both, [mine("👍", false)], {}],
    ["several changes count in order", 12, both, [mine("🎉", true), mine("🎉", false)], { 12: ["👍"] }],
    ["another person's are not mine", 12, both, [{ personId: "ben", emoji: "🎉", reacted: true }], { 12: ["👍"] }],
    [
      "another person's removal is not mine",
      12,
      both,
      [{ personId: "ben", emoji: "👍", reacted: false }],
      { 12: ["👍"] },
    ],
    ["what the message no longer has is dropped", 12, [one("🎉")], undefined, {}],
    ["what a recalled message had is dropped", 12, [], [], {}],
    ["without changes they stay", 12, both, undefined, { 12: ["👍"] }],
    ["removing one that was not there is nothing", 13, both, [mine("🎉", false)], { 12: ["👍"] }],
  ])("%s", (_, seq, reactions, changes, expected) => {
    const message = said(seq, "hello", reactions);
    const after = reduceTimeline(start, changed(message, changes), "ann");
    expect(after).toEqual({ ...start, rev: 41, messages: after.messages, ownReactions: expected });
    expect(after.messages.find((known) => known.seq === seq)).toEqual(message);
  });

  test("are the same object after a change that is not about them, so that rows are not rendered anew", () => {
    expect(reduceTimeline(start, changed(said(13, "new")), "ann").ownReactions).toBe(start.ownReactions);
    expect(reduceTimelineChanges(start, answer({ rev: 41, message: said(13, "new") }), "ann").ownReactions).toBe(
      start.ownReactions,
    );
  });

  test("follow from the rows that changed while the connection was down", () => {
    const rows = [
      { rev: 41, message: said(12, "hello", both), reactions: [mine("👍", false), mine("🎉", true)] },
      { rev: 42, message: said(14) },
      { rev: 43, memberCount: 3 },
    ];
    const after = reduceTimelineChanges(start, answer(...rows), "ann");
    expect(after.ownReactions).toEqual({ 12: ["🎉"] });
    expect(previews(after)).toEqual(["11 hello", "12 hello", "13 hello", "14 hello"]);
  });
});

function answer(...changes: Parameters<typeof reduceTimelineChanges>[1]["changes"]) {
  return { reset: false, changes, nextRev: null, head: { rev: 50, lastSeq: 20 } };
}

test("an answer moves the rev to its next page, to the head after the last, and never back", () => {
  const revAfter = (rev: number, nextRev: number | null) =>
    reduceTimelineChanges({ ...start, rev }, { ...answer(), nextRev }, "ann").rev;
  expect([revAfter(40, 45), revAfter(40, null), revAfter(60, 45), revAfter(60, null)]).toEqual([45, 50, 60, 60]);
});

test("an answer moves the newest known seq to the head, and never back", () => {
  expect(reduceTimelineChanges(start, answer(), "ann").lastSeq).toBe(20);
  expect(reduceTimelineChanges({ ...start, lastSeq: 25 }, answer(), "ann").lastSeq).toBe(25);
});
