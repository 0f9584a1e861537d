import { describe, expect, test } from "vitest";
import { deliver, hubWith, lines, moved, room, sent } from "#tests/realtime/_hub.ts";

const ann = { personId: "ann", visibleFromSeq: 1 };
const ben = { personId: "ben", visibleFromSeq: 1 };

describe("the result of a read", () => {
  test("of a conversation without connected members is nothing", () => {
    expect(hubWith().applyMissed(room, { headRev: 3, events: [sent(3)], reset: false, members: [] })).toEqual([]);
  });

  test("delivers nothing that was delivered before", () => {
    const hub = hubWith("ann");
    deliver(hub, sent(1));
    deliver(hub, sent(2));
    deliver(hub, sent(4));
    const events = [sent(1), sent(2), sent(3), sent(4)];
    expect(lines(hub.applyMissed(room, { headRev: 4, events, reset: false, members: [ann] }))).toEqual([
      "ann: message.sent 3",
      "ann: message.sent 4",
    ]);
  });

  test("without events delivers the head as a rev", () => {
    const hub = hubWith("ann", "ben");
    deliver(hub, sent(9));
    expect(hub.applyMissed(room, { headRev: 9, events: [], reset: true, members: [ann, ben] })).toEqual([
      {
        type: "deliver",
        personIds: ["ann", "ben"],
        event: { scope: "conversation", type: "conversation.rev_changed", conversationId: room, rev: 9 },
      },
    ]);
    expect(lines(deliver(hub, sent(10)))).toEqual(["ann ben: message.sent 10"]);
  });

  test("removes members that it no longer lists, without their leave, and sends them nothing", () => {
    const hub = hubWith("ann", "ben");
    deliver(hub, sent(9));
    expect(lines(hub.applyMissed(room, { headRev: 9, events: [], reset: true, members: [ann] }))).toEqual([
      "ann: conversation.rev_changed 9",
    ]);
    expect(lines(deliver(hub, sent(10)))).toEqual(["ann: message.sent 10"]);
    expect(hub.connected.headsOf("ben")).toEqual({ rev: 0, heads: {} });
  });

  test("adds connected members that it lists, without their join, and no one else", () => {
    const hub = hubWith("ann");
    hub.connect("cleo");
    hub.load({ personId: "cleo", rev: 0, memberships: [] });
    deliver(hub, sent(9));
    const members = [ann, { personId: "cleo", visibleFromSeq: 10 }, { personId: "dan", visibleFromSeq: 1 }];
    hub.applyMissed(room, { headRev: 9, events: [], reset: true, members });
    expect(lines(deliver(hub, sent(10, 9)))).toEqual(["ann: message.sent 10", "cleo: conversation.rev_changed 10"]);
    expect(lines(deliver(hub, sent(11, 10)))).toEqual(["ann cleo: message.sent 11"]);
    expect(hub.connected.membersOf(room)).toEqual(["ann", "cleo"]);
    expect(hub.connected.headsOf("cleo")).toEqual({ rev: 0, heads: { [room]: 11 } });
  });

  test("hides what the member no longer sees, also when the change itself is not in it", () => {
    const hub = hubWith("ann");
    deliver(hub, sent(2));
    const members = [{ personId: "ann", visibleFromSeq: 2 }];
    expect(lines(hub.applyMissed(room, { headRev: 2, events: [sent(1), sent(2)], reset: false, members }))).toEqual([
      "ann: conversation.rev_changed 1",
      "ann: message.sent 2",
    ]);
  });

  test("shows more history only from the next event on", () => {
    const hub = hubWith();
    hub.connect("ann");
    hub.load({ personId: "ann", rev: 0, memberships: [{ conversationId: room, rev: 0, visibleFromSeq: 5 }] });
    deliver(hub, sent(2));
    const events = [sent(1), sent(2)];
    expect(lines(hub.applyMissed(room, { headRev: 2, events, reset: false, members: [ann] }))).toEqual([
      "ann: conversation.rev_changed 1",
      "ann: conversation.rev_changed 2",
    ]);
    expect(lines(deliver(hub, sent(3)))).toEqual(["ann: message.sent 3"]);
  });

  test("mutes no member without a change of membership", () => {
    const hub = hubWith("ann", "ben");
    deliver(hub, sent(3));
    const events = [sent(1), moved(2, "ben", false), sent(3)];
    expect(lines(hub.applyMissed(room, { headRev: 3, events, reset: false, members: [ann, ben] }))).toEqual([
      "ann: message.sent 1",
      "ann ben: member.changed 2",
      "ann ben: message.sent 3",
    ]);
  });
});

describe("a failed read", () => {
  test("is requested again by the next event", () => {
    const hub = hubWith("ann");
    deliver(hub, sent(2));
    expect(lines(deliver(hub, sent(3)))).toEqual([]);
    hub.readFailed(room);
    expect(lines(deliver(hub, sent(4)))).toEqual(["read after 0"]);
  });

  test("of a conversation that has no connected member any more is nothing", () => {
    expect(() => hubWith().readFailed(room)).not.toThrow();
  });
});

test("a resync reads only conversations with connected members and a higher rev", () => {
  const hub = hubWith("ann");
  deliver(hub, sent(1));
  expect(hub.resync(new Map([[room, 1]]), new Map())).toEqual([]);
  expect(hub.resync(new Map([["other", 7]]), new Map([["dan", 7]]))).toEqual([]);
  expect(lines(hub.resync(new Map([[room, 2]]), new Map([["ann", 0]])))).toEqual(["read after 1"]);
});

test("what is oversized, in a conversation without connected members, is nothing", () => {
  expect(hubWith().apply({ conversationId: room, rev: 1 })).toEqual([]);
});

test("a person who is not connected becomes no member by joining", () => {
  const empty = hubWith();
  expect(deliver(empty, moved(1, "dan", false))).toEqual([]);
  expect(empty.connected.conversationIds()).toEqual([]);
  const hub = hubWith("ann");
  expect(lines(deliver(hub, moved(1, "dan", false)))).toEqual(["ann: member.changed 1"]);
  expect(lines(deliver(hub, sent(2)))).toEqual(["ann: message.sent 2"]);
});

test("a connected person who joins receives the join, and what follows", () => {
  const hub = hubWith("ann");
  hub.connect("cleo");
  hub.load({ personId: "cleo", rev: 0, memberships: [] });
  expect(lines(deliver(hub, moved(1, "cleo", false, 5)))).toEqual(["ann cleo: member.changed 1"]);
  expect(lines(deliver(hub, sent(2, 4)))).toEqual(["ann: message.sent 2", "cleo: conversation.rev_changed 2"]);
  expect(lines(deliver(hub, sent(3, 5)))).toEqual(["ann cleo: message.sent 3"]);
});

test("an event that no member may see whole is delivered as a rev alone", () => {
  const hub = hubWith();
  hub.connect("ben");
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 0, visibleFromSeq: 10 }] });
  expect(lines(deliver(hub, sent(1, 3)))).toEqual(["ben: conversation.rev_changed 1"]);
});
