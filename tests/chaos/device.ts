/**
 * One device of one person: a plain client. It holds a `rev` per conversation, applies the next, drops the lower, asks
 * for what is missing, compares after every reconnect, and writes down everything it sees and does.
 */
import path from "node:path";
import { type Answer, type Call, callApi, readAnswers, readLane, Unanswered } from "#tests/chaos/api.ts";
import { CatchUp } from "#tests/chaos/catch-up.ts";
import { Conversations } from "#tests/chaos/client-state.ts";
import { Journal } from "#tests/chaos/journal.ts";
import { Kept } from "#tests/chaos/kept.ts";
import { Link } from "#tests/chaos/link.ts";
import type { DeviceSpec, Places } from "#tests/chaos/plan.ts";
import type { Random } from "#tests/chaos/random.ts";
import { Delivered } from "#tests/chaos/receipts.ts";
import type { WireEvent } from "#tests/chaos/wire.ts";

const patience = 4_000;
const lanePatience = 3_000;
/** Without a link the tables are asked this often. */
const pollEvery = 5_000;

export class Device {
  readonly spec: DeviceSpec;
  readonly journal: Journal;
  readonly conversations: Conversations;
  readonly kept: Kept;
  readonly delivered: Delivered;
  readonly random: Random;
  readonly counts = { frames: 0, applied: 0, links: 0, broken: 0, lane: 0 };
  token: string;
  sessionNo = 0;
  /** Changes of messages that it asked for, to number them. */
  changes = 0;
  readonly #places: Places;
  #link: Link | undefined;
  #ticket: { value: string; until: number } | undefined;
  #failures = 0;
  #polledAt = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #catchUp: CatchUp;

  constructor(spec: DeviceSpec, places: Places, random: Random) {
    this.spec = spec;
    this.token = spec.token;
    this.random = random;
    this.#places = places;
    this.journal = new Journal(path.join(places.directory, "devices", `${spec.name}.jsonl.gz`));
    this.conversations = new Conversations(this.journal, spec.personId);
    this.delivered = new Delivered(this.conversations, this.journal);
    this.kept = new Kept((asked, input) => this.#ask(asked, input));
    this.#catchUp = new CatchUp(this.conversations, (asked, input) => this.#ask(asked, input));
    this.journal.write("device", spec.name, spec.personId);
  }

  get ready(): boolean {
    return this.#link?.ready === true && !this.#catchUp.behind;
  }

  /** -1 when it is not held. */
  revOf(id: string): number {
    return this.conversations.all.get(id)?.rev ?? -1;
  }

  get link(): Link | undefined {
    return this.#link;
  }

  async start(): Promise<void> {
    await this.#connect();
    this.#poll();
  }

  /** Another session of the same person goes on where the ended one stopped. */
  signInAgain(token: string): void {
    this.token = token;
    this.sessionNo += 1;
    this.#ticket = undefined;
    this.#link?.end(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#link?.end(0);
    await this.journal.close();
  }

  /** One batch to one server, chance's or the named one. */
  async call(calls: readonly Call[], server?: number): Promise<(Answer | Unanswered)[]> {
    const port = this.#places.servers[server ?? this.random.int(0, this.#places.servers.length - 1)] ?? 0;
    const since = Date.now();
    const text = await callApi(port, this.token, calls, patience);
    if (calls[0]?.query) this.journal.write("h", since, calls[0].path, calls[0].input, text);
    if (text.includes('"reason":"internal_error"')) {
      this.counts.broken += 1;
      this.journal.write("b", calls[0]?.path, text.slice(0, 500));
    }
    return readAnswers(text, calls.length);
  }

  /** One question; null when I may not know. Throws `Unanswered`. */
  async #ask<T>(asked: string, input: unknown, query = true): Promise<T | null> {
    const call = { path: asked, input, query };
    const [answer] = query ? ((await this.callOnLane([call])) ?? (await this.call([call]))) : await this.call([call]);
    if (!answer || answer instanceof Unanswered) throw answer ?? new Unanswered("no answer");
    // The shape is the contract's; what is wrong in it the oracle finds.
    if ("data" in answer) return answer.data as T;
    if (answer.reason === "not_found") return null;
    throw new Unanswered(answer.reason);
  }

  get callsOverSocket(): boolean {
    return this.spec.via === "socket" && this.#link?.ready === true;
  }

  /** The same calls over the socket, for devices that do so; undefined when they have to travel by HTTP. */
  async callOnLane(calls: readonly Call[]): Promise<(Answer | Unanswered)[] | undefined> {
    const link = this.#link;
    if (!link || !this.callsOverSocket) return undefined;
    const since = Date.now();
    try {
      return await Promise.all(
        calls.map(async ({ path: asked, input, query }) => {
          const raw = await link.call(asked, input, lanePatience);
          if (query) this.journal.write("h", since, asked, input, raw);
          this.counts.lane += 1;
          return readLane(raw);
        }),
      );
    } catch {
      // Their results are unknown; the same calls over HTTP have the same effect.
      for (const { input } of calls) {
        const { clientId } = (input ?? {}) as { clientId?: string };
        if (clientId) this.journal.write("u", clientId, "the lane broke");
      }
      return undefined;
    }
  }

  async #connect(): Promise<void> {
    if (this.#closed) return;
    try {
      if (!this.#ticket || this.#ticket.until < Date.now()) {
        const proof = await this.#ask<{ ticket: string }>("realtime.authorize", {}, false);
        this.#ticket = { value: proof?.ticket ?? "", until: Date.now() + 240_000 };
      }
      if (this.#closed) return;
      this.#openLink(this.#ticket.value);
    } catch {
      this.#retry();
    }
  }

  #openLink(ticket: string): void {
    const { workers, key } = this.#places;
    const port = this.random.pick(workers);
    this.counts.links += 1;
    const number = this.counts.links;
    const session = this.sessionNo;
    const link = new Link(`ws://127.0.0.1:${port}/app/${key}?protocol=7`, ticket, this.spec.personId, this.random, {
      opened: () => this.journal.write("on", number, session),
      subscribed: (heads, raw) => {
        this.#failures = 0;
        this.journal.write("p", number, raw);
        this.delivered.again();
        if (this.#catchUp.behind) void this.#catchUp.sync();
        this.#catchUp.compare(heads);
        this.kept.standsAt(heads.rev);
      },
      frame: (raw) => {
        this.counts.frames += 1;
        this.journal.write("f", number, raw);
        this.#hear(raw);
      },
      closed: (code) => {
        this.journal.write("off", number, code);
        if (code === 4009) this.#ticket = undefined;
        if (this.#link === link) this.#link = undefined;
        this.#retry();
      },
    });
    this.#link = link;
  }

  #retry(): void {
    if (this.#closed) return;
    const wait = Math.min(2_000, 150 * 2 ** this.#failures) * (0.5 + this.random.next());
    this.#failures += 1;
    setTimeout(() => void this.#connect(), wait);
  }

  /** What could not be asked for is asked again soon; without a link the tables are asked now and then. */
  #poll(): void {
    this.#timer = setTimeout(
      async () => {
        const alone = !this.#link?.ready && Date.now() - this.#polledAt > pollEvery;
        if (alone) this.#polledAt = Date.now();
        if (alone || this.#catchUp.behind) await this.#catchUp.sync();
        this.kept.standsAt(this.#catchUp.personRev);
        await this.kept.fetch();
        this.delivered.report(this.#link);
        if (!this.#closed) this.#poll();
      },
      this.random.int(300, 700),
    );
  }

  #hear(raw: string): void {
    const { data } = JSON.parse(raw) as { data: string };
    const event = JSON.parse(data) as WireEvent;
    // Receipts and typing have no number, and nothing here holds them.
    if (event.scope === undefined) return;
    if (event.scope === "conversation" && event.conversationId) {
      const verdict = this.conversations.hear(event, event.conversationId);
      if (verdict !== "done") void this.#catchUp.close(event.conversationId, [event]);
      return;
    }
    this.kept.hear(event);
    void this.kept.fetch();
    if (event.rev <= this.#catchUp.personRev) return;
    const next = event.rev === this.#catchUp.personRev + 1 && event.type !== "person.rev_changed";
    if (!next) return void this.#catchUp.sync();
    this.#catchUp.personRev = event.rev;
    if (event.type === "conversation.added" && event.conversation)
      void this.#catchUp.close(event.conversation.id, [event]);
    if (event.type === "conversation.removed" && event.conversationId) this.conversations.drop(event.conversationId);
  }
}
