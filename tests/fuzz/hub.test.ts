import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Envelope } from "#contracts/bus.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
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
const fates: Fate[] = ["told", "told", "told", "lost", "twice"];

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
        editedAt: null,
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
      roleIds: [],
      muted: null,
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

type Load = Parameters<Hub["load"]>[0];

/**
 * A world in which notifications are lost, repeated and reordered, and reads answer later than they were asked. A person
 * who joins is also told so, by an event of their own.
 */
class World {
  /** `at`: the rev of the tables when it was heard. */
  readonly heard = new Map<string, { event: ConversationEvent; at: number }[]>(people.map((person) => [person, []]));
  readonly hub = new Hub();
  readonly reads: number[] = [];
  /** As the tables were when the load was asked for. */
  readonly loads: Load[] = [];
  readonly personRevs = new Map<string, number>(people.map((person) => [person, 0]));
  committed = 0;
  private readonly history: Committed;

  constructor(history: Committed, connected: readonly string[]) {
    this.history = history;
    for (const personId of connected) {
      this.hub.connect(personId);
      this.hub.load(this.load(personId));
    }
  }

  private load(personId: string): Load {
    const visibleFromSeq = this.history.membersAt(this.committed).get(personId);
    const memberships = visibleFromSeq ? [{ conversationId: room, rev: this.committed, visibleFromSeq }] : [];
    return { personId, rev: this.personRevs.get(personId) ?? 0, memberships };
  }

  act(actions: Action[]): void {
    for (const action of actions) {
      if (action.type === "read") this.reads.push(action.rev);
      if (action.type === "reload") this.loads.push(this.load(action.personId));
      if (action.type !== "deliver") continue;
      const { event } = action;
      if (event.scope !== "conversation") continue;
      for (const person of action.personIds) this.heard.get(person)?.push({ event, at: this.committed });
    }
  }

  /** Commits an event; what is told of it, when it is told. */
  commit(event: ConversationEvent): () => void {
    this.committed = event.rev;
    const joined = event.type === "member.changed" && !event.member.leftAt ? event.member.personId : undefined;
    const rev = (this.personRevs.get(joined ?? "") ?? 0) + 1;
    if (joined) this.personRevs.set(joined, rev);
    return () => {
      this.hear({ conversationId: room, rev: event.rev, event });
      if (!joined) return;
      const added = { scope: "person", type: "conversation.added", rev, conversation: { id: room } } as PersonEvent;
      this.hear({ personId: joined, rev, event: added });
    };
  }

  /** As the bus does it. */
  private hear(envelope: Envelope): void {
    if (!this.hub.ignores(envelope)) this.act(this.hub.apply(envelope));
  }

  get isAsking(): boolean {
    return this.reads.length + this.loads.length > 0;
  }

  /** The oldest load, and the oldest read with what the tables say now. */
  answer(): void {
    const loaded = this.loads.shift();
    if (loaded) this.act(this.hub.load(loaded));
    const rev = this.reads.shift();
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

/** Commits and tells as the script says; in the end a comparison finds what moved, and every question is answered. */
function play(script: readonly (readonly [Step, Fate, boolean])[], connected: readonly string[]) {
  const history = commit(script.map(([one]) => one));
  const world = new World(history, connected);
  const late: (() => void)[] = [];
  for (const [index, event] of history.events.entries()) {
    const tell = world.commit(event);
    const [, how, answers] = script[index] ?? [];
    if (how === "late") late.push(tell);
    else if (how !== "lost") tell();
    if (how === "twice") tell();
    if (how === "told") for (const old of late.splice(0)) old();
    if (answers) world.answer();
  }
  world.act(world.hub.resync(new Map([[room, world.committed]]), world.personRevs));
  while (world.isAsking) world.answer();
  return { history, world };
}

// With ann, who never leaves, the conversation always has a connected member. Without her it may have none, and the hub
// forgets it: then it cannot know that a notification is a late one. Postgres keeps their order.
test.each([
  [people, [...fates, "late" as const]],
  [people.slice(1), fates],
  [["ben"], fates],
])(
  "whatever is lost, repeated or late: each of %s hears in order, once, nothing while out, and all while in",
  (connected, possible) => {
    const fate = fc.constantFrom(...possible);
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fate, fc.boolean()), { minLength: 1, maxLength: 60 }), (script) => {
        const { history, world } = play(script, connected);
        for (const person of connected) {
          const heard = world.heard.get(person) ?? [];
          // A bare number may be repeated: the client has the rev already.
          const revs = heard.flatMap(({ event }) => (event.type === "conversation.rev_changed" ? [] : [event.rev]));
          expect(revs).toEqual([...new Set(revs)].sort((a, b) => a - b));
          for (const { event, at } of heard) {
            const isOwnLeaving = event.type === "member.changed" && event.member.personId === person;
            const isMember = (rev: number) => history.membersAt(rev).has(person);
            // A load may end after the person left: then they learn a number, and nothing of what was said.
            const bare = event.type === "conversation.rev_changed";
            const since = history.events.slice(event.rev, bare ? at : event.rev);
            const mayHear = isMember(event.rev) || since.some(({ rev }) => isMember(rev));
            if (!isOwnLeaving) expect(mayHear).toBe(true);
            if ("message" in event) {
              expect(event.message.seq).toBeGreaterThanOrEqual(history.membersAt(event.rev).get(person) ?? 0);
            }
          }
          // Ann, a member all the time, receives the last state of every message, and each member at the end has the head.
          if (person === "ann") expect(revs).toEqual(expect.arrayContaining(lastRevs(history.events)));
          const heads = history.membersAt(world.committed).has(person) ? { [room]: world.committed } : {};
          expect(world.hub.connected.headsOf(person)).toEqual({ rev: world.personRevs.get(person), heads });
        }
      }),
      { numRuns: 5_000 },
    );
  },
);
