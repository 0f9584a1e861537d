/**
 * The state that a device keeps of its conversations, moved by the published rule alone: next applies, lower is known.
 */
import { createHash } from "node:crypto";
import { chainOf, Digests } from "#tests/chaos/digests.ts";
import type { Journal } from "#tests/chaos/journal.ts";
import { rising } from "#tests/chaos/kept.ts";
import {
  type Change,
  type Head,
  type Message,
  type OwnReactions,
  type Page,
  type ReactionChange,
  reactionsOf,
  saidIn,
  type WireEvent,
} from "#tests/chaos/wire.ts";

/** A message that was recalled, reacted to, or changed while it was held. */
type Changed = { rev: number; recalled: boolean; reactions: ReturnType<typeof reactionsOf>; own: Set<string> };
export type Held = {
  rev: number;
  base: number;
  lastSeq: number;
  digests: Digests;
  changed: Map<number, Changed>;
  pinned: Set<number>;
  /** Pages are being put in, newer than `rev`: events have to wait. */
  loading: boolean;
};
export type Verdict = "done" | "behind" | "unknown";

/** Everything that was asked for since `Held.rev`; applied as a whole, because its rows are in rev order. */
export type Missed = { changes: Change[]; head: Head };

export class Conversations {
  readonly all = new Map<string, Held>();
  readonly #journal: Journal;
  readonly #personId: string;

  constructor(journal: Journal, personId: string) {
    this.#journal = journal;
    this.#personId = personId;
  }

  open(id: string, page: Page): void {
    const first = page.messages[0];
    const base = first ? first.seq - 1 : page.head.lastSeq;
    const held = {
      rev: 0,
      base,
      lastSeq: base,
      digests: new Digests(),
      changed: new Map(),
      pinned: new Set<number>(),
      loading: false,
    };
    this.#journal.write("o", id, base, page.head.rev);
    this.all.set(id, held);
    this.#addPage(id, held, page);
    this.#current(id, held, page.head);
  }

  drop(id: string): void {
    if (this.all.delete(id)) this.#journal.write("l", id);
  }

  /** An event about a conversation. `behind`: ask for what is missing. `unknown`: not held, and I have just joined. */
  hear(event: WireEvent, id: string): Verdict {
    const held = this.all.get(id);
    const mine = event.member?.personId === this.#personId;
    if (!held) return mine && !event.member?.leftAt ? "unknown" : "done";
    if (event.rev <= held.rev) return "done";
    if (held.loading || event.rev > held.rev + 1 || event.type === "conversation.rev_changed") return "behind";
    held.rev = event.rev;
    if (event.message) this.#put(id, held, event.message, event.reactions);
    if (event.type !== "message.sent" && !mine) this.#journal.write("r", id, event.rev);
    return event.member?.personId === this.#personId ? this.#moved(id, event.member.leftAt) : "done";
  }

  /**
   * Everything that changed since the rev that is held. Rows come in the order of their last change, so a message that
   * changed again comes after later ones: they are put in by `seq`.
   */
  catchUp(id: string, { changes: asked, head }: Missed): Verdict {
    const held = this.all.get(id);
    if (!held) return "done";
    // Events may have come while the question travelled.
    const changes = asked.filter(({ rev }) => rev > held.rev);
    const mine = changes.find(({ member }) => member?.personId === this.#personId)?.member;
    if (mine) return this.#moved(id, mine.leftAt);
    // Of one message the older first: it may have changed between two questions.
    const bySeq = [...changes].sort((a, b) => (a.message?.seq ?? 0) - (b.message?.seq ?? 0) || a.rev - b.rev);
    for (const { message, reactions } of bySeq) if (message) this.#put(id, held, message, reactions);
    this.#current(id, held, head);
    return "done";
  }

  /** Everything that is held, loaded again, and what came after it, when too much was missed to be asked for. */
  replace(id: string, page: Page): void {
    const held = this.all.get(id);
    if (!held) return;
    held.loading = true;
    this.#addPage(id, held, page);
  }

  /** After pages: changes after the first of them are still to be asked for. */
  standAt(id: string, rev: number): void {
    const held = this.all.get(id);
    if (held) Object.assign(held, { rev, loading: false });
  }

  #addPage(id: string, held: Held, { messages, ownReactions }: Page): void {
    const own = new Map(ownReactions.map(({ seq, emoji }: OwnReactions) => [seq, emoji]));
    for (const message of messages) {
      const mine = (own.get(message.seq) ?? []).map((emoji) => ({ personId: this.#personId, emoji, reacted: true }));
      const known = held.changed.get(message.seq);
      if (known && known.rev <= message.rev) known.own.clear();
      this.#put(id, held, message, mine);
    }
  }

  /** I left, or came back with perhaps another beginning: what I held is not the beginning of it. */
  #moved(id: string, leftAt: string | null): Verdict {
    this.drop(id);
    return leftAt ? "done" : "unknown";
  }

  /** Replaces a message by its `seq`, or adds it at the end. */
  #put(id: string, held: Held, message: Message, reactions: readonly ReactionChange[] = []): void {
    const { seq, rev, clientId } = message;
    const known = held.changed.get(seq);
    if (seq <= held.base || (known && known.rev > rev)) return;
    const isNew = seq > held.lastSeq;
    held.lastSeq = Math.max(held.lastSeq, seq);
    held.digests.set(seq - held.base, digestOf(message));
    this.#keepChanged(held, message, reactions);
    if (isNew) this.#journal.write("a", id, rev, seq, clientId);
    else if (held.changed.get(seq) !== known) this.#journal.write("m", id, rev, seq);
  }

  #keepChanged(held: Held, message: Message, changes: readonly ReactionChange[]): void {
    const { seq, rev } = message;
    const known = held.changed.get(seq);
    const recalled = message.content.kind === "recalled";
    const reactions = reactionsOf(message);
    const wasPinned = held.pinned.has(seq);
    if (message.pinnedAt === undefined) held.pinned.delete(seq);
    else held.pinned.add(seq);
    const touched = wasPinned || message.pinnedAt !== undefined || (message.editedAt ?? null) !== null;
    if (!known && !recalled && !touched && reactions.length === 0 && changes.length === 0) return;
    const own = known?.own ?? new Set<string>();
    for (const { personId, emoji, reacted } of changes) {
      if (personId !== this.#personId) continue;
      if (reacted) own.add(emoji);
      else own.delete(emoji);
    }
    if (recalled) own.clear();
    held.changed.set(seq, { rev, recalled, reactions, own });
  }

  #current(id: string, held: Held, head: Head): void {
    if (head.rev < held.rev) return;
    Object.assign(held, { rev: head.rev, loading: false });
    this.#journal.write("c", id, head.rev);
  }

  /** Writes down what is held in the end. */
  finish(): void {
    for (const [id, { rev, base, lastSeq, digests, changed, pinned }] of this.all) {
      this.#journal.write("pins", id, base, rising(pinned));
      const states = [...changed].map(([seq, one]) => [seq, one.rev, one.recalled, one.reactions, [...one.own].sort()]);
      this.#journal.write("end", id, rev, base, lastSeq, chainOf(digests.all(lastSeq - base)), states);
    }
  }
}

function digestOf(message: Message): string {
  const what = JSON.stringify([message.seq, message.senderId, message.clientId, saidIn(message)]);
  return createHash("sha1").update(what).digest("hex").slice(0, 16);
}
