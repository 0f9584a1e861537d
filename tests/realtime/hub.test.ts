import { expect, test } from "vitest";
import { Hub } from "#realtime/hub.ts";
import { deliver, hubWith, lines, moved, room, sent } from "#tests/realtime/_hub.ts";

test("consecutive events reach every connected member once", () => {
  const hub = hubWith("ann", "ben");
  expect(lines(deliver(hub, sent(1)))).toEqual(["ann ben: message.sent 1"]);
  expect(lines(deliver(hub, sent(1)))).toEqual([]);
  expect(lines(deliver(hub, sent(2)))).toEqual(["ann ben: message.sent 2"]);
});

test("a lost notification is read before later events are delivered", () => {
  const hub = hubWith("ann");
  expect(lines(deliver(hub, sent(3)))).toEqual(["read after 0"]);
  expect(lines(deliver(hub, sent(4)))).toEqual([]);
  const missed = {
    headRev: 4,
    events: [sent(1), sent(2), sent(3), sent(4)],
    reset: false,
    members: [{ personId: "ann", visibleFromSeq: 1 }],
  };
  expect(lines(hub.applyMissed(room, missed))).toEqual([1, 2, 3, 4].map((rev) => `ann: message.sent ${rev}`));
  expect(lines(deliver(hub, sent(5)))).toEqual(["ann: message.sent 5"]);
});

test("an event received during a read causes another read if the first was too old", () => {
  const hub = hubWith("ann");
  deliver(hub, sent(2));
  deliver(hub, sent(3));
  const members = [{ personId: "ann", visibleFromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 2, events: [sent(1), sent(2)], reset: false, members }))).toEqual([
    "ann: message.sent 1",
    "ann: message.sent 2",
    "read after 2",
  ]);
});

test("an oversized event is read and delivered in order", () => {
  const hub = hubWith("ann");
  expect(lines(hub.apply({ conversationId: room, rev: 1 }))).toEqual(["read after 0"]);
});

test("a leaving member receives the leave as their last event", () => {
  const hub = hubWith("ann", "ben");
  expect(lines(deliver(hub, moved(1, "ben", true)))).toEqual(["ann ben: member.changed 1"]);
  expect(lines(deliver(hub, sent(2)))).toEqual(["ann: message.sent 2"]);
});

test("a member removed within a gap receives nothing after the removal", () => {
  const hub = hubWith("ann", "ben");
  deliver(hub, sent(3));
  const missed = {
    headRev: 3,
    events: [moved(2, "ben", true), sent(3)],
    reset: false,
    members: [{ personId: "ann", visibleFromSeq: 1 }],
  };
  const delivered = hub
    .applyMissed(room, missed)
    .filter((action) => action.type === "deliver" && action.personIds.includes("ben"));
  expect(lines(delivered)).toEqual(["ann ben: member.changed 2"]);
});

test("the only connected member, removed by a read and readmitted during it, is loaded again", () => {
  const hub = hubWith("ann");
  deliver(hub, sent(3));
  deliver(hub, moved(4, "ann", false));
  const missed = { headRev: 3, events: [moved(2, "ann", true), sent(3)], reset: false, members: [] };
  expect(lines(hub.applyMissed(room, missed))).toEqual(["ann: member.changed 2", "reload"]);
  hub.load({ personId: "ann", rev: 0, memberships: [{ conversationId: room, rev: 4, visibleFromSeq: 2 }] });
  expect(lines(deliver(hub, sent(5)))).toEqual(["ann: message.sent 5"]);
});

test("a member removed and readmitted within a gap reads only from their new start", () => {
  const hub = hubWith("ann", "ben");
  deliver(hub, sent(9, 5));
  const members = [
    { personId: "ann", visibleFromSeq: 1 },
    { personId: "ben", visibleFromSeq: 4 },
  ];
  const events = [sent(2, 2), sent(3, 3), moved(8, "ben", false, 4), sent(9, 5)];
  const delivered = hub.applyMissed(room, { headRev: 9, events, reset: false, members });
  const toBen = delivered.flatMap((action) =>
    action.type === "deliver" && action.personIds.includes("ben") ? [`${action.event.type} ${action.event.rev}`] : [],
  );
  expect(toBen).toEqual(["member.changed 8", "message.sent 9"]);
});

test("a new member receives their own join first, also as the only connected member", () => {
  const hub = hubWith();
  hub.connect("cleo");
  hub.load({ personId: "cleo", rev: 0, memberships: [] });
  expect(lines(deliver(hub, sent(7)))).toEqual([]);
  expect(lines(deliver(hub, moved(8, "cleo", false)))).toEqual(["cleo: member.changed 8"]);
  expect(lines(deliver(hub, sent(9)))).toEqual(["cleo: message.sent 9"]);
});

test("a membership change with a higher rev wins over a concurrent load", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  deliver(hub, moved(1, "ben", true));
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 0, visibleFromSeq: 1 }] });
  expect(lines(deliver(hub, sent(2)))).toEqual(["ann: message.sent 2"]);

  const other = new Hub();
  other.connect("ben");
  deliver(other, sent(5));
  const actions = other.load({
    personId: "ben",
    rev: 0,
    memberships: [{ conversationId: room, rev: 4, visibleFromSeq: 1 }],
  });
  expect(lines(actions)).toEqual(["read after 4"]);
});

test("a message before a member's first visible seq is delivered as a rev only", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 0, visibleFromSeq: 10 }] });
  expect(lines(deliver(hub, sent(1, 3)))).toEqual(["ann: message.sent 1", "ben: conversation.rev_changed 1"]);
});

test("a resync reads changed conversations and delivers personal revs", () => {
  const hub = hubWith("ann");
  expect(lines(hub.resync(new Map([[room, 2]]), new Map([["ann", 3]])))).toEqual([
    "read after 0",
    "ann: person.rev_changed 3",
    "reload",
  ]);
  expect(lines(hub.resync(new Map([[room, 2]]), new Map([["ann", 3]])))).toEqual([]);
});

test("a resync during a read causes another read", () => {
  const hub = hubWith("ann");
  deliver(hub, sent(2));
  expect(lines(hub.resync(new Map([[room, 5]]), new Map()))).toEqual([]);
  const members = [{ personId: "ann", visibleFromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 2, events: [sent(1), sent(2)], reset: false, members })).at(-1)).toBe(
    "read after 2",
  );
});

test("a conversation with a missed join is delivered after the person is reloaded", () => {
  const hub = new Hub();
  hub.connect("ann");
  hub.load({ personId: "ann", rev: 0, memberships: [] });
  expect(lines(hub.resync(new Map(), new Map([["ann", 2]])))).toEqual(["ann: person.rev_changed 2", "reload"]);
  deliver(hub, sent(4));
  const loaded = { personId: "ann", rev: 2, memberships: [{ conversationId: room, rev: 3, visibleFromSeq: 1 }] };
  expect(lines(hub.load(loaded))).toEqual(["ann: conversation.rev_changed 3", "read after 3"]);
  const members = [{ personId: "ann", visibleFromSeq: 1 }];
  expect(lines(hub.applyMissed(room, { headRev: 4, events: [sent(4)], reset: false, members }))).toEqual([
    "ann: message.sent 4",
  ]);
  expect(lines(deliver(hub, sent(5)))).toEqual(["ann: message.sent 5"]);
});

test("a load older than a removal within a gap does not add the member", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  deliver(hub, sent(3));
  const members = [{ personId: "ann", visibleFromSeq: 1 }];
  hub.applyMissed(room, { headRev: 3, events: [moved(2, "ben", true), sent(3)], reset: false, members });
  hub.load({ personId: "ben", rev: 0, memberships: [{ conversationId: room, rev: 1, visibleFromSeq: 1 }] });
  expect(lines(deliver(hub, sent(4)))).toEqual(["ann: message.sent 4"]);
});

test("a conversation is dropped with its last connected member", () => {
  const hub = hubWith("ann");
  hub.disconnect("ann");
  expect(hub.connected.conversationIds()).toEqual([]);
  expect(hub.connected.personIds()).toEqual([]);
  expect(deliver(hub, sent(1))).toEqual([]);
});

test("a member who left, rejoined and left within a gap receives no message of that time", () => {
  const hub = hubWith("ann", "ben");
  // 1: ben leaves; 2: a message; 3: ben rejoins and may read from seq 2; 4: ben leaves. The database has only the last
  // state.
  deliver(hub, sent(5, 2));
  const events = [sent(2, 1), moved(4, "ben", true, 2), sent(5, 2)];
  const members = [{ personId: "ann", visibleFromSeq: 1 }];
  const delivered = lines(hub.applyMissed(room, { headRev: 5, events, reset: false, members }));
  // ben receives only the leave.
  expect(delivered.filter((line) => line.includes("ben"))).toEqual(["ann ben: member.changed 4"]);
});
