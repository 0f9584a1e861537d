import type { ReceiptsEnvelope } from "#contracts/bus.ts";
import { inboxChannel } from "#contracts/channels.ts";
import { type DeliveredReport, receiptsEvent } from "#contracts/receipts.ts";
import { frame } from "#realtime/frames.ts";
import type { Hub } from "#realtime/hub.ts";
import type { Inboxes } from "#realtime/inboxes.ts";
import { toWire } from "#realtime/wire-frame.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { type Delivered, storeDelivered } from "#server/realtime/receipts.ts";

/**
 * How long reports are gathered before they are written, in milliseconds: the second tick follows a message within half a
 * second, and one statement holds what many devices report.
 */
const gatherMs = 250;
/** After a failure. */
const retryAfterMs = 1_000;
/** Marks in one statement. */
const batchSize = 1_000;
/** Beyond it reports are dropped: the devices say it again when they connect. */
const mostWaiting = 20_000;

type ChatReceiptsOptions = { sql: Sql; hasPeers: () => boolean };

/**
 * Stores what devices say they have received, and tells the members. It costs the messages' way nothing: reports come
 * after them, are gathered, and what is lost of them is asked for.
 */
export class ChatReceipts {
  private readonly options: ChatReceiptsOptions;
  private readonly hub: Hub;
  private readonly inboxes: Inboxes;
  /** The furthest mark of each conversation, person and class of device. */
  private readonly waiting = new Map<string, Delivered>();
  private timer: NodeJS.Timeout | undefined;
  private busy = false;

  constructor(options: ChatReceiptsOptions, hub: Hub, inboxes: Inboxes) {
    this.options = options;
    this.hub = hub;
    this.inboxes = inboxes;
  }

  report(personId: string, { device, delivered }: DeliveredReport): void {
    for (const [conversationId, seq] of Object.entries(delivered)) {
      if (!this.hub.connected.isMember(conversationId, personId)) continue;
      const key = `${conversationId} ${personId} ${device}`;
      const known = this.waiting.get(key);
      if (known) known.seq = Math.max(known.seq, seq);
      else if (this.waiting.size < mostWaiting) this.waiting.set(key, { conversationId, personId, device, seq });
    }
    this.schedule(gatherMs);
  }

  /** To the other members on this worker, in one frame for all of them; of several changes each gets their own, too. */
  deliver({ receipts, hiddenFrom }: ReceiptsEnvelope): void {
    const [first, ...others] = receipts.changes;
    const leftOut = first && others.length === 0 ? [...hiddenFrom, first.personId] : hiddenFrom;
    const members = this.hub.connected.membersOf(receipts.conversationId).filter((one) => !leftOut.includes(one));
    if (members.length === 0) return;
    this.inboxes.push(members, toWire(frame(receiptsEvent, receipts, inboxChannel)));
  }

  close(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private schedule(afterMs: number): void {
    if (this.timer || this.busy || this.waiting.size === 0) return;
    this.timer = setTimeout(() => void this.flush(), afterMs).unref();
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
    const batch = [...this.waiting.entries()].slice(0, batchSize);
    for (const [key] of batch) this.waiting.delete(key);
    let next = gatherMs;
    try {
      const toPeers = this.options.hasPeers();
      const marks = batch.map(([, one]) => one);
      const envelopes = await storeDelivered(this.options.sql, marks, toPeers);
      // With peers the bus brings them here, too.
      if (!toPeers) for (const envelope of envelopes) this.deliver(envelope);
    } catch (error) {
      log.warn({ err: error }, "receipts could not be stored; trying again");
      for (const [key, one] of batch) if (!this.waiting.has(key)) this.waiting.set(key, one);
      next = retryAfterMs;
    } finally {
      this.busy = false;
      this.schedule(next);
    }
  }
}
