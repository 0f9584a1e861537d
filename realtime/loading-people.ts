import type { ConversationEvent } from "#contracts/events.ts";

type Membership = { rev: number; left: boolean; visibleFromSeq: number };
type Loaded = { conversationId: string; rev: number; visibleFromSeq: number };

/**
 * People while their memberships are being read from the database, and what the bus says about them meanwhile. By `rev`, a
 * recorded change may be newer than the row that was read.
 */
export class LoadingPeople {
  private readonly people = new Map<string, Map<string, Membership>>();
  /** Those about whom something was missed since their read began. */
  private readonly stale = new Set<string>();
  /** The highest rev received for each conversation that has no connected member yet. */
  private readonly revs = new Map<string, number>();

  get isEmpty(): boolean {
    return this.people.size === 0;
  }

  begin(personId: string): void {
    this.people.set(personId, new Map());
  }

  /** Something about this person was missed: false when they are not being loaded, so that a load must begin. */
  repeat(personId: string): boolean {
    if (!this.people.has(personId)) return false;
    this.stale.add(personId);
    return true;
  }

  /** Whether the read that `finish` ends is too old. */
  isStale(personId: string): boolean {
    return this.stale.has(personId);
  }

  cancel(personId: string): void {
    this.people.delete(personId);
    this.stale.delete(personId);
  }

  recordRev(conversationId: string, rev: number): void {
    if (!this.isEmpty) this.revs.set(conversationId, Math.max(rev, this.revOf(conversationId)));
  }

  revOf(conversationId: string): number {
    return this.revs.get(conversationId) ?? 0;
  }

  recordMembership({ conversationId, rev, member }: Extract<ConversationEvent, { type: "member.changed" }>): void {
    const { personId, leftAt, visibleFromSeq } = member;
    this.people.get(personId)?.set(conversationId, { rev, left: leftAt !== null, visibleFromSeq });
  }

  /** A read of a conversation's members is newer than a load that started before it, for example about a removal. */
  recordRead(conversationId: string, rev: number, current: ReadonlyMap<string, { visibleFromSeq: number }>): void {
    for (const [personId, memberships] of this.people) {
      if ((memberships.get(conversationId)?.rev ?? -1) >= rev) continue;
      const member = current.get(personId);
      memberships.set(conversationId, { rev, left: !member, visibleFromSeq: member?.visibleFromSeq ?? 1 });
    }
  }

  /** Ends the loading of a person: their memberships by conversation. Undefined when they were not being loaded. */
  finish(personId: string, loaded: readonly Loaded[]): Map<string, Omit<Loaded, "conversationId">> | undefined {
    const recorded = this.people.get(personId);
    if (!recorded) return undefined;
    this.cancel(personId);
    const memberships = new Map(loaded.map(({ conversationId, ...at }) => [conversationId, at]));
    for (const [conversationId, newer] of recorded) {
      if (newer.rev <= (memberships.get(conversationId)?.rev ?? 0)) continue;
      if (newer.left) memberships.delete(conversationId);
      else memberships.set(conversationId, newer);
    }
    return memberships;
  }

  /** Call after `finish`, when the revs were compared. */
  forgetRevs(): void {
    if (this.isEmpty) this.revs.clear();
  }
}
