import { describe, expect, test } from "vitest";
import { isContiguous, joinPage, type Timeline } from "#client/messages/reduce-timeline.ts";
import type { Message, MessagePage } from "#contracts/messages/message.ts";

const said = (seq: number): Message => ({
  conversationId: "room",
  seq,
  rev: seq,
  senderId: "ben",
  clientId: `c${seq}`,
  content: { kind: "text" },
  preview: "hello",
  sentAt: "2026-01-01T00:00:00.000Z",
  editedAt: null,
  reactions: [],
});

/** The messages 11 to 13 of 20. */
const start: Timeline = {
  rev: 40,
  lastSeq: 20,
  messages: [said(11), said(12), said(13)],
  ownReactions: { 12: ["👍"] },
  hasOlder: true,
  hasNewer: true,
};
const empty: Timeline = { ...start, messages: [], ownReactions: {} };

function page(seqs: number[], has: Partial<MessagePage> = {}): MessagePage {
  const head = { rev: 40, lastSeq: 20 };
  return { messages: seqs.map(said), ownReactions: [], head, hasOlder: true, hasNewer: true, ...has };
}

describe("a joined page", () => {
  test("of older messages comes before, with my reactions, and says whether there are more", () => {
    const ownReactions = [{ seq: 10, emoji: ["🎉"] }];
    expect(joinPage(start, page([9, 10], { ownReactions, hasOlder: false }), "older")).toEqual({
      ...start,
      messages: [9, 10, 11, 12, 13].map(said),
      ownReactions: { 10: ["🎉"], 12: ["👍"] },
      hasOlder: false,
    });
  });

  test("of newer messages comes after, with my reactions", () => {
    const ownReactions = [{ seq: 14, emoji: ["🎉"] }];
    expect(joinPage(start, page([14, 15], { ownReactions }), "newer")).toEqual({
      ...start,
      messages: [11, 12, 13, 14, 15].map(said),
      ownReactions: { 12: ["👍"], 14: ["🎉"] },
      hasNewer: true,
    });
  });

  test("that is empty ends the range on its side", () => {
    expect(joinPage(start, page([], { hasOlder: false }), "older")).toEqual({ ...start, hasOlder: false });
    const newest = { ...start, lastSeq: 13 };
    const head = { rev: 40, lastSeq: 13 };
    expect(joinPage(newest, page([], { head }), "newer")).toEqual({ ...newest, hasNewer: false });
  });

  test("that reaches the newest known seq is the end", () => {
    const toEnd = page([14, 15, 16, 17, 18, 19, 20]);
    expect(joinPage(start, toEnd, "newer")).toMatchObject({ lastSeq: 20, hasNewer: false });
    expect(joinPage({ ...start, lastSeq: 21 }, toEnd, "newer")).toMatchObject({ lastSeq: 21, hasNewer: true });
    const longer = page([14], { head: { rev: 41, lastSeq: 22 } });
    expect(joinPage(start, longer, "newer")).toMatchObject({ lastSeq: 22, hasNewer: true });
  });

  test.each(["older", "newer"] as const)("of %s messages opens a range that has none", (side) => {
    expect(joinPage(empty, page([4, 5], { hasNewer: false }), side)).toEqual({
      rev: 40,
      lastSeq: 20,
      messages: [said(4), said(5)],
      ownReactions: {},
      hasOlder: true,
      hasNewer: false,
    });
  });

  test.each([
    ["older", [8, 9]],
    ["older", [10, 11]],
    ["newer", [13, 14]],
    ["newer", [15, 16]],
  ] as const)("of %s messages %j does not touch the range, and changes nothing", (side, seqs) => {
    expect(joinPage(start, page([...seqs]), side)).toBe(start);
  });
});

describe("what changed is contiguous with the range", () => {
  const ending = { ...start, lastSeq: 13, hasNewer: false };
  const answer = (...seqs: number[]) => ({
    reset: false,
    changes: [...seqs.map((seq) => ({ rev: 40 + seq, message: said(seq) })), { rev: 70, memberCount: 3 }],
    nextRev: null,
    head: { rev: 70, lastSeq: 20 },
  });

  test.each<[string, Timeline, number[], boolean]>([
    ["when nothing is new", ending, [], true],
    ["when only known messages changed", ending, [11, 13], true],
    ["when the first new one follows the end", ending, [15, 14], true],
    ["not when the first new one is further on", ending, [15, 16], false],
    ["not when a known message changed beside it", ending, [13, 15], false],
    ["when the range does not reach the end", { ...ending, hasNewer: true }, [15], true],
    ["when the range has no messages", { ...ending, messages: [] }, [15], true],
  ])("%s", (_, timeline, seqs, expected) => {
    expect(isContiguous(timeline, answer(...seqs))).toBe(expected);
  });
});
