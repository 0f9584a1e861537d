import type { ChangesSince } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, MessagePage } from "#contracts/messages/message.ts";

/**
 * All that a follower remembers: `rev`, the number of the last change it knows, and the `seq` of the message to show
 * next. Each method answers the messages that are to be shown now. No network and no clock, so it can be reasoned about.
 */
export class Feed {
  #rev: number | null = null;
  #nextSeq: number;
  /** Messages that came before one with a lower `seq`. */
  readonly #early = new Map<number, Message>();

  constructor(nextSeq: number) {
    this.#nextSeq = nextSeq;
  }

  /** Null until the conversation was opened. */
  get rev(): number | null {
    return this.#rev;
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  /**
   * The whole rule of completeness: the next number is applied, a number I have is dropped, and any other shows a gap,
   * which `changesSince` closes. A bare number (`conversation.rev_changed`) has to be asked for, too.
   */
  hear(event: ConversationEvent): Message[] | "gap" {
    if (this.#rev === null) return "gap";
    if (event.rev <= this.#rev) return [];
    if (event.rev > this.#rev + 1 || event.type === "conversation.rev_changed") return "gap";
    this.#rev = event.rev;
    if ("message" in event) this.#keep([event.message]);
    return this.#inOrder();
  }

  /** One answer of `changesSince` that is not a `reset`. Its rows are in `rev` order, and an old message may change. */
  catchUp(answer: ChangesSince): Message[] {
    this.#keep(answer.changes.flatMap((change) => change.message ?? []));
    this.#rev = answer.nextRev ?? answer.head.rev;
    return answer.nextRev === null ? this.#completeTo(answer.head.lastSeq) : this.#inOrder();
  }

  /**
   * One page of history, asked for with `after: nextSeq - 1`. The last page carries the `rev` to go on from. (A client
   * that also shows changes of old messages goes on from the first page's `rev` instead.)
   */
  open(page: MessagePage): Message[] {
    this.#keep(page.messages);
    if (page.hasNewer) return this.#completeTo(page.messages.at(-1)?.seq ?? 0);
    this.#rev = page.head.rev;
    return this.#completeTo(page.head.lastSeq);
  }

  /** What I have shown already is not kept: it changed, and on paper it stays as it was. */
  #keep(messages: Message[]): void {
    for (const message of messages) if (message.seq >= this.#nextSeq) this.#early.set(message.seq, message);
  }

  #inOrder(): Message[] {
    const shown: Message[] = [];
    for (let next = this.#early.get(this.#nextSeq); next; next = this.#early.get(this.#nextSeq)) {
      this.#early.delete(next.seq);
      shown.push(next);
      this.#nextSeq += 1;
    }
    return shown;
  }

  /** The server told everything up to `lastSeq`: what is missing there (from before I joined) is not for me. */
  #completeTo(lastSeq: number): Message[] {
    const shown = [...this.#early.values()].filter(({ seq }) => seq <= lastSeq).sort((a, b) => a.seq - b.seq);
    for (const { seq } of shown) this.#early.delete(seq);
    this.#nextSeq = Math.max(this.#nextSeq, lastSeq + 1);
    return [...shown, ...this.#inOrder()];
  }
}
