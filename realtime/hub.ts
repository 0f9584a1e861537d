import type { ConversationEnvelope, Envelope, PersonEnvelope } from "#contracts/bus.ts";
import type { ConversationEvent, WireEvent } from "#contracts/events.ts";
import type { InboxHeads } from "#contracts/realtime.ts";
import { type Member, visibilityOf } from "#realtime/visibility.ts";

/** What the caller of the hub must do. The hub itself has no sockets and runs no queries. */
export type Action =
  | { type: "deliver"; personIds: string[]; event: WireEvent }
  /** Read the changes after `rev`, then call `applyMissed`. */
  | { type: "read"; conversationId: string; rev: number }
  /** A personal rev was missed, which may have been a join: load the person, then call `load`. */
  | { type: "reload"; personId: string }
  | { type: "revoke"; sessionIds: string[] };

type Entry = {
  /** The last rev that was delivered. */
  rev: number;
  /** The members who have a socket on this worker. */
  members: Map<string, Member>;
  /** True while a read is under way; `highestRev` is the highest rev received meanwhile. */
  reading: boolean;
  highestRev: number;
};

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

/** Membership changes received while a person is being loaded; by `rev`, they may be newer than the loaded rows. */
type Loading = { memberships: Map<string, { rev: number; left: boolean; visibleFromSeq: number }> };

/**
 * Decides which connected people receive which event. For every conversation with a connected member it keeps the last
 * delivered `rev`, so a lost, repeated or reordered notification shows as a wrong number. On a gap it requests a read
 * and holds back that conversation until `applyMissed`; other conversations go on. An entry exists exactly while it has
 * a connected member.
 */
export class Hub {
  private readonly entries = new Map<string, Entry>();
  private readonly people = new Map<string, { rev: number; conversations: Set<string> }>();
  private readonly loading = new Map<string, Loading>();
  /** While a person is being loaded: the highest rev received for each conversation without an entry. */
  private readonly revsWithoutEntry = new Map<string, number>();

  /** The first socket of a person signed in: membership changes are recorded until `load` is called. */
  connect(personId: string): void {
    if (!this.people.has(personId)) this.loading.set(personId, { memberships: new Map() });
  }

  isLoaded(personId: string): boolean {
    return this.people.has(personId);
  }

  /** Adds a person's memberships after connect or reload. */
  load(loaded: Loaded): Action[] {
    const recorded = this.loading.get(loaded.personId);
    if (!recorded) return [];
    this.loading.delete(loaded.personId);
    const known = this.people.get(loaded.personId);
    this.people.set(loaded.personId, {
      rev: Math.max(known?.rev ?? 0, loaded.rev),
      conversations: known?.conversations ?? new Set(),
    });
    const joined = new Map(loaded.memberships.map(({ conversationId, ...at }) => [conversationId, at]));
    for (const [conversationId, newer] of recorded.memberships) {
      if (newer.rev <= (joined.get(conversationId)?.rev ?? 0)) continue;
      if (newer.left) joined.delete(conversationId);
      else joined.set(conversationId, newer);
    }
    const actions: Action[] = [];
    for (const [conversationId, { rev, visibleFromSeq }] of joined) {
      const isNew = known !== undefined && !known.conversations.has(conversationId);
      const entry = this.addMember(conversationId, rev, loaded.personId, visibleFromSeq);
      // The join was missed, and so were the events since: send the current rev, so the client catches up.
      if (isNew) actions.push(this.revOnly(conversationId, entry.rev, [loaded.personId]));
      const missedRev = this.revsWithoutEntry.get(conversationId) ?? 0;
      if (missedRev > entry.rev && !entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    if (this.loading.size === 0) this.revsWithoutEntry.clear();
    return actions;
  }

  /** The last socket of a person closed. */
  disconnect(personId: string): void {
    this.loading.delete(personId);
    const person = this.people.get(personId);
    this.people.delete(personId);
    for (const conversationId of person?.conversations ?? []) this.dropMember(conversationId, personId);
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
    const entry = this.entries.get(conversationId);
    if (!entry) return [];
    entry.reading = false;
    const current = new Map(missed.members.map((member) => [member.personId, member]));
    for (const [personId, { visibleFromSeq }] of current) {
      const member = entry.members.get(personId);
      if (member) member.visibleFromSeq = Math.max(member.visibleFromSeq, visibleFromSeq);
    }
    this.muteMembersWithGap(entry, missed.events);
    const actions = missed.events.flatMap((event) =>
      event.rev > entry.rev ? this.applyEvent(conversationId, entry, event) : [],
    );
    this.recordReadForLoading(conversationId, missed.headRev, current);
    for (const personId of [...entry.members.keys()]) {
      if (!current.has(personId)) this.removeMember(conversationId, personId);
    }
    if (missed.headRev > entry.rev) {
      entry.rev = missed.headRev;
      actions.push(this.revOnly(conversationId, missed.headRev, [...entry.members.keys()]));
    }
    for (const [personId, { visibleFromSeq }] of current) {
      if (this.people.has(personId)) this.addMember(conversationId, entry.rev, personId, visibleFromSeq);
    }
    const remaining = this.entries.get(conversationId);
    if (remaining && remaining.highestRev > remaining.rev) actions.push(this.startRead(conversationId, remaining));
    return actions;
  }

  /** A read failed: the next event, or the next resync, requests it again. */
  readFailed(conversationId: string): void {
    const entry = this.entries.get(conversationId);
    if (entry) entry.reading = false;
  }

  /** After a break of LISTEN: requests a read for everything that changed meanwhile. */
  resync(conversations: ReadonlyMap<string, number>, people: ReadonlyMap<string, number>): Action[] {
    const actions: Action[] = [];
    for (const [conversationId, rev] of conversations) {
      const entry = this.entries.get(conversationId);
      if (!entry || rev <= entry.rev) continue;
      // A read under way may have started before this rev was committed, so another one follows.
      entry.highestRev = Math.max(entry.highestRev, rev);
      if (!entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    for (const [personId, rev] of people) {
      if (rev > 0) actions.push(...this.applyPerson({ personId, rev }));
    }
    return actions;
  }

  /** The revs up to which this person has received everything; later events are delivered from now on. */
  headsOf(personId: string): InboxHeads {
    const person = this.people.get(personId);
    const heads: Record<string, number> = {};
    for (const conversationId of person?.conversations ?? []) {
      heads[conversationId] = this.entries.get(conversationId)?.rev ?? 0;
    }
    return { rev: person?.rev ?? 0, heads };
  }

  isMember(conversationId: string, personId: string): boolean {
    return this.entries.get(conversationId)?.members.has(personId) ?? false;
  }

  /** The members who are connected to this worker. */
  membersOf(conversationId: string): string[] {
    return [...(this.entries.get(conversationId)?.members.keys() ?? [])];
  }

  conversationIds(): string[] {
    return [...this.entries.keys()];
  }

  personIds(): string[] {
    return [...this.people.keys()];
  }

  private applyConversation({ conversationId, rev, event }: ConversationEnvelope): Action[] {
    if (event?.type === "member.changed") this.recordMembership(conversationId, event);
    const entry = this.entries.get(conversationId) ?? this.entryForFirstMember(conversationId, rev, event);
    if (!entry) {
      if (this.loading.size > 0) {
        this.revsWithoutEntry.set(conversationId, Math.max(rev, this.revsWithoutEntry.get(conversationId) ?? 0));
      }
      return [];
    }
    if (rev <= entry.rev) return [];
    entry.highestRev = Math.max(entry.highestRev, rev);
    if (entry.reading) return [];
    if (rev > entry.rev + 1 || !event) return [this.startRead(conversationId, entry)];
    return this.applyEvent(conversationId, entry, event);
  }

  private applyPerson({ personId, rev, event }: PersonEnvelope): Action[] {
    const person = this.people.get(personId);
    if (!person || rev <= person.rev) return [];
    const missed = !event || rev > person.rev + 1;
    person.rev = rev;
    const delivery: Action = {
      type: "deliver",
      personIds: [personId],
      event: event ?? { scope: "person", type: "person.rev_changed", rev },
    };
    if (!missed || this.loading.has(personId)) return [delivery];
    this.loading.set(personId, { memberships: new Map() });
    return [delivery, { type: "reload", personId }];
  }

  /** A connected person joins a conversation that has no entry: the entry starts with this event. */
  private entryForFirstMember(conversationId: string, rev: number, event: ConversationEvent | undefined) {
    if (event?.type !== "member.changed" || event.member.leftAt) return undefined;
    if (!this.people.has(event.member.personId)) return undefined;
    return this.addMember(conversationId, rev - 1, event.member.personId, event.member.visibleFromSeq);
  }

  private applyEvent(conversationId: string, entry: Entry, event: ConversationEvent): Action[] {
    entry.rev = event.rev;
    if (event.type !== "member.changed") return this.deliver(entry, event);
    const { personId, leftAt, visibleFromSeq } = event.member;
    if (!leftAt && this.people.has(personId)) this.addMember(conversationId, entry.rev, personId, visibleFromSeq);
    const actions = this.deliver(entry, event); // the leaving member receives their own leave as the last event
    if (leftAt) this.removeMember(conversationId, personId);
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
   * The database has only the latest state of a membership. A member whose membership changed within the gap may have
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

  private recordMembership(
    conversationId: string,
    event: Extract<ConversationEvent, { scope: "conversation"; type: "member.changed" }>,
  ): void {
    const recorded = this.loading.get(event.member.personId);
    recorded?.memberships.set(conversationId, {
      rev: event.rev,
      left: event.member.leftAt !== null,
      visibleFromSeq: event.member.visibleFromSeq,
    });
  }

  /** A read is newer than a load that started before it, for example about a member who was removed. */
  private recordReadForLoading(
    conversationId: string,
    rev: number,
    current: ReadonlyMap<string, { visibleFromSeq: number }>,
  ): void {
    for (const [personId, { memberships }] of this.loading) {
      if ((memberships.get(conversationId)?.rev ?? -1) >= rev) continue;
      const member = current.get(personId);
      memberships.set(conversationId, { rev, left: !member, visibleFromSeq: member?.visibleFromSeq ?? 1 });
    }
  }

  private addMember(conversationId: string, rev: number, personId: string, visibleFromSeq: number): Entry {
    const entry = this.entries.get(conversationId) ?? { rev, members: new Map(), reading: false, highestRev: rev };
    this.entries.set(conversationId, entry);
    entry.members.set(personId, { visibleFromSeq });
    this.people.get(personId)?.conversations.add(conversationId);
    return entry;
  }

  private removeMember(conversationId: string, personId: string): void {
    this.people.get(personId)?.conversations.delete(conversationId);
    this.dropMember(conversationId, personId);
  }

  private dropMember(conversationId: string, personId: string): void {
    const entry = this.entries.get(conversationId);
    entry?.members.delete(personId);
    if (entry?.members.size === 0) this.entries.delete(conversationId);
  }
}
