/**
 * What a person alone keeps, as a device of theirs holds it: the settings of all conversations, and of a few of them
 * what was starred and deleted for oneself. Moved by the published rule: each part counts every event of its person.
 */
import type { Journal } from "#tests/chaos/journal.ts";
import { type Settings, settingsOf, type WireEvent } from "#tests/chaos/wire.ts";

type Ask = <T>(path: string, input: unknown) => Promise<T | null>;
type Part = { rev: number };
type List = Part & { settings: Map<string, Settings> };
type Marks = Part & { hidden: Set<number>; starred: Set<number> };
type ListAnswer = { rev: number; conversations: { id: string; settings: Settings }[] };
type MarksAnswer = { rev: number; hidden: number[]; starred: number[] };

/** Of so many conversations a device holds the marks: those with the lowest ids, so that a person's devices agree. */
const watched = 2;

export class Kept {
  /** Something is to be asked for. */
  behind = true;
  /** The conversations of which the marks are held. */
  ids: string[] = [];
  #list: List | undefined;
  readonly #marks = new Map<string, Marks>();
  /** My rev as it is known from anywhere. */
  #head = 0;
  #asking = false;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Holds everything up to this rev of mine. */
  isAt(rev: number): boolean {
    return !this.behind && this.#head >= rev;
  }

  /** My rev stands there, whether or not the events up to it came. */
  standsAt(rev: number): void {
    this.#head = Math.max(this.#head, rev);
    const parts: Part[] = [...(this.#list ? [this.#list] : []), ...this.#marks.values()];
    if (parts.some((part) => part.rev < this.#head)) this.behind = true;
  }

  hear(event: WireEvent): void {
    const id = event.conversationId ?? "";
    if (this.#isNext(this.#list, event) && event.settings) this.#list?.settings.set(id, event.settings);
    for (const [of, marks] of this.#marks) {
      if (!this.#isNext(marks, event) || of !== id) continue;
      for (const seq of event.seqs ?? []) {
        if (event.hidden !== undefined) put(marks.hidden, seq, event.hidden);
        if (event.starred !== undefined) put(marks.starred, seq, event.starred);
      }
    }
    // Another list: what is watched may be another, too.
    if (event.type === "conversation.added" || event.type === "conversation.removed") this.#forget();
    this.standsAt(event.rev);
  }

  #isNext(part: Part | undefined, event: WireEvent): boolean {
    if (!part || event.rev !== part.rev + 1 || event.type === "person.rev_changed") return false;
    part.rev = event.rev;
    return true;
  }

  #forget(): void {
    this.#list = undefined;
    this.behind = true;
  }

  /** Asks for what is behind. A failure leaves it behind. */
  async fetch(): Promise<void> {
    if (this.#asking || !this.behind) return;
    this.#asking = true;
    try {
      await this.#fetch();
      this.behind = this.#list === undefined;
      this.standsAt(this.#head);
    } catch {
      // Asked again by the poll.
    } finally {
      this.#asking = false;
    }
  }

  async #fetch(): Promise<void> {
    if (!this.#list || this.#list.rev < this.#head) {
      const list = await this.#ask<ListAnswer>("conversations.list", undefined);
      if (!list) return;
      this.#list = { rev: list.rev, settings: new Map(list.conversations.map(({ id, settings }) => [id, settings])) };
      this.ids = [...this.#list.settings.keys()].sort().slice(0, watched);
      for (const id of [...this.#marks.keys()]) if (!this.ids.includes(id)) this.#marks.delete(id);
    }
    for (const conversationId of this.ids) {
      if ((this.#marks.get(conversationId)?.rev ?? -1) >= this.#head) continue;
      const marks = await this.#ask<MarksAnswer>("messages.marks", { conversationId });
      if (!marks) {
        this.#marks.delete(conversationId);
        continue;
      }
      const { rev, hidden, starred } = marks;
      this.#marks.set(conversationId, { rev, hidden: new Set(hidden), starred: new Set(starred) });
    }
  }

  /** Writes down what is held in the end. */
  finish(journal: Journal): void {
    for (const [id, settings] of this.#list?.settings ?? []) journal.write("settings", id, settingsOf(settings));
    for (const [id, { hidden, starred }] of this.#marks)
      journal.write("kept-marks", id, rising(hidden), rising(starred));
    journal.write("kept-end", this.#list?.settings.size ?? 0, this.#marks.size);
  }
}

function put(all: Set<number>, seq: number, is: boolean): void {
  if (is) all.add(seq);
  else all.delete(seq);
}

export const rising = (all: Iterable<number>): number[] => [...all].sort((a, b) => a - b);
