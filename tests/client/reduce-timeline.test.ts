import fc from "fast-check";
import { expect, test } from "vitest";
import {
  joinPage,
  openTimeline,
  reduceTimeline,
  reduceTimelineChanges,
  type Timeline,
} from "#client/messages/reduce-timeline.ts";
import { compareRev } from "#client/realtime/compare-rev.ts";
import type { ChangesSince } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, MessagePage } from "#contracts/messages/message.ts";

const conversationId = "room";
/** In this conversation every third change is not a message, so seq and rev differ. */
function messageAt(seq: number): Message {
  const rev = seq + Math.floor((seq - 1) / 2);
  const sentAt = "2026-01-01T00:00:00.000Z";
  return {
    conversationId,
    seq,
    rev,
    senderId: "ann",
    clientId: `c${seq}`,
    content: { kind: "text" },
    preview: `${seq}`,
    sentAt,
    editedAt: null,
    reactions: [],
  };
}
function conversationOf(count: number) {
  const messages = Array.from({ length: count }, (_, at) => messageAt(at + 1));
  const headRev = messages.at(-1)?.rev ?? 0;
  const byRev = new Map(messages.map((message) => [message.rev, message]));
  const events = Array.from({ length: headRev }, (_, at): ConversationEvent => {
    const message = byRev.get(at + 1);
    return message
      ? { scope: "conversation", type: "message.sent", conversationId, rev: at + 1, message }
      : { scope: "conversation", type: "conversation.rev_changed", conversationId, rev: at + 1 };
  });
  return { messages, events, head: { rev: headRev, lastSeq: count } };
}
type Model = ReturnType<typeof conversationOf>;

function changesSince({ messages, head }: Model, rev: number, limit: number): ChangesSince {
  const rows = messages.filter((message) => message.rev > rev);
  const changes = rows.slice(0, limit).map((message) => ({ rev: message.rev, message }));
  return { reset: false, changes, nextRev: rows.length > limit ? (changes.at(-1)?.rev ?? rev) : null, head };
}
function catchUp(model: Model, start: Timeline): Timeline {
  let timeline = start;
  for (;;) {
    const answer = changesSince(model, timeline.rev, 3);
    timeline = reduceTimelineChanges(timeline, answer, "ann");
    if (answer.nextRev === null) return timeline;
  }
}
function receive(model: Model, timeline: Timeline, event: ConversationEvent): Timeline {
  const verdict = compareRev(timeline.rev, event.rev);
  if (verdict === "old") return timeline;
  return verdict === "gap" ? catchUp(model, timeline) : reduceTimeline(timeline, event, "ann");
}
const page = ({ messages, head }: Model, from: number, to: number): MessagePage => ({
  messages: messages.slice(from - 1, to),
  ownReactions: [],
  head,
  hasOlder: from > 1,
  hasNewer: to < messages.length,
});

test("whatever is lost, doubled or reordered, the timeline ends with every message once and in order", () => {
  const run = fc.property(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 0, max: 40 }),
    fc.array(fc.nat(200), { maxLength: 120 }),
    (count, opened, deliveries) => {
      const model = conversationOf(count);
      const before = conversationOf(Math.min(opened, count));
      let timeline = openTimeline(page(before, 1, before.messages.length));
      for (const at of deliveries) {
        const event = model.events[at % model.events.length];
        if (event) timeline = receive(model, timeline, event);
        // At every moment what is shown is an unbroken beginning.
        expect(timeline.messages).toEqual(model.messages.slice(0, timeline.messages.length));
      }
      expect(catchUp(model, timeline)).toMatchObject({ messages: model.messages, rev: model.head.rev, lastSeq: count });
    },
  );
  fc.assert(run, { numRuns: 300 });
});

test("a stretch in the middle grows at both ends and takes no message that does not touch it", () => {
  const model = conversationOf(30);
  let timeline = openTimeline(page(model, 11, 20));
  const newest = model.messages[29];
  timeline = reduceTimeline(
    timeline,
    {
      scope: "conversation",
      type: "message.sent",
      conversationId,
      rev: 99,
      message: { ...messageAt(31), rev: 99 },
    },
    "ann",
  );
  expect(timeline.messages.at(-1)?.seq).toBe(20);
  expect(timeline.lastSeq).toBe(31);
  timeline = joinPage(timeline, page(model, 1, 10), "older");
  timeline = joinPage(timeline, page(model, 21, 30), "newer");
  expect(timeline.messages.map((message) => message.seq)).toEqual(model.messages.map((message) => message.seq));
  expect(timeline).toMatchObject({ hasOlder: false, hasNewer: true });
  expect(timeline.messages.at(-1)).toEqual(newest);
});

test("a message that changed after later ones were sent is put in its place", () => {
  const start = openTimeline(page(conversationOf(2), 1, 2));
  const changes = [4, 5, 3].map((seq, at) => ({ rev: 10 + at, message: { ...messageAt(seq), rev: 10 + at } }));
  const answer = { reset: false, changes, nextRev: null, head: { rev: 12, lastSeq: 5 } };
  const timeline = reduceTimelineChanges(start, answer, "ann");
  expect(timeline.messages.map(({ seq, rev }) => [seq, rev])).toEqual([
    [1, 1],
    [2, 2],
    [3, 12],
    [4, 10],
    [5, 11],
  ]);
  expect(timeline).toMatchObject({ rev: 12, lastSeq: 5 });
});

test("an answer that travelled while the message changed again does not take that change back", () => {
  const start = openTimeline(page(conversationOf(2), 1, 2));
  const liked = { ...messageAt(2), rev: 3, reactions: [{ emoji: "👍", count: 1, personIds: ["ann"] }] };
  const reactions = [{ personId: "ann", emoji: "👍", reacted: true }];
  const late = { reset: false, changes: [{ rev: 3, message: liked, reactions }], nextRev: null };
  const recalled = { ...messageAt(2), rev: 4, content: { kind: "recalled" }, preview: "[Recalled]" };
  const heard = [
    { type: "message.changed" as const, rev: 3, message: liked, reactions },
    { type: "message.changed" as const, rev: 4, message: recalled },
  ].reduce((now, event) => reduceTimeline(now, { scope: "conversation", conversationId, ...event }, "ann"), start);
  const timeline = reduceTimelineChanges(heard, { ...late, head: { rev: 3, lastSeq: 2 } }, "ann");
  expect(timeline).toMatchObject({ rev: 4, ownReactions: {} });
  expect(timeline.messages[1]).toEqual(recalled);
});

test.each(["older", "newer"] as const)(
  "a page of %s messages that is older than the timeline is caught up with",
  (side) => {
    const model = conversationOf(30);
    const start = openTimeline(page(model, 11, 20));
    const [from, to] = side === "older" ? [1, 10] : [21, 30];
    const recalled = { ...messageAt(from), rev: 45, content: { kind: "recalled" }, preview: "[Recalled]" };
    const event = { scope: "conversation" as const, type: "message.changed" as const, conversationId, rev: 45 };
    // The page was read before the recall, which was told while it travelled.
    const heard = reduceTimeline(start, { ...event, message: recalled }, "ann");
    const joined = joinPage(heard, page(model, from, to), side);
    expect(joined.rev).toBe(44);
    const changes = [{ rev: 45, message: recalled }];
    const answer = { reset: false, changes, nextRev: null, head: { rev: 45, lastSeq: 30 } };
    const shown = reduceTimelineChanges(joined, answer, "ann");
    expect(shown.rev).toBe(45);
    expect(shown.messages.find(({ seq }) => seq === from)).toEqual(recalled);
  },
);

test("a page that does not touch the stretch changes nothing", () => {
  const model = conversationOf(30);
  const timeline = openTimeline(page(model, 11, 20));
  expect(joinPage(timeline, page(model, 1, 8), "older")).toBe(timeline);
  expect(joinPage(timeline, page(model, 25, 30), "newer")).toBe(timeline);
});
