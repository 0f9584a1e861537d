import { limits } from "#contracts/limits.ts";
import { previewOf } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import type { Me } from "#server/me.ts";
import { eventForm, sentEnvelope } from "#server/messages/send/event-form.ts";
import { sendRates } from "#server/messages/send/send-result.ts";
import { sendPlainMessages } from "#server/messages/store.ts";
import { toMessage } from "#server/messages/view.ts";
import type { PlainMessage } from "#server/rpc/plain-message.ts";

export type Offer = {
  me: Me;
  conversationId: string;
  /** Null for a message that only waits until it may take the ordinary road. */
  plain: PlainMessage | null;
  /** `stored` is null when the message has to take the ordinary road, which decides whether and how it is stored. */
  done: (stored: Message | null) => void;
};
// For the worker, which imports nothing of server/messages/.
export { sentEnvelope };

type Plain = Offer & { plain: PlainMessage };

export type ExpressOptions = {
  /** A connection of its own, so that a batch waits for nothing else. */
  sql: Sql;
  /** Tells this worker's notifications from those of others. */
  workerId: string;
  /** Whether other workers listen: they are sent events; without them a reference is enough. */
  hasPeers: () => boolean;
  /** Applies a notification of our own that `isTold` held back, when its batch was not answered after all. */
  apply: (payload: string) => void;
};

const maxBatch = 256;
/** A batch takes milliseconds. After this long its connection may be dead, and others shall not wait for it. */
const stuckAfterMs = 2_000;
/** So many failed batches are remembered, to recognise their notifications. */
const maxFailed = 1_000;
/** What the numbers, the time and the batch's name add to an event inside a payload. */
const envelopeBytes = 250;

/**
 * The express path for plain messages of people with a session that the worker knows to be active. One batch at a time goes to
 * `send_plain_messages`; the events of what it stored are delivered when it answers, that is after the commit, and this
 * worker skips the batch's own notification. The rules:
 *
 * - What the function does not store, and everything when a batch fails, takes the ordinary road (`done(null)`), which is
 *   idempotent: it finds what was stored all the same. The path itself refuses nothing and answers nothing but `stored`.
 * - Order: messages of one conversation are never in two batches at once, and while one of them is on the ordinary road
 *   (`ordinary`) the next ones follow it there.
 * - If the connection breaks between commit and answer, the clients here have not heard the messages, so the notification of a
 *   batch that was not answered is applied like any other (`isTold`).
 * - While a batch is stuck, messages of other conversations take the ordinary road.
 */
export class Express {
  private readonly options: ExpressOptions;
  private readonly prefix: string;
  private queue: Offer[] = [];
  private scheduled = false;
  private count = 0;
  private inFlight: { n: number; startedAt: number; heard: string[] } | null = null;
  /** Conversations of the batch in flight. */
  private readonly away = new Set<string>();
  /** The number of sends of a conversation that are on the ordinary road. */
  private readonly onOrdinaryRoad = new Map<string, number>();
  private readonly failed = new Set<number>();
  private readonly timer = setInterval(() => this.releaseWhenStuck(), 1_000);

  constructor(options: ExpressOptions) {
    this.options = options;
    this.prefix = `[{"batch":"${options.workerId}/`;
  }

  offer(offer: Offer): void {
    this.queue.push(offer);
    if (this.inFlight) this.releaseWhenStuck();
    else if (!this.scheduled) {
      this.scheduled = true;
      // Whatever arrived in the same turn goes together.
      setImmediate(this.pump);
    }
  }

  /** Whether the path holds messages of this conversation, which another one of it must not overtake. */
  holds(conversationId: string): boolean {
    return this.away.has(conversationId) || this.queue.some((one) => one.conversationId === conversationId);
  }

  /** Runs a send of the ordinary road; meanwhile the conversation's messages take that road too. */
  async ordinary(conversationId: string, send: () => Promise<void>): Promise<void> {
    this.onOrdinaryRoad.set(conversationId, (this.onOrdinaryRoad.get(conversationId) ?? 0) + 1);
    try {
      await send();
    } finally {
      const left = (this.onOrdinaryRoad.get(conversationId) ?? 1) - 1;
      if (left > 0) this.onOrdinaryRoad.set(conversationId, left);
      else this.onOrdinaryRoad.delete(conversationId);
    }
  }

  /** Whether a notification needs nothing more, because its batch was answered, or its answer is still to come. */
  isTold(payload: string): boolean {
    if (!payload.startsWith(this.prefix)) return false;
    const n = Number.parseInt(payload.slice(this.prefix.length), 10);
    if (this.inFlight?.n !== n) return !this.failed.has(n);
    this.inFlight.heard.push(payload);
    return true;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private readonly pump = (): void => {
    this.scheduled = false;
    if (this.inFlight) return;
    const { batch, ordinary } = this.takeBatch();
    if (batch.length > 0) void this.write(batch);
    for (const one of ordinary) answer(one, null);
  };

  /** The oldest that may go. The same message twice is never in one batch: the second shall find the first. */
  private takeBatch(): { batch: Plain[]; ordinary: Offer[] } {
    const batch: Plain[] = [];
    const ordinary: Offer[] = [];
    const later: Offer[] = [];
    const taken = new Set<string>();
    const held = new Set<string>();
    const keys = new Set<string>();
    const leaving = new Set<string>();
    for (const one of this.queue) {
      const { conversationId, plain, me } = one;
      const key = plain ? plain.clientId + me.personId : "";
      const mustWait = plain ? batch.length === maxBatch || keys.has(key) : taken.has(conversationId);
      if (leaving.has(conversationId) || this.onOrdinaryRoad.has(conversationId)) ordinary.push(one);
      else if (mustWait || held.has(conversationId)) {
        held.add(conversationId);
        later.push(one);
      } else if (!plain) {
        leaving.add(conversationId);
        ordinary.push(one);
      } else {
        keys.add(key);
        taken.add(conversationId);
        batch.push({ ...one, plain });
      }
    }
    this.queue = later;
    return { batch, ordinary };
  }

  private async write(batch: Plain[]): Promise<void> {
    this.count += 1;
    const inFlight = { n: this.count, startedAt: Date.now(), heard: [] as string[] };
    this.inFlight = inFlight;
    for (const { conversationId } of batch) this.away.add(conversationId);
    const stored = await this.store(inFlight.n, batch);
    this.inFlight = null;
    this.away.clear();
    for (const [at, one] of batch.entries()) answer(one, stored[at] ?? null);
    if (this.failed.has(inFlight.n)) for (const payload of inFlight.heard) this.options.apply(payload);
    this.pump();
  }

  /** The messages that were stored, by their index in the batch. */
  private async store(n: number, batch: readonly Plain[]): Promise<(Message | undefined)[]> {
    const stored: (Message | undefined)[] = [];
    try {
      const sendings = batch.map(({ me, plain }) => ({ ...plain, me, preview: previewOf(plain.content) }));
      const messages = sendings.map((one) => ({ ...one, content: JSON.stringify(one.content) }));
      const forms = this.options.hasPeers()
        ? sendings.map((one, at) => shortForm(eventForm(one), messages[at]?.content ?? ""))
        : null;
      const name = `{"batch":"${this.options.workerId}/${n}"}`;
      const answer = await sendPlainMessages(this.options.sql, { messages, forms, batch: name }, sendRates());
      for (const { n: place, seq, rev } of answer?.stored ?? []) {
        const one = sendings[place - 1];
        if (!one || !answer) continue;
        const row = { ...one, senderId: one.me.personId, seq, rev, sentAt: answer.sentAt };
        stored[place - 1] = toMessage({ ...row, reactions: null, editedAt: null, pinnedAt: null });
      }
    } catch (error) {
      log.warn({ err: error }, "a batch of the express path failed; its messages take the ordinary road");
      this.failed.add(n);
      const [oldest] = this.failed;
      if (this.failed.size > maxFailed && oldest !== undefined) this.failed.delete(oldest);
    }
    return stored;
  }

  private releaseWhenStuck(): void {
    if (!this.inFlight || Date.now() - this.inFlight.startedAt < stuckAfterMs) return;
    const released = this.queue.filter(({ conversationId }) => !this.away.has(conversationId));
    this.queue = this.queue.filter(({ conversationId }) => this.away.has(conversationId));
    for (const one of released) answer(one, null);
  }
}

/** What goes wrong with one message is not its neighbours' fault. */
function answer({ done }: Offer, stored: Message | null): void {
  try {
    done(stored);
  } catch (error) {
    log.error({ err: error }, "the answer to a message could not be handled");
  }
}

/** Null when the event would not fit into one payload. */
const shortForm = (form: string, content: string): string | null =>
  Buffer.byteLength(form) + Buffer.byteLength(content) + envelopeBytes > limits.notifyBytes ? null : form;
