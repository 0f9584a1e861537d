import type { ConversationEnvelope, Envelope, PersonEnvelope } from "#contracts/bus.ts";
import type { ConversationEvent, WireEvent } from "#contracts/events.ts";
import { ConnectedMembers, type Entry } from "#realtime/connected-members.ts";
import { LoadingPeople } from "#realtime/loading-people.ts";
import { visibilityOf } from "#realtime/visibility.ts";

/** What the caller of the hub must do. The hub itself has no sockets and runs no queries. */
export type Action =
  | { type: "deliver"; personIds: string[]; event: WireEvent }
  /** Read the changes after `rev`, then call `applyMissed`. */
  | { type: "read"; conversationId: string; rev: number }
  /** A personal rev was missed, which may have been a join: load the person, then call `load`. */
  | { type: "reload"; personId: string }
  | { type: "revoke"; sessionIds: string[] };

type Missed = {
  headRev: number;
  events: ConversationEvent[];
  reset: boolean;
  members: { personId: string; visibleFromSeq: number }[];
};
type Loaded = {
  personId: string;
  rev: number;
  memberships: { conversationId: string; rev: number; visibleFromSeq: number }[];
};

/**
 * Decides which connected people receive which event. For every conversation with a connected member it keeps the last
 * delivered `rev`, so a lost, repeated or reordered notification shows as a wrong number. On a gap it requests a read
 * and holds back that conversation until `applyMissed`; other conversations go on. An entry exists exactly while it has
 * a connected member.
 */
export class Hub {
  readonly connected = new ConnectedMembers();
  private readonly loading = new LoadingPeople();

  /** The first socket of a person signed in: membership changes are recorded until `load` is called. */
  connect(personId: string): void {
    if (!this.connected.has(personId)) this.loading.begin(personId);
  }

  isLoaded(personId: string): boolean {
    return this.connected.has(personId);
  }

  /** Adds a person's memberships after connect or reload. */
  load(loaded: Loaded): Action[] {
    const isStale = this.loading.isStale(loaded.personId);
    const joined = this.loading.finish(loaded.personId, loaded.memberships);
    if (!joined) return [];
    const known = this.connected.addPerson(loaded.personId, loaded.rev);
    const actions: Action[] = [];
    for (const [conversationId, { rev, visibleFromSeq }] of joined) {
      const isNew = known !== undefined && !known.has(conversationId);
      const entry = this.connected.add(conversationId, rev, loaded.personId, visibleFromSeq);
      // The join was missed, and so were the events since: send the current rev, so the client catches up.
      if (isNew) actions.push(this.revOnly(conversationId, entry.rev, [loaded.personId]));
      const missedRev = this.loading.revOf(conversationId);
      if (missedRev > entry.rev && !entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    this.loading.forgetRevs();
    return isStale ? [...actions, ...this.startReload(loaded.personId)] : actions;
  }

  /** The last socket of a person closed. */
  disconnect(personId: string): void {
    this.loading.cancel(personId);
    this.connected.removePerson(personId);
  }

  /**
   * Whether `apply` would do nothing with what may be an envelope: a change in a conversation without a connected member,
   * which is nearly everything that other workers' clients say. A join may bring its first.
   */
  ignores(raw: unknown): boolean {
    if (typeof raw !== "object" || raw === null || !("conversationId" in raw) || !this.loading.isEmpty) return false;
    const { conversationId, event } = raw as { conversationId: unknown; event?: { type?: unknown } | null };
    if (typeof conversationId !== "string" || this.connected.entry(conversationId)) return false;
    return event?.type !== "member.changed";
  }

  apply(envelope: Envelope): Action[] {
    if ("conversationId" in envelope) return this.applyConversation(envelope);
    if ("personId" in envelope) return this.applyPerson(envelope);
    if ("revokedSessionIds" in envelope) return [{ type: "revoke", sessionIds: envelope.revokedSessionIds }];
    return [];
  }

  /**
   * Applies the result of a read. Memberships become the current ones; revs that the read did not return are delivered
   * as `conversation.rev_changed`.
   */
  applyMissed(conversationId: string, missed: Missed): Action[] {
    const entry = this.connected.entry(conversationId);
    if (!entry) return [];
    entry.reading = false;
    const current = new Map(missed.members.map((member) => [member.personId, member]));
    const removed = [...entry.members.keys()].filter((personId) => !current.has(personId));
    for (const [personId, { visibleFromSeq }] of current) {
      const member = entry.members.get(personId);
      if (member) member.visibleFromSeq = Math.max(member.visibleFromSeq, visibleFromSeq);
    }
    this.muteMembersWithGap(entry, missed.events);
    const actions = missed.events.flatMap((event) =>
      event.rev > entry.rev ? this.applyEvent(conversationId, entry, event) : [],
    );
    this.loading.recordRead(conversationId, missed.headRev, current);
    for (const personId of removed) this.connected.remove(conversationId, personId);
    // The last connected members left, and what was received during the read may be that one of them came back.
    if (!this.connected.entry(conversationId) && entry.highestRev > missed.headRev) {
      for (const personId of removed) actions.push(...this.startReload(personId));
    }
    if (missed.headRev > entry.rev) {
      entry.rev = missed.headRev;
      actions.push(this.revOnly(conversationId, missed.headRev, [...entry.members.keys()]));
    }
    for (const [personId, { visibleFromSeq }] of current) {
      if (this.connected.has(personId)) this.connected.add(conversationId, entry.rev, personId, visibleFromSeq);
    }
    const remaining = this.connected.entry(conversationId);
    if (remaining && remaining.highestRev > remaining.rev) actions.push(this.startRead(conversationId, remaining));
    return actions;
  }

  /** A read failed: the next event, or the next resync, requests it again. */
  readFailed(conversationId: string): void {
    const entry = this.connected.entry(conversationId);
    if (entry) entry.reading = false;
  }

  /** After a break of LISTEN: requests a read for everything that changed meanwhile. */
  resync(conversations: ReadonlyMap<string, number>, people: ReadonlyMap<string, number>): Action[] {
    const actions: Action[] = [];
    for (const [conversationId, rev] of conversations) {
      const entry = this.connected.entry(conversationId);
      if (!entry || rev <= entry.rev) continue;
      // A read under way may have started before this rev was committed, so another one follows.
      entry.highestRev = Math.max(entry.highestRev, rev);
      if (!entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    for (const [personId, rev] of people) actions.push(...this.applyPerson({ personId, rev }));
    return actions;
  }

  private applyConversation({ conversationId, rev, event }: ConversationEnvelope): Action[] {
    if (event?.type === "member.changed") this.loading.recordMembership(event);
    const entry = this.connected.entry(conversationId) ?? this.entryForFirstMember(conversationId, rev, event);
    if (!entry) {
      this.loading.recordRev(conversationId, rev);
      return [];
    }
    if (rev <= entry.rev) return [];
    entry.highestRev = Math.max(entry.highestRev, rev);
    if (entry.reading) return [];
    if (rev > entry.rev + 1 || !event) return [this.startRead(conversationId, entry)];
    return this.applyEvent(conversationId, entry, event);
  }

  private applyPerson({ personId, rev, event }: PersonEnvelope): Action[] {
    const person = this.connected.person(personId);
    if (!person || rev <= person.rev) return [];
    // A join that is announced only here: the event of the conversation was missed.
    const unknown = event?.type === "conversation.added" && !this.connected.isMember(event.conversation.id, personId);
    const missed = !event || rev > person.rev + 1 || unknown;
    person.rev = rev;
    const delivery: Action = {
      type: "deliver",
      personIds: [personId],
      event: event ?? { scope: "person", type: "person.rev_changed", rev },
    };
    return missed ? [delivery, ...this.startReload(personId)] : [delivery];
  }

  /** A load under way may have read the tables before the change, so another one follows it. */
  private startReload(personId: string): Action[] {
    if (this.loading.repeat(personId)) return [];
    this.loading.begin(personId);
    return [{ type: "reload", personId }];
  }

  /** A connected person joins a conversation that has no entry: the entry starts with this event. */
  private entryForFirstMember(conversationId: string, rev: number, event: ConversationEvent | undefined) {
    if (event?.type !== "member.changed" || event.member.leftAt) return undefined;
    if (!this.connected.has(event.member.personId)) return undefined;
    return this.connected.add(conversationId, rev - 1, event.member.personId, event.member.visibleFromSeq);
  }

  private applyEvent(conversationId: string, entry: Entry, event: ConversationEvent): Action[] {
    entry.rev = event.rev;
    if (event.type !== "member.changed") return this.deliver(entry, event);
    const { personId, leftAt, visibleFromSeq } = event.member;
    if (!leftAt && this.connected.has(personId))
      this.connected.add(conversationId, entry.rev, personId, visibleFromSeq);
    const actions = this.deliver(entry, event); // the leaving member receives their own leave as the last event
    if (leftAt) this.connected.remove(conversationId, personId);
    return actions;
  }

  /** Groups the members by what each may be sent of the event. */
  private deliver(entry: Entry, event: ConversationEvent): Action[] {
    const whole: string[] = [];
    const bare: string[] = [];
    for (const [personId, member] of entry.members) {
      const visibility = visibilityOf(event, member);
      if (visibility === "event") whole.push(personId);
      else if (visibility === "rev") bare.push(personId);
    }
    const actions: Action[] = whole.length > 0 ? [{ type: "deliver", personIds: whole, event }] : [];
    if (bare.length > 0) actions.push(this.revOnly(event.conversationId, event.rev, bare));
    return actions;
  }

  private revOnly(conversationId: string, rev: number, personIds: string[]): Action {
    return {
      type: "deliver",
      personIds,
      event: { scope: "conversation", type: "conversation.rev_changed", conversationId, rev },
    };
  }

  /**
   * The database has only the latest state of a membership. A member with a change within the gap may have
   * left, rejoined and left again, so they get no event before that latest change. Their client sees the gap and asks.
   */
  private muteMembersWithGap(entry: Entry, events: readonly ConversationEvent[]): void {
    for (const event of events) {
      const member = event.type === "member.changed" ? entry.members.get(event.member.personId) : undefined;
      if (member) member.mutedUntil = event.rev;
    }
  }

  private startRead(conversationId: string, entry: Entry): Action {
    entry.reading = true;
    return { type: "read", conversationId, rev: entry.rev };
  }
}
