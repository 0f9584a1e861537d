/** How a device asks for what it missed: it compares heads, opens what is new, and asks for changes or pages. */
import { Unanswered } from "#tests/chaos/api.ts";
import type { Conversations, Missed } from "#tests/chaos/client-state.ts";
import type { Change, ChangesSince, HeadList, InboxHeads, Page, WireEvent } from "#tests/chaos/wire.ts";

const pageSize = 100;
/** Events kept while a question about their conversation travels; more would be asked for again. */
const mostKept = 500;

/** Null when I may not know. Throws `Unanswered`. */
type Ask = <T>(path: string, input: unknown) => Promise<T | null>;

export class CatchUp {
  personRev = 0;
  /** Something could not be asked for. */
  behind = false;
  /** Questions under way, one per conversation, with what was heard meanwhile: it follows the answer. */
  readonly #asking = new Map<string, { kept: WireEvent[]; closed: Promise<boolean> }>();
  #syncing: Promise<void> | undefined;
  readonly #conversations: Conversations;
  readonly #ask: Ask;

  constructor(conversations: Conversations, ask: Ask) {
    this.#conversations = conversations;
    this.#ask = ask;
  }

  /** Compares with the heads of everything that is mine. Two at once are one; a failure is repeated by the poll. */
  sync(): Promise<void> {
    this.#syncing ??= this.#compare()
      .then(
        () => {
          this.behind = false;
        },
        () => {
          this.behind = true;
        },
      )
      .finally(() => {
        this.#syncing = undefined;
      });
    return this.#syncing;
  }

  /** The same with heads that the worker told. */
  compare({ rev, heads }: InboxHeads): void {
    this.#closeBehind(rev, new Map(Object.entries(heads))).catch(() => {
      this.behind = true;
    });
  }

  async #compare(): Promise<void> {
    const list = await this.#ask<HeadList>("conversations.heads", undefined);
    if (list) await this.#closeBehind(list.personRev, new Map(list.heads.map(({ id, rev }) => [id, rev])));
  }

  async #closeBehind(personRev: number, heads: ReadonlyMap<string, number>): Promise<void> {
    // Heads that are older than what I heard meanwhile take nothing away.
    if (personRev >= this.personRev) {
      this.personRev = personRev;
      for (const id of [...this.#conversations.all.keys()]) if (!heads.has(id)) this.#conversations.drop(id);
    }
    const isBehind = ([id, rev]: [string, number]) => (this.#conversations.all.get(id)?.rev ?? -1) < rev;
    const behind = [...heads].filter(isBehind);
    const closed = await Promise.all(behind.map(([id]) => this.close(id, [])));
    // A question that was under way may have been answered before these heads.
    const again = await Promise.all(behind.filter(isBehind).map(([id]) => this.close(id, [])));
    if (closed.includes(false) || again.includes(false)) throw new Unanswered("still behind");
  }

  /**
   * Opens or catches up one conversation. What is heard while the question travels is kept and follows the answer.
   * False when it is not known to be closed.
   */
  close(id: string, heard: readonly WireEvent[]): Promise<boolean> {
    const asking = this.#asking.get(id);
    if (asking) {
      if (asking.kept.length < mostKept) asking.kept.push(...heard);
      return asking.closed;
    }
    const kept = [...heard];
    const closed = this.#closeAsking(id, kept);
    this.#asking.set(id, { kept, closed });
    return closed;
  }

  async #closeAsking(id: string, kept: WireEvent[]): Promise<boolean> {
    try {
      do {
        while (!(await this.#step(id)));
      } while (kept.splice(0).some((event) => event.conversationId && this.#conversations.hear(event, id) !== "done"));
      return true;
    } catch {
      this.behind = true;
      return false;
    } finally {
      this.#asking.delete(id);
    }
  }

  /** True when nothing more is to be asked. */
  async #step(conversationId: string): Promise<boolean> {
    const held = this.#conversations.all.get(conversationId);
    if (!held) {
      const page = await this.#ask<Page>("messages.page", { conversationId, limit: pageSize });
      if (page && !this.#conversations.all.has(conversationId)) this.#conversations.open(conversationId, page);
      return true;
    }
    const missed = await this.#askSince(conversationId, held.rev);
    if (!missed) {
      this.#conversations.drop(conversationId);
      return true;
    }
    if (missed === "reset") return this.#openAfresh(conversationId, held.base);
    return this.#conversations.catchUp(conversationId, missed) === "done";
  }

  /** All changes since a rev, from as many answers as it takes; null when I may not know. */
  async #askSince(conversationId: string, since: number): Promise<Missed | "reset" | null> {
    const changes: Change[] = [];
    for (let rev = since; ; ) {
      const answer = await this.#ask<ChangesSince>("conversations.changesSince", { conversationId, rev });
      if (!answer) return null;
      if (answer.reset) return "reset";
      changes.push(...answer.changes);
      if (answer.nextRev === null) return { changes, head: answer.head };
      rev = answer.nextRev;
    }
  }

  /**
   * Pages from the first message I hold: nothing is skipped, however much was missed, and what changed is replaced.
   * Changes since the first page are asked for next.
   */
  async #openAfresh(conversationId: string, base: number): Promise<boolean> {
    let standing: number | undefined;
    for (let after = base; ; ) {
      const page = await this.#ask<Page>("messages.page", { conversationId, after, limit: pageSize });
      const first = page?.messages[0];
      // I am not in it any more, or came back with a later beginning.
      if (!page || (first && first.seq > after + 1)) {
        this.#conversations.drop(conversationId);
        return !page;
      }
      standing ??= page.head.rev;
      this.#conversations.replace(conversationId, page);
      after = page.messages.at(-1)?.seq ?? after;
      if (page.hasNewer) continue;
      this.#conversations.standAt(conversationId, standing);
      return false;
    }
  }
}
