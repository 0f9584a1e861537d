import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ConversationEvent } from "#contracts/events.ts";
import { type Action, Hub } from "#realtime/hub.ts";

const at = "2026-01-01T00:00:00.000Z";
const room = "room";
const people = ["ann", "ben", "cleo", "dan"];

/** Changes of a conversation in commit order: messages, changes of earlier messages, people who join and leave. */
type Step = { kind: "message" } | { kind: "change"; pick: number } | { kind: "toggle"; person: string };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "message" } as const) },
  { weight: 2, arbitrary: fc.nat({ max: 20 }).map((pick) => ({ kind: "change" as const, pick })) },
  { weight: 1, arbitrary: fc.constantFrom(...people.slice(1)).map((person) => ({ kind: "toggle" as const, person })) },
);
type Fate = "told" | "lost" | "twice" | "late";
const fate = fc.constantFrom<Fate>("told", "told", "told", "lost", "twice", "late");

type Committed = { events: ConversationEvent[]; membersAt: (rev: number) => ReadonlyMap<string, number> };

function commit(steps: Step[]): Committed {
  /** Who is in, and from which message on they may read: newcomers see nothing from before. */
  const members = new Map([["ann", 1]]);
  const history: Map<string, number>[] = [new Map(members)];
  let seq = 0;
  const events = steps.map((one, index): ConversationEvent => {
    const rev = index + 1;
    if (one.kind !== "toggle") {
      const changed = one.kind === "change" && seq > 0 ? 1 + (one.pick % seq) : null;
      if (changed === null) seq += 1;
      history.push(new Map(members));
      const content = { kind: "text", text: "" };
      const message = {
        conversationId: room,
        seq: changed ?? seq,
        rev,
        senderId: "ann",
        clientId: "c",
        content,
        preview: "",
        sentAt: at,
        reactions: [],
      };
      const type = changed === null ? "message.sent" : "message.changed";
      return { scope: "conversation", type, conversationId: room, rev, message };
    }
    const left = members.delete(one.person);
    if (!left) members.set(one.person, seq + 1);
    history.push(new Map(members));
    const member = {
      personId: one.person,
      role: "member" as const,
      visibleFromSeq: seq + 1,
      joinedAt: at,
      leftAt: left ? at : null,
      rev,
    };
    return {
      scope: "conversation",
      type: "member.changed",
      conversationId: room,
      rev,
      member,
      memberCount: members.size,
    };
  });
  return { events, membersAt: (rev) => history[rev] ?? new Map() };
}

/** The row of the tables that an event is about. */
const rowOf = (event: ConversationEvent) =>
  "message" in event
    ? `message ${event.message.seq}`
    : event.type === "member.changed"
      ? `member ${event.member.personId}`
      : event.type;

const lastRevs = (events: readonly ConversationEvent[]) => [
  ...new Map(events.flatMap((event) => ("message" in event ? [[event.message.seq, event.rev] as const] : []))).values(),
];

/** A world in which notifications are lost, repeated and reordered, and reads answer later than they were asked. */
class World {
  readonly heard = new Map<string, ConversationEvent[]>(people.map((person) => [person, []]));
  readonly hub = new Hub();
  readonly pending: number[] = [];
  committed = 0;
  private readonly history: Committed;

  constructor(history: Committed) {
    this.history = history;
    for (const personId of people) {
      this.hub.connect(personId);
      const memberships = personId === "ann" ? [{ conversationId: room, rev: 0, visibleFromSeq: 1 }] : [];
      this.hub.load({ personId, rev: 0, memberships });
    }
  }

  act(actions: Action[]): void {
    for (const action of actions) {
      if (action.type === "read") this.pending.push(action.rev);
      if (action.type !== "deliver") continue;
      const { event } = action;
      if (event.scope !== "conversation") continue;
      for (const person of action.personIds) this.heard.get(person)?.push(event);
    }
  }

  tell(event: ConversationEvent): void {
    this.act(this.hub.apply({ conversationId: room, rev: event.rev, event }));
  }

  /** The oldest read is answered with what the tables say now. */
  answer(): void {
    const rev = this.pending.shift();
    if (rev === undefined) return;
    const headRev = this.committed;
    const since = this.history.events.slice(rev, headRev);
    // Tables hold the last state of a membership and of a message, not its history.
    const events = since.filter((event, at) => !since.slice(at + 1).some((one) => rowOf(one) === rowOf(event)));
    const members = [...this.history.membersAt(headRev)].map(([personId, visibleFromSeq]) => ({
      personId,
      visibleFromSeq,
    }));
    this.act(this.hub.applyMissed(room, { headRev, events, reset: false, members }));
  }
}

test("whatever is lost, repeated or late: each hears in order, once, nothing while out, and all while in", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fate, fc.boolean()), { minLength: 1, maxLength: 60 }), (script) => {
      const history = commit(script.map(([one]) => one));
      const world = new World(history);
      const late: ConversationEvent[] = [];
      for (const [index, event] of history.events.entries()) {
        world.committed = index + 1;
        const [, how, answers] = script[index] ?? [];
        if (how === "late") late.push(event);
        else if (how !== "lost") world.tell(event);
        if (how === "twice") world.tell(event);
        if (how === "told") for (const old of late.splice(0)) world.tell(old);
        if (answers) world.answer();
      }
      // The faults end: a comparison finds what moved, and every read is answered.
      world.act(world.hub.resync(new Map([[room, world.committed]]), new Map()));
      while (world.pending.length > 0) world.answer();

      for (const [person, heard] of world.heard) {
        const revs = heard.map((event) => event.rev);
        expect(revs).toEqual([...new Set(revs)].sort((a, b) => a - b));
        for (const event of heard) {
          const isOwnLeaving = event.type === "member.changed" && event.member.personId === person;
          if (!isOwnLeaving) expect(history.membersAt(event.rev).has(person)).toBe(true);
          if ("message" in event) {
            expect(event.message.seq).toBeGreaterThanOrEqual(history.membersAt(event.rev).get(person) ?? 0);
          }
        }
        // Ann, a member all the time, receives the last state of every message, and each member at the end has the head.
        if (person === "ann") expect(revs).toEqual(expect.arrayContaining(lastRevs(history.events)));
        if (history.membersAt(world.committed).has(person)) {
          expect(world.hub.connected.headsOf(person)).toEqual({ rev: 0, heads: { [room]: world.committed } });
        } else expect(world.hub.connected.headsOf(person).heads).toEqual({});
      }
    }),
    { numRuns: 10_000 },
  );
});
