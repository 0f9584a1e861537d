import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ConversationEvent } from "#contracts/events.ts";
import { type Action, Hub } from "#realtime/hub.ts";

const at = "2026-01-01T00:00:00.000Z";
const room = "room";
const people = ["ann", "ben", "cleo", "dan"];

/** What happens in a conversation, in the order in which it is committed: messages, and people who come and go. */
type Step = { kind: "message" } | { kind: "toggle"; person: string };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "message" } as const) },
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
    if (one.kind === "message") {
      seq += 1;
      history.push(new Map(members));
      const content = { kind: "text", text: "" };
      const message = {
        conversationId: room,
        seq,
        rev,
        senderId: "ann",
        clientId: "c",
        content,
        preview: "",
        sentAt: at,
        reactions: [],
      };
      return { scope: "conversation", type: "message.sent", conversationId: room, rev, message };
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
    // Tables hold the last state of a membership, not its history.
    const isLast = (event: ConversationEvent, at: number) =>
      event.type !== "member.changed" ||
      !since
        .slice(at + 1)
        .some((one) => one.type === "member.changed" && one.member.personId === event.member.personId);
    const events = since.filter(isLast);
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
        }
        // Ann, a member all the time, receives every message, and each member at the end has the head.
        const messages = history.events.filter((event) => event.type === "message.sent").map((event) => event.rev);
        if (person === "ann") expect(revs.filter((rev) => messages.includes(rev))).toEqual(messages);
        if (history.membersAt(world.committed).has(person)) {
          expect(world.hub.headsOf(person)).toEqual({ rev: 0, heads: { [room]: world.committed } });
        } else expect(world.hub.headsOf(person).heads).toEqual({});
      }
    }),
    { numRuns: 10_000 },
  );
});
