/**
 * What a device says of how far it has received conversations: each mark once, and all of them again on another link,
 * because what was said last may be lost. Without an answer.
 */
import type { Conversations } from "#tests/chaos/client-state.ts";
import type { Journal } from "#tests/chaos/journal.ts";
import type { Link } from "#tests/chaos/link.ts";
import { inbox } from "#tests/chaos/wire.ts";

/** Marks in one frame. */
const atOnce = 200;

export class Delivered {
  readonly #said = new Map<string, number>();
  readonly #conversations: Conversations;
  readonly #journal: Journal;

  constructor(conversations: Conversations, journal: Journal) {
    this.#conversations = conversations;
    this.#journal = journal;
  }

  /** What was said before may be lost. */
  again(): void {
    this.#said.clear();
  }

  report(link: Link | undefined): void {
    if (!link?.ready) return;
    for (const id of this.#said.keys()) if (!this.#conversations.all.has(id)) this.#said.delete(id);
    const moved = [...this.#conversations.all].filter(([id, held]) => held.lastSeq > (this.#said.get(id) ?? 0));
    const marks = moved.slice(0, atOnce).map(([id, { lastSeq }]) => [id, lastSeq] as const);
    if (marks.length === 0) return;
    link.say("client-delivered", { device: "program", delivered: Object.fromEntries(marks) }, inbox);
    for (const [id, seq] of marks) {
      this.#said.set(id, seq);
      this.#journal.write("d", id, seq);
    }
  }
}
