import type { ConversationEnvelope, Envelope, PersonEnvelope } from "#contracts/bus.ts";
import type { ConversationEvent, WireEvent } from "#contracts/events.ts";
import type { InboxHeads } from "#contracts/realtime.ts";

/** What the hub wants done. It holds no socket and asks no database. */
export type Action =
  | { type: "deliver"; personIds: string[]; event: WireEvent }
  /** Read what happened after `rev`, then call `caughtUp`. */
  | { type: "read"; conversationId: string; rev: number }
  /** A personal number was missed, perhaps a joining: load the person, then call `load`. */
  | { type: "reload"; personId: string }
  | { type: "revoke"; sessionIds: string[] };

/** `mutedUntil`: the rev of their own change within a hole, before which nobody knows whether they were in. */
type Member = { fromSeq: number; mutedUntil?: number };

type Entry = {
  /** The last rev that was delivered. */
  rev: number;
  /** The members who have a socket here. */
  members: Map<string, Member>;
  /** A read is under way; the highest rev heard meanwhile. */
  reading: boolean;
  highestRev: number;
};

type Missed = {
  headRev: number;
  events: ConversationEvent[];
  reset: boolean;
  members: { personId: string; fromSeq: number }[];
};
type Loaded = {
  personId: string;
  rev: number;
  memberships: { conversationId: string; rev: number; fromSeq: number }[];
};

/** Changes of membership heard while a person was being loaded; they are newer than what the load saw, by `rev`. */
type Loading = { memberships: Map<string, { rev: number; left: boolean; fromSeq: number }> };

/**
 * Who must hear what. Knows, for every conversation with a member connected here, the last `rev` it passed on, so a
 * lost, repeated or reordered notification shows itself as a number. On a hole it asks for a read and holds that
 * conversation until `caughtUp`; everything else goes on. An entry exists exactly while it has a local member.
 */
export class Hub {
  private readonly entries = new Map<string, Entry>();
  private readonly people = new Map<string, { rev: number; conversations: Set<string> }>();
  private readonly loading = new Map<string, Loading>();
  /** While anyone is being loaded: the highest rev heard of conversations that nobody here is in yet. */
  private readonly revsWithoutEntry = new Map<string, number>();

  /** The first socket of a person signed in: events are noted until `load` brings the tables' word. */
  connect(personId: string): void {
    if (!this.people.has(personId)) this.loading.set(personId, { memberships: new Map() });
  }

  isConnected(personId: string): boolean {
    return this.people.has(personId);
  }

  /** The tables' word about somebody who arrived. */
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
    for (const [conversationId, { rev, fromSeq }] of joined) {
      const isNew = known !== undefined && !known.conversations.has(conversationId);
      const entry = this.addMember(conversationId, rev, loaded.personId, fromSeq);
      // A joining that was missed: what was told there meanwhile reached nobody here, so say where it stands.
      if (isNew) actions.push(this.revOnly(conversationId, entry.rev, [loaded.personId]));
      const missedRev = this.revsWithoutEntry.get(conversationId) ?? 0;
      if (missedRev > entry.rev && !entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    if (this.loading.size === 0) this.revsWithoutEntry.clear();
    return actions;
  }

  /** The last socket of a person is gone. */
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

  /** What a read found. Membership is taken from it as it is now; holes that it leaves become bare numbers. */
  applyMissed(conversationId: string, missed: Missed): Action[] {
    const entry = this.entries.get(conversationId);
    if (!entry) return [];
    entry.reading = false;
    const current = new Map(missed.members.map((member) => [member.personId, member]));
    for (const [personId, { fromSeq }] of current) {
      const member = entry.members.get(personId);
      if (member) member.fromSeq = Math.max(member.fromSeq, fromSeq);
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
    for (const [personId, { fromSeq }] of current) {
      if (this.people.has(personId)) this.addMember(conversationId, entry.rev, personId, fromSeq);
    }
    const remaining = this.entries.get(conversationId);
    if (remaining && remaining.highestRev > remaining.rev) actions.push(this.startRead(conversationId, remaining));
    return actions;
  }

  /** A read failed: the next event, or the next comparison, asks again. */
  readFailed(conversationId: string): void {
    const entry = this.entries.get(conversationId);
    if (entry) entry.reading = false;
  }

  /** After a break in hearing: everything that moved meanwhile is read. */
  resync(conversations: ReadonlyMap<string, number>, people: ReadonlyMap<string, number>): Action[] {
    const actions: Action[] = [];
    for (const [conversationId, rev] of conversations) {
      const entry = this.entries.get(conversationId);
      if (!entry || rev <= entry.rev) continue;
      // A read that is under way may have begun before this rev was reached: it is read again after.
      entry.highestRev = Math.max(entry.highestRev, rev);
      if (!entry.reading) actions.push(this.startRead(conversationId, entry));
    }
    for (const [personId, rev] of people) {
      if (rev > 0) actions.push(...this.applyPerson({ personId, rev }));
    }
    return actions;
  }

  /** Up to where everything was told to this person; what follows is told from here on. */
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

  /** The members who are here. */
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
      event: event ?? { type: "person.advanced", rev },
    };
    if (!missed || this.loading.has(personId)) return [delivery];
    this.loading.set(personId, { memberships: new Map() });
    return [delivery, { type: "reload", personId }];
  }

  /** Somebody connected here joins a conversation that nobody here was in: it begins with this event. */
  private entryForFirstMember(conversationId: string, rev: number, event: ConversationEvent | undefined) {
    if (event?.type !== "member.changed" || event.member.leftAt) return undefined;
    if (!this.people.has(event.member.personId)) return undefined;
    return this.addMember(conversationId, rev - 1, event.member.personId, event.member.fromSeq);
  }

  private applyEvent(conversationId: string, entry: Entry, event: ConversationEvent): Action[] {
    entry.rev = event.rev;
    if (event.type !== "member.changed") return this.deliver(entry, event);
    const { personId, leftAt, fromSeq } = event.member;
    if (!leftAt && this.people.has(personId)) this.addMember(conversationId, entry.rev, personId, fromSeq);
    const actions = this.deliver(entry, event); // the leaver hears this as the last
    if (leftAt) this.removeMember(conversationId, personId);
    return actions;
  }

  /** Who may not read the message yet learns only that a number passed. */
  private deliver(entry: Entry, event: ConversationEvent): Action[] {
    const all: string[] = [];
    for (const [personId, { mutedUntil }] of entry.members) if (event.rev >= (mutedUntil ?? 0)) all.push(personId);
    if (event.type !== "message.sent") return all.length > 0 ? [{ type: "deliver", personIds: all, event }] : [];
    const allowed = all.filter((personId) => (entry.members.get(personId)?.fromSeq ?? 0) <= event.message.seq);
    const actions: Action[] = allowed.length > 0 ? [{ type: "deliver", personIds: allowed, event }] : [];
    if (allowed.length === all.length) return actions;
    const others = all.filter((personId) => !allowed.includes(personId));
    return [...actions, this.revOnly(event.conversationId, event.rev, others)];
  }

  private revOnly(conversationId: string, rev: number, personIds: string[]): Action {
    return { type: "deliver", personIds, event: { type: "conversation.advanced", conversationId, rev } };
  }

  /**
   * Tables hold the last state of a membership: somebody whose own changed within the hole may have left, and come back,
   * and left again. Until that last change they are told nothing; the hole that it leaves them is theirs to ask about.
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
    event: Extract<ConversationEvent, { type: "member.changed" }>,
  ): void {
    const recorded = this.loading.get(event.member.personId);
    recorded?.memberships.set(conversationId, {
      rev: event.rev,
      left: event.member.leftAt !== null,
      fromSeq: event.member.fromSeq,
    });
  }

  /** What a read found is newer than what a load of before will say, above all that somebody is no member any more. */
  private recordReadForLoading(
    conversationId: string,
    rev: number,
    current: ReadonlyMap<string, { fromSeq: number }>,
  ): void {
    for (const [personId, { memberships }] of this.loading) {
      if ((memberships.get(conversationId)?.rev ?? -1) >= rev) continue;
      const member = current.get(personId);
      memberships.set(conversationId, { rev, left: !member, fromSeq: member?.fromSeq ?? 1 });
    }
  }

  private addMember(conversationId: string, rev: number, personId: string, fromSeq: number): Entry {
    const entry = this.entries.get(conversationId) ?? { rev, members: new Map(), reading: false, highestRev: rev };
    this.entries.set(conversationId, entry);
    entry.members.set(personId, { fromSeq });
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
