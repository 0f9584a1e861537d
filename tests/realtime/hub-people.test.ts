import { describe, expect, test } from "vitest";
import type { PersonEvent } from "#contracts/events.ts";
import { ConnectedMembers } from "#realtime/connected-members.ts";
import { deliver, hubWith, lines, room, sent } from "#tests/realtime/_hub.ts";

const removed = (rev: number): PersonEvent => ({
  scope: "person",
  type: "conversation.removed",
  rev,
  conversationId: "other",
});

describe("a personal event", () => {
  test("that is next is delivered as it is", () => {
    const hub = hubWith("ann", "ben");
    expect(hub.apply({ personId: "ann", rev: 1, event: removed(1) })).toEqual([
      { type: "deliver", personIds: ["ann"], event: removed(1) },
    ]);
    expect(hub.apply({ personId: "ann", rev: 1, event: removed(1) })).toEqual([]);
    expect(hub.connected.headsOf("ann").rev).toBe(1);
    expect(hub.connected.headsOf("ben").rev).toBe(0);
  });

  test("after a gap is delivered, and the person is reloaded once", () => {
    const hub = hubWith("ann");
    expect(hub.apply({ personId: "ann", rev: 3, event: removed(3) })).toEqual([
      { type: "deliver", personIds: ["ann"], event: removed(3) },
      { type: "reload", personId: "ann" },
    ]);
    expect(lines(hub.apply({ personId: "ann", rev: 5, event: removed(5) }))).toEqual(["ann: conversation.removed 5"]);
    // The load may have been read before the second gap.
    expect(lines(hub.load({ personId: "ann", rev: 3, memberships: [] }))).toEqual(["reload"]);
    expect(lines(hub.load({ personId: "ann", rev: 5, memberships: [] }))).toEqual([]);
  });

  test("about a conversation that the hub does not know reloads the person: the join itself was missed", () => {
    const event = { scope: "person", type: "conversation.added", rev: 1, conversation: { id: "other" } } as PersonEvent;
    expect(lines(hubWith("ann").apply({ personId: "ann", rev: 1, event }))).toEqual([
      "ann: conversation.added 1",
      "reload",
    ]);
    const known = { ...event, conversation: { id: room } } as PersonEvent;
    expect(lines(hubWith("ann").apply({ personId: "ann", rev: 1, event: known }))).toEqual([
      "ann: conversation.added 1",
    ]);
  });

  test("that was too large is delivered as a rev, and the person is reloaded", () => {
    expect(hubWith("ann").apply({ personId: "ann", rev: 1 })).toEqual([
      { type: "deliver", personIds: ["ann"], event: { scope: "person", type: "person.rev_changed", rev: 1 } },
      { type: "reload", personId: "ann" },
    ]);
  });

  test("of a person who is not connected is nothing", () => {
    expect(hubWith("ann").apply({ personId: "dan", rev: 1, event: removed(1) })).toEqual([]);
  });
});

test("revoked sessions are handed on, and events of other apps are not the hub's", () => {
  const hub = hubWith("ann");
  expect(hub.apply({ revokedSessionIds: ["s1", "s2"] })).toEqual([{ type: "revoke", sessionIds: ["s1", "s2"] }]);
  expect(hub.apply({ app: "2", nonce: "n", terminatedUserId: "ann" })).toEqual([]);
});

describe("a person", () => {
  test("is loaded between load and disconnect", () => {
    const hub = hubWith();
    hub.connect("ann");
    expect(hub.isLoaded("ann")).toBe(false);
    hub.load({ personId: "ann", rev: 0, memberships: [] });
    expect(hub.isLoaded("ann")).toBe(true);
    hub.disconnect("ann");
    expect(hub.isLoaded("ann")).toBe(false);
  });

  test("who disconnected before the load arrived is not added", () => {
    const hub = hubWith();
    hub.connect("ann");
    hub.disconnect("ann");
    const memberships = [{ conversationId: room, rev: 0, visibleFromSeq: 1 }];
    expect(hub.load({ personId: "ann", rev: 0, memberships })).toEqual([]);
    expect(hub.isLoaded("ann")).toBe(false);
    expect(hub.connected.conversationIds()).toEqual([]);
  });

  test("who opens a second socket is not loaded again", () => {
    const hub = hubWith("ann");
    hub.connect("ann");
    // While a person is being loaded, a gap requests no reload.
    expect(lines(hub.apply({ personId: "ann", rev: 1 }))).toEqual(["ann: person.rev_changed 1", "reload"]);
  });

  test("who is reloaded keeps the higher rev, and hears only of conversations that are new", () => {
    const hub = hubWith("ann");
    deliver(hub, sent(1));
    hub.apply({ personId: "ann", rev: 5 });
    const memberships = [
      { conversationId: room, rev: 1, visibleFromSeq: 1 },
      { conversationId: "other", rev: 7, visibleFromSeq: 1 },
    ];
    expect(lines(hub.load({ personId: "ann", rev: 3, memberships }))).toEqual(["ann: conversation.rev_changed 7"]);
    expect(hub.connected.headsOf("ann")).toEqual({ rev: 5, heads: { [room]: 1, other: 7 } });
  });

  test("who is new hears of no conversation: the heads say it", () => {
    const hub = hubWith();
    hub.connect("ann");
    const memberships = [{ conversationId: room, rev: 7, visibleFromSeq: 1 }];
    expect(hub.load({ personId: "ann", rev: 3, memberships })).toEqual([]);
    expect(hub.connected.headsOf("ann")).toEqual({ rev: 3, heads: { [room]: 7 } });
  });
});

test("a load does not request a read that is under way", () => {
  const hub = hubWith("ann");
  hub.connect("ben");
  deliver(hub, sent(3));
  const memberships = [{ conversationId: room, rev: 0, visibleFromSeq: 1 }];
  expect(hub.load({ personId: "ben", rev: 0, memberships })).toEqual([]);
});

describe("connected members", () => {
  test("are listed by conversation", () => {
    const members = new ConnectedMembers();
    members.addPerson("ann", 1);
    members.addPerson("ben", 1);
    members.add("one", 4, "ann", 1);
    members.add("one", 4, "ben", 1);
    members.add("two", 5, "ann", 1);
    expect(members.membersOf("one")).toEqual(["ann", "ben"]);
    expect(members.membersOf("three")).toEqual([]);
    expect(members.isMember("one", "ben")).toBe(true);
    expect(members.isMember("two", "ben")).toBe(false);
    expect(members.isMember("three", "ben")).toBe(false);
    expect(members.conversationIds()).toEqual(["one", "two"]);
    expect(members.personIds()).toEqual(["ann", "ben"]);
    members.removePerson("ann");
    expect(members.conversationIds()).toEqual(["one"]);
    expect(members.membersOf("one")).toEqual(["ben"]);
    members.remove("one", "ben");
    expect(members.conversationIds()).toEqual([]);
    expect(members.headsOf("ben")).toEqual({ rev: 1, heads: {} });
  });

  test("who are unknown have empty heads, and their removal is nothing", () => {
    const members = new ConnectedMembers();
    expect(members.headsOf("dan")).toEqual({ rev: 0, heads: {} });
    members.removePerson("dan");
    members.remove("one", "dan");
    expect(members.conversationIds()).toEqual([]);
  });
});
