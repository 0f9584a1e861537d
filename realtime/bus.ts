import { busChannel, busPayload, type Envelope } from "#contracts/bus.ts";
import { sendBeat } from "#server/live/beat.ts";
import { log, openSql, type Sql } from "#server/live/database.ts";

const beatEvery = 2_000;
/** Silence of this length is death: Postgres clients give no sign when a connection is half open. */
const silenceLimit = 3_000;
const longestWait = 5_000;

export type BusListener = {
  hear(envelope: Envelope): void;
  /** LISTEN works again after a break; whatever was told meanwhile was not heard. */
  relistened(): void;
};

export type Bus = {
  /** True while its own beat came back within the last few seconds. */
  hearing(): boolean;
  close(): Promise<void>;
};

/**
 * Hears `im_bus` on one direct connection and keeps hearing it. Throws when the first round trip fails: a transaction
 * pooler accepts LISTEN and delivers nothing, and a worker that hears nothing must not pretend.
 */
export async function openBus(url: string, pool: Sql, listener: BusListener): Promise<Bus> {
  const name = crypto.randomUUID();
  let connection = openSql(url, 1);
  let heardAt = 0;
  let count = 0;
  let closed = false;
  let firstBeat = () => {};
  const heardFirst = new Promise<void>((resolve) => {
    firstBeat = resolve;
  });

  function onPayload(text: string): void {
    for (const one of readPayload(text)) {
      if (!("beat" in one)) listener.hear(one);
      else if (one.beat === name) {
        heardAt = Date.now();
        firstBeat();
      }
    }
  }

  /** Fresh connection, LISTEN; postgres.js listens again by itself after a clean break and then calls back too. */
  async function listen(first: boolean): Promise<void> {
    let established = !first;
    await connection.listen(busChannel, onPayload, () => {
      heardAt = Date.now();
      if (established) listener.relistened();
      established = true;
    });
  }

  async function beat(): Promise<void> {
    count += 1;
    await sendBeat(pool, name, count).catch((error) => log.warn({ err: error }, "the beat was not sent"));
  }

  try {
    await listen(true);
    await beat();
    await Promise.race([heardFirst, deafAfter(silenceLimit)]);
  } catch (error) {
    // postgres.js would go on trying to listen by itself, for a worker that is none.
    await connection.end({ timeout: 0 });
    throw error;
  }

  const timer = setInterval(() => void beat(), beatEvery);
  const watch = (async () => {
    for (let attempt = 0; !closed; ) {
      await pause(500);
      if (closed || Date.now() - heardAt < silenceLimit) {
        attempt = 0;
        continue;
      }
      log.warn({ silentMs: Date.now() - heardAt }, "LISTEN is silent; opening it again");
      void connection.end({ timeout: 0 }).catch(() => {});
      connection = openSql(url, 1);
      await Promise.race([listen(false), pause(silenceLimit)]).catch(() => {});
      await beat();
      await pause(Math.min(longestWait, 250 * 2 ** attempt++) * (0.5 + Math.random()));
    }
  })();

  return {
    hearing: () => Date.now() - heardAt < silenceLimit + beatEvery,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await watch;
      await connection.end({ timeout: 1 });
    },
  };
}

const deafAfter = (ms: number) =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(deafness)), ms).unref();
  });

const deafness =
  "LISTEN was accepted but nothing came through. DATABASE_URL_DIRECT must lead straight to Postgres, not to a transaction pooler.";

function readPayload(text: string): Envelope[] {
  try {
    const read = busPayload.safeParse(JSON.parse(text));
    if (read.success) return read.data;
    // Envelopes of a newer version leave holes, which the next readable number shows.
    log.warn({ issue: read.error.issues[0]?.message }, "a payload on the bus could not be read");
  } catch {
    log.warn("a payload on the bus was not JSON");
  }
  return [];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
