import { busChannel, type Envelope, envelope } from "#contracts/bus.ts";
import { openSql, type Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { sendHeartbeat } from "#server/realtime/heartbeat.ts";

const heartbeatIntervalMs = 2_000;
/**
 * Without a heartbeat for this long the connection counts as broken: a Postgres client gets no error when a connection
 * is half open.
 */
const heartbeatTimeoutMs = 3_000;
const maxPauseMs = 5_000;

export type BusListener = {
  /** True for a notification that needs nothing more: this worker told its clients already. */
  isTold(payload: string): boolean;
  /** True for an envelope, not validated yet, that changes nothing here. */
  ignores(raw: unknown): boolean;
  onEnvelope(envelope: Envelope): void;
  /** LISTEN works again after a break. Notifications sent meanwhile were missed. */
  onReconnect(): void;
};

export type Bus = {
  /** True while this worker's own heartbeat came back within the last few seconds. */
  isHealthy(): boolean;
  close(): Promise<void>;
};

/**
 * Listens to `im_bus` on one direct connection and reconnects when heartbeats stop. Throws when the first heartbeat
 * does not come back: a transaction pooler accepts LISTEN and delivers nothing, and the worker must not start then.
 */
export async function openBus(url: string, pool: Sql, listener: BusListener): Promise<Bus> {
  const listenerId = crypto.randomUUID();
  let connection = openSql(url, 1);
  let lastHeartbeatAt = 0;
  let count = 0;
  let closed = false;
  let onFirstHeartbeat = () => {};
  const firstHeartbeat = new Promise<void>((resolve) => {
    onFirstHeartbeat = resolve;
  });

  function onPayload(text: string): void {
    if (listener.isTold(text)) return;
    for (const one of readPayload(text, listener.ignores)) {
      if ("batch" in one) continue;
      if (!("heartbeat" in one)) listener.onEnvelope(one);
      else if (one.heartbeat === listenerId) {
        lastHeartbeatAt = Date.now();
        onFirstHeartbeat();
      }
    }
  }

  /**
   * Runs LISTEN on the current connection. After a clean break postgres.js listens again by itself, and calls back then
   * too.
   */
  async function listen(first: boolean): Promise<void> {
    let established = !first;
    await connection.listen(busChannel, onPayload, () => {
      lastHeartbeatAt = Date.now();
      if (established) listener.onReconnect();
      established = true;
    });
  }

  async function heartbeat(): Promise<void> {
    count += 1;
    await sendHeartbeat(pool, listenerId, count).catch((error) =>
      log.warn({ err: error }, "the heartbeat was not sent"),
    );
  }

  try {
    await listen(true);
    await heartbeat();
    await Promise.race([firstHeartbeat, failAfter(heartbeatTimeoutMs)]);
  } catch (error) {
    // The worker does not start, so postgres.js must not keep trying to listen.
    await connection.end({ timeout: 0 });
    throw error;
  }

  const timer = setInterval(() => void heartbeat(), heartbeatIntervalMs);
  const watch = (async () => {
    for (let attempt = 0; !closed; ) {
      await pause(500);
      if (closed || Date.now() - lastHeartbeatAt < heartbeatTimeoutMs) {
        attempt = 0;
        continue;
      }
      log.warn({ silentMs: Date.now() - lastHeartbeatAt }, "no heartbeat arrived over LISTEN; reconnecting");
      void connection.end({ timeout: 0 }).catch(() => {});
      connection = openSql(url, 1);
      await Promise.race([listen(false), pause(heartbeatTimeoutMs)]).catch(() => {});
      await heartbeat();
      await pause(Math.min(maxPauseMs, 250 * 2 ** attempt++) * (0.5 + Math.random()));
    }
  })();

  return {
    isHealthy: () => Date.now() - lastHeartbeatAt < heartbeatTimeoutMs + heartbeatIntervalMs,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await watch;
      await connection.end({ timeout: 1 });
    },
  };
}

const failAfter = (ms: number) =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(nothingDelivered)), ms).unref();
  });

const nothingDelivered =
  "LISTEN was accepted but nothing was delivered. DATABASE_URL_DIRECT must lead straight to Postgres, not to a transaction pooler.";

/**
 * The envelopes of a notification, without those that `ignores` says no to before they are validated. One of a newer
 * version is skipped: it leaves a gap, which the next envelope's rev reveals.
 */
export function readPayload(text: string, ignores: (raw: unknown) => boolean = () => false): Envelope[] {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (!Array.isArray(payload)) {
    log.warn("a payload on the bus was no list in JSON");
    return [];
  }
  return payload.flatMap((raw: unknown) => {
    if (ignores(raw)) return [];
    const read = envelope.safeParse(raw);
    if (read.success) return [read.data];
    log.warn({ issue: read.error.issues[0]?.message }, "an envelope on the bus could not be read");
    return [];
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
