import { expect, test } from "vitest";
import type { ConversationEvent } from "#contracts/events.ts";
import { type Action, Hub } from "#realtime/hub.ts";

const at = "2026-01-01T00:00:00.000Z";
const room = "room";

function sent(rev: number, seq = rev): ConversationEvent {
  const message = {
    conversationId: room,
    seq,
    rev,
    senderId: "ann",
    clientId: "c",
    content: { kind: "text" },
    preview: "",
    sentAt: at,
  };
  return { type: "message.sent", conversationId: room, rev, message };
}
function moved(rev: number, personId: string, left: boolean, fromSeq = 1): ConversationEvent {
  const member = { personId, role: "member" as const, fromSeq, joinedAt: at, leftAt: left ? at : null, rev };
  return { type: "member.changed", conversationId: room, rev, member, memberCount: 1 };
}
const hear = (hub: Hub, event: ConversationEvent) => hub.apply({ conversationId: room, rev: event.rev, event });
/** "ann ben: message.sent 3", one line per delivery. */
const lines = (actions: Action[]) =>
  actions.map((action) =>
    action.type === "deliver"
      ? `${action.personIds.join(" ")}: ${action.event.type} ${action.event.rev}`
      : action.type === "read"
        ? `read after ${action.rev}`
        : action.type,
  );
function hubWith(...people: string[]): Hub {
  const hub = new Hub();
  for (const personId of people) {
    hub.connect(personId);
    hub.load({ personId, rev: 0, memberships: [{ conversationId: room, rev: 0, fromSeq: 1 }] });
  }
  return hub;
}

test("events in order reach every member who is here, once", () => {
  const hub = hubWith("ann", "ben");
  expect(lines(hear(hub, sent(1)))).toEqual(["ann ben: message.sent 1"]);
  expect(lines(hear(hub, sent(1)))).toEqual([]);
  expect(lines(hear(hub, sent(2)))).toEqual(["ann ben: message.sent 2"]);
});

test("a lost notification is read before anything later is told", () => {
  const hub = hubWith("ann");
  expect(lines(hear(hub, sent(3)))).toEqual(["read after 0"]);
  expect(lines(hear(hub, sent(4)))).toEqual([]);
  const missed = {
    headRev: 4,
    events: [sent(1), sent(2), sent(3), sent(4)],
    reset: false,
    members: [{ personId: "ann", fromSeq: 1 }],
  };
  expect(lines(hub.applyMissed(room, missed))).toEqual([1, 2, 3, 4].map((rev) => `ann: message.sent ${rev}`));
  expect(lines(hear(hub, sent(5)))).toEqual(["ann: message.sent 5"]);
});

test("what is heard while a read is under way is read again when the read was too old", () => {
  const hub = hubWith("ann");
  hear(hub, sent(2));
  hear(hub, sent(3));
  const members = [{ personId: "ann", fromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 2, events: [sent(1), sent(2)], reset: false, members }))).toEqual([
    "ann: message.sent 1",
    "ann: message.sent 2",
    "read after 2",
  ]);
});

test("an event too large to travel is read, and told in its place", () => {
  const hub = hubWith("ann");
  expect(lines(hub.apply({ conversationId: room, rev: 1 }))).toEqual(["read after 0"]);
});

test("a leaver hears the leave as the last event", () => {
  const hub = hubWith("ann", "ben");
  expect(lines(hear(hub, moved(1, "ben", true)))).toEqual(["ann ben: member.changed 1"]);
  expect(lines(hear(hub, sent(2)))).toEqual(["ann: message.sent 2"]);
});

test("somebody kicked inside a hole hears nothing of what came after the kick", () => {
  const hub = hubWith("ann", "ben");
  hear(hub, sent(3));
  const missed = {
    headRev: 3,
    events: [moved(2, "ben", true), sent(3)],
    reset: false,
    members: [{ personId: "ann", fromSeq: 1 }],
  };
  const told = hub
    .applyMissed(room, missed)
    .filter((action) => action.type === "deliver" && action.personIds.includes("ben"));
  expect(lines(told)).toEqual(["ann ben: member.changed 2"]);
});

test("somebody kicked and let in again inside a hole reads only from their new beginning", () => {
  const hub = hubWith("ann", "ben");
  hear(hub, sent(9, 5));
  const members = [
    { personId: "ann", fromSeq: 1 },
    { personId: "ben", fromSeq: 4 },
  ];
  const events = [sent(2, 2), sent(3, 3), moved(8, "ben", false, 4), sent(9, 5)];
  const told = hub.applyMissed(room, { headRev: 9, events, reset: false, members });
  const toBen = told.flatMap((action) =>
    action.type === "deliver" && action.personIds.includes("ben") ? [`${action.event.type} ${action.event.rev}`] : [],
  );
  expect(toBen).toEqual(["member.changed 8", "message.sent 9"]);
});

test("a newcomer hears their own joining first, also as the first one here", () => {
  const hub = hubWith();
  hub.connect("cleo");
  hub.load({ personId: "cleo", rev: 0, memberships: [] });
  expect(lines(hear(hub, sent(7)))).toEqual([]);
  expect(lines(hear(hub, moved(8, "cleo", false)))).toEqual(["cleo: member.changed 8"]);
  expect(lines(hear(hub, sent(9)))).toEqual(["cleo: message.sent 9"]);
});

test("what is heard while somebody is being loaded wins over the load, by rev", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  hear(hub, moved(1, "ben", true));
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 0, fromSeq: 1 }] });
  expect(lines(hear(hub, sent(2)))).toEqual(["ann: message.sent 2"]);

  const other = new Hub();
  other.connect("ben");
  hear(other, sent(5));
  const actions = other.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 4, fromSeq: 1 }] });
  expect(lines(actions)).toEqual(["read after 4"]);
});

test("a message below a reader's beginning is a bare number to them", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 0, fromSeq: 10 }] });
  expect(lines(hear(hub, sent(1, 3)))).toEqual(["ann: message.sent 1", "ben: conversation.advanced 1"]);
});

test("after a break everything that moved is read, and personal numbers are told", () => {
  const hub = hubWith("ann");
  expect(lines(hub.resync(new Map([[room, 2]]), new Map([["ann", 3]])))).toEqual([
    "read after 0",
    "ann: person.advanced 3",
    "reload",
  ]);
  expect(lines(hub.resync(new Map([[room, 2]]), new Map([["ann", 3]])))).toEqual([]);
});

test("a comparison during a read is not lost: what the read was too old for is read again", () => {
  const hub = hubWith("ann");
  hear(hub, sent(2));
  expect(lines(hub.resync(new Map([[room, 5]]), new Map()))).toEqual([]);
  const members = [{ personId: "ann", fromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 2, events: [sent(1), sent(2)], reset: false, members })).at(-1)).toBe(
    "read after 2",
  );
});

test("a conversation joined while nothing was heard is routed once the person is loaded again", () => {
  const hub = new Hub();
  hub.connect("ann");
  hub.load({ personId: "ann", rev: 0, memberships: [] });
  expect(lines(hub.resync(new Map(), new Map([["ann", 2]])))).toEqual(["ann: person.advanced 2", "reload"]);
  hear(hub, sent(4));
  const loaded = { personId: "ann", rev: 2, memberships: [{ conversationId: room, rev: 3, fromSeq: 1 }] };
  expect(lines(hub.load(loaded))).toEqual(["ann: conversation.advanced 3", "read after 3"]);
  const members = [{ personId: "ann", fromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 4, events: [sent(4)], reset: false, members }))).toEqual([
    "ann: message.sent 4",
  ]);
  expect(lines(hear(hub, sent(5)))).toEqual(["ann: message.sent 5"]);
});

test("somebody kicked inside a hole while being loaded is not let in by the older load", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  hear(hub, sent(3));
  const members = [{ personId: "ann", fromSeq: 1 }];
  hub.applyMissed(room, { headRev: 3, events: [moved(2, "ben", true), sent(3)], reset: false, members });
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 1, fromSeq: 1 }] });
  expect(lines(hear(hub, sent(4)))).toEqual(["ann: message.sent 4"]);
});

test("the last member who goes takes the conversation with them", () => {
  const hub = hubWith("ann");
  hub.disconnect("ann");
  expect(hub.conversationIds()).toEqual([]);
  expect(hub.personIds()).toEqual([]);
  expect(hear(hub, sent(1))).toEqual([]);
});

test("a hole in which somebody left, came back and left again hides what was said while they were out", () => {
  const hub = hubWith("ann", "ben");
  // 1: ben leaves; 2: a message; 3: ben comes back, to read from seq 2 on; 4: ben leaves. The tables know the last
  // only.
  hear(hub, sent(5, 2));
  const events = [sent(2, 1), moved(4, "ben", true, 2), sent(5, 2)];
  const members = [{ personId: "ann", fromSeq: 1 }];
  const told = lines(hub.applyMissed(room, { headRev: 5, events, reset: false, members }));
  // The leaving is the one thing that ben is told.
  expect(told.filter((line) => line.includes("ben"))).toEqual(["ann ben: member.changed 4"]);
});
