import type { AppEvent, Envelope } from "#contracts/bus.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { readOversizedEvent } from "#server/realtime/app-events.ts";

/**
 * Applies the envelopes of one app in the order in which they arrived. An event that was too large for a notification is
 * read from its table first; later envelopes wait for that read.
 */
export class EnvelopeQueue {
  private readonly sql: Sql;
  private readonly appId: string;
  private readonly apply: (envelope: Envelope) => void;
  private pendingRead: Promise<void> | null = null;

  constructor(sql: Sql, appId: string, apply: (envelope: Envelope) => void) {
    this.sql = sql;
    this.appId = appId;
    this.apply = apply;
  }

  add(envelope: Envelope): void {
    const pendingRead = this.pendingRead
      ? this.pendingRead.then(() => this.applyOrRead(envelope) ?? undefined)
      : this.applyOrRead(envelope);
    if (!pendingRead) return;
    this.pendingRead = pendingRead;
    this.clearPending(pendingRead);
  }

  private clearPending(pendingRead: Promise<void>): void {
    void pendingRead.finally(() => {
      if (this.pendingRead === pendingRead) this.pendingRead = null;
    });
  }

  private applyOrRead(envelope: Envelope): Promise<void> | null {
    if ("eventRef" in envelope && envelope.eventRef !== undefined && !envelope.event) {
      return readOversizedEvent(this.sql, envelope.eventRef)
        .then((text) => {
          if (text !== undefined) this.apply({ ...envelope, event: JSON.parse(text) as AppEvent });
        })
        .catch((error) => log.warn({ err: error, app: this.appId }, "an oversized event could not be read"));
    }
    this.apply(envelope);
    return null;
  }
}
