/**
 * The state that a device keeps of its conversations, moved by the published rule alone: next applies, lower is known.
 */
import { createHash } from "node:crypto";
import type { Journal } from "#tests/chaos/journal.ts";
import { type Change, type Head, type Message, type Page, saidIn, type WireEvent } from "#tests/chaos/wire.ts";

export type Held = { rev: number; base: number; lastSeq: number; chain: string };
export type Verdict = "done" | "behind" | "unknown";

/** Two devices that hold the same messages from the same beginning hold the same chain. */
export function chainAfter(chain: string, message: Message): string {
  const what = JSON.stringify([message.seq, message.senderId, message.clientId, saidIn(message)]);
  const digest = createHash("sha1").update(what).digest("hex").slice(0, 16);
  return createHash("sha1").update(chain).update(digest).digest("hex");
}

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
    const held = { rev: 0, base, lastSeq: base, chain: "" };
    this.#journal.write("o", id, base, page.head.rev);
    this.all.set(id, held);
    for (const message of page.messages) this.#apply(id, held, message);
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
    if (event.rev > held.rev + 1 || event.type === "conversation.rev_changed") return "behind";
    if (!event.message && !mine) this.#journal.write("r", id, event.rev);
    return this.#advance(id, held, { rev: event.rev, message: event.message, member: event.member });
  }

  /** One answer of changesSince, in rev order. */
  catchUp(id: string, changes: readonly Change[], nextRev: number | null, head: Head): Verdict {
    for (const change of changes) {
      const held = this.all.get(id);
      if (!held) return "done";
      if (change.rev <= held.rev) continue;
      if (this.#advance(id, held, change) === "unknown") return "unknown";
    }
    const held = this.all.get(id);
    if (!held) return "done";
    if (nextRev === null) this.#current(id, held, head);
    else held.rev = Math.max(held.rev, nextRev);
    return nextRev === null ? "done" : "behind";
  }

  /** A page of what came after the last message I hold; asked when too much was missed to be told. */
  continue(id: string, page: Page): Verdict {
    const held = this.all.get(id);
    if (!held) return "done";
    for (const message of page.messages) if (message.seq > held.lastSeq) this.#apply(id, held, message);
    if (page.hasNewer) return "behind";
    this.#current(id, held, page.head);
    return "done";
  }

  #advance(id: string, held: Held, change: Change): Verdict {
    held.rev = change.rev;
    const { message, member } = change;
    if (message) this.#apply(id, held, message);
    if (member?.personId !== this.#personId) return "done";
    // I left, or came back with perhaps another beginning: what I held is not the beginning of it.
    this.drop(id);
    return member.leftAt ? "done" : "unknown";
  }

  #apply(id: string, held: Held, message: Message): void {
    held.rev = Math.max(held.rev, message.rev);
    held.lastSeq = message.seq;
    held.chain = chainAfter(held.chain, message);
    this.#journal.write("a", id, message.rev, message.seq, message.clientId);
  }

  #current(id: string, held: Held, head: Head): void {
    if (head.rev < held.rev) return;
    held.rev = head.rev;
    this.#journal.write("c", id, head.rev);
  }
}
