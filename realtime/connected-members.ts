import type { InboxHeads } from "#contracts/realtime.ts";
import type { Member } from "#realtime/visibility.ts";

export type Entry = {
  /** The last rev that was delivered. */
  rev: number;
  /** The members who have a socket on this worker. */
  members: Map<string, Member>;
  /** True while missed changes are read from the database; `highestRev` is the highest rev received meanwhile. */
  reading: boolean;
  highestRev: number;
};

/** About 45 bytes each, well below the backlog that a socket may have. */
const maxHeads = 3_000;

/**
 * The people connected to this worker and their conversations. An entry of a conversation exists exactly while it has a
 * connected member.
 */
export class ConnectedMembers {
  private readonly entries = new Map<string, Entry>();
  private readonly people = new Map<string, { rev: number; conversations: Set<string> }>();

  entry(conversationId: string): Entry | undefined {
    return this.entries.get(conversationId);
  }

  has(personId: string): boolean {
    return this.people.has(personId);
  }

  person(personId: string): { rev: number } | undefined {
    return this.people.get(personId);
  }

  /**
   * Registers the person. Returns their conversations of before; undefined if they were not registered on this worker.
   */
  addPerson(personId: string, rev: number): ReadonlySet<string> | undefined {
    const known = this.people.get(personId);
    const conversations = known?.conversations ?? new Set();
    this.people.set(personId, { rev: Math.max(known?.rev ?? 0, rev), conversations });
    return known && new Set(conversations);
  }

  removePerson(personId: string): void {
    const person = this.people.get(personId);
    this.people.delete(personId);
    for (const conversationId of person?.conversations ?? []) this.dropMember(conversationId, personId);
  }

  add(conversationId: string, rev: number, personId: string, visibleFromSeq: number): Entry {
    const entry = this.entries.get(conversationId) ?? { rev, members: new Map(), reading: false, highestRev: rev };
    this.entries.set(conversationId, entry);
    entry.members.set(personId, { visibleFromSeq });
    this.people.get(personId)?.conversations.add(conversationId);
    return entry;
  }

  remove(conversationId: string, personId: string): void {
    this.people.get(personId)?.conversations.delete(conversationId);
    this.dropMember(conversationId, personId);
  }

  isMember(conversationId: string, personId: string): boolean {
    return this.entries.get(conversationId)?.members.has(personId) ?? false;
  }

  membersOf(conversationId: string): string[] {
    return [...(this.entries.get(conversationId)?.members.keys() ?? [])];
  }

  /**
   * The revs of the person and of their conversations, as last delivered by this worker; higher ones are still to come.
   */
  headsOf(personId: string): InboxHeads {
    const person = this.people.get(personId);
    const heads: Record<string, number> = {};
    for (const conversationId of person?.conversations ?? []) {
      heads[conversationId] = this.entries.get(conversationId)?.rev ?? 0;
    }
    return { rev: person?.rev ?? 0, heads };
  }

  /** The same for one frame: empty when there are too many heads; then the client asks for them. */
  headsForFrame(personId: string): InboxHeads | Record<string, never> {
    const heads = this.headsOf(personId);
    return Object.keys(heads.heads).length > maxHeads ? {} : heads;
  }

  conversationIds(): string[] {
    return [...this.entries.keys()];
  }

  personIds(): string[] {
    return [...this.people.keys()];
  }

  private dropMember(conversationId: string, personId: string): void {
    const entry = this.entries.get(conversationId);
    entry?.members.delete(personId);
    if (entry?.members.size === 0) this.entries.delete(conversationId);
  }
}
