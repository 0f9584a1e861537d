/** A client that outlives its connections: it keeps the revs it holds, as the browser's cache does, and compares. */
import { Inbox } from "#bench/clients/inbox.ts";
import type { Person } from "#bench/people.ts";
import type { ChangesSince } from "#contracts/conversations.ts";
import { makeTicket } from "#server/realtime/ticket.ts";

export class Returning {
  readonly #person: Person;
  readonly #held = new Map<string, number>();
  readonly #asked = new Map<string, { resolve: (changes: ChangesSince) => void; reject: (error: Error) => void }>();
  #inbox: Inbox | undefined;
  #ticket = "";
  #calls = 0;

  constructor(person: Person) {
    this.#person = person;
  }

  /** The browser keeps a fresh ticket at all times; making ten thousand is not part of the storm. */
  prepare(): void {
    this.#ticket = makeTicket(this.#person).ticket;
  }

  /** Resolves once nothing is missing; says whether something was. */
  async comeBack(port: number): Promise<boolean> {
    if (!this.#ticket) this.prepare();
    const event = (frame: Buffer) => this.#hear(frame);
    const result = (_id: string, frame: Buffer) => this.#answered(frame);
    const closed = () => this.#broken();
    this.#inbox = await Inbox.open(port, this.#person, { event, result, closed }, this.#ticket);
    const heads = Object.entries(this.#inbox.heads.heads ?? {});
    if (heads.length === 0) throw new Error("the worker named no heads");
    const first = this.#held.size === 0;
    const behind = first ? [] : heads.filter(([id, rev]) => rev > (this.#held.get(id) ?? 0));
    await Promise.all(behind.map(([id]) => this.#catchUp(id)));
    for (const [id, rev] of heads) this.#hold(id, rev);
    return behind.length > 0;
  }

  isBehind(revs: ReadonlyMap<string, number>): boolean {
    return [...this.#held].some(([id, rev]) => rev !== revs.get(id));
  }

  leave(): void {
    this.#inbox?.close();
  }

  async #catchUp(conversationId: string): Promise<void> {
    const id = String(++this.#calls);
    const rev = this.#held.get(conversationId) ?? 0;
    const changes = await new Promise<ChangesSince>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#inbox?.call(id, "conversations.changesSince", { conversationId, rev });
    });
    const revs = changes.changes.map((change) => change.rev);
    // Only messages were sent, so each rev is one of them: none may be missing.
    if (revs.some((one, at) => one !== rev + 1 + at)) throw new Error(`a change is missing after ${rev}: ${revs}`);
    this.#hold(conversationId, revs.at(-1) ?? rev);
  }

  #answered(frame: Buffer): void {
    const { data } = JSON.parse(frame.toString());
    if (!data.result) throw new Error(`the call was refused: ${frame}`);
    this.#asked.get(data.id)?.resolve(data.result.data);
    this.#asked.delete(data.id);
  }

  #broken(): void {
    for (const { reject } of this.#asked.values()) reject(new Error("the connection broke before the answer"));
    this.#asked.clear();
  }

  #hear(frame: Buffer): void {
    const event: { conversationId?: string; rev?: number } = JSON.parse(JSON.parse(frame.toString()).data);
    if (event.conversationId && event.rev) this.#hold(event.conversationId, event.rev);
  }

  /** Events may come before the answer about what was before them. */
  #hold(id: string, rev: number): void {
    this.#held.set(id, Math.max(rev, this.#held.get(id) ?? 0));
  }
}
