import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { AddressCount, App, Connection } from "#realtime/connection.ts";
import { ping } from "#realtime/frames.ts";
import type { Counts } from "#realtime/metrics.ts";
import { WriteBatcher } from "#realtime/write-batcher.ts";

/** A socket with a backlog that has not drained by then is closed; the client reconnects and catches up by rev. */
const slowTimeoutMs = 30_000;
/** Interval of the sweep. */
const sweepIntervalMs = 5_000;
/**
 * A socket that has sent nothing for this long is sent `pusher:ping`. With the interval of the sweep that is after 20 s
 * at the latest, and so before `activityTimeout`, at which clients ping by themselves: one sweep is cheaper than a
 * timer per client, and its pongs arrive together. Also counted for clients that constantly receive frames, because
 * those never ping.
 */
const pingAfterMs = 15_000;
/** Some SDKs answer only WebSocket pings, so a socket that did not answer `pusher:ping` gets one … */
const protocolPingAfterMs = 35_000;
/** … and is closed when it has sent nothing for this long. */
const idleTimeoutMs = 60_000;
/** A ping and its pong take about 20 µs: after this many, the event loop gets a turn for messages. */
const maxPingsPerTurn = 250;

/** All connections of the worker, their count per address, and what they share. */
export class ConnectionRegistry {
  readonly connections = new Set<Connection>();
  private readonly addresses = new Map<string, AddressCount>();
  /** Connections of the last seconds, oldest first. */
  private readonly unauthenticated = new Set<Connection>();
  readonly batcher = new WriteBatcher<Connection>();
  readonly counts: Counts;
  private sweepTimer: NodeJS.Timeout | undefined;
  /** The rest of the sweep that is running; null between sweeps. */
  private unswept: IterableIterator<Connection> | null = null;

  constructor(counts: Counts) {
    this.counts = counts;
  }

  add(connection: Connection, address: string): void {
    const addressCount = this.addresses.get(address) ?? { address, count: 0 };
    addressCount.count += 1;
    this.addresses.set(address, addressCount);
    connection.addressCount = addressCount;
    this.connections.add(connection);
    this.unauthenticated.add(connection);
  }

  countFrom(address: string): number {
    return this.addresses.get(address)?.count ?? 0;
  }

  delete(connection: Connection): void {
    const { addressCount } = connection;
    if (addressCount) addressCount.count -= 1;
    if (addressCount?.count === 0) this.addresses.delete(addressCount.address);
    this.connections.delete(connection);
    this.unauthenticated.delete(connection);
    this.batcher.forget(connection);
  }

  count(app: App): number {
    let count = 0;
    for (const connection of this.connections) if (connection.app === app) count += 1;
    return count;
  }

  /** Pings and closes idle connections, from now on until `stopSweeping`. */
  startSweeping(): void {
    this.sweepTimer = setInterval(() => {
      if (this.unswept) return; // the last sweep took longer than the interval
      this.unswept = this.connections.values();
      this.sweepSlice();
    }, sweepIntervalMs);
  }

  stopSweeping(): void {
    clearInterval(this.sweepTimer);
    this.unswept = null;
  }

  /** Continues the sweep where the last slice ended. A Set may change between the slices. */
  private readonly sweepSlice = (): void => {
    const now = Date.now();
    let pings = 0;
    for (const connection of this.unswept ?? []) {
      if (check(connection, now)) pings += 1;
      if (pings < maxPingsPerTurn) continue;
      setImmediate(this.sweepSlice);
      return;
    }
    this.unswept = null;
  };

  /**
   * Closes connections that did not authenticate in time. They are ordered by opening time, so the loop ends at the
   * first one that still has time.
   */
  closeUnauthenticated(): void {
    const now = Date.now();
    for (const connection of this.unauthenticated) {
      if (now - connection.openedAt < limits.settleSeconds * 1_000) return;
      this.unauthenticated.delete(connection);
      if (!connection.app?.isAuthenticated(connection)) {
        connection.end(closeCodes.unauthorized, "sign in within 10 seconds");
      }
    }
  }

  async closeInSlices(): Promise<void> {
    const sliceSize = Math.max(50, Math.ceil(this.connections.size / 20));
    while (this.connections.size > 0) {
      for (const connection of [...this.connections].slice(0, sliceSize)) {
        connection.end(closeCodes.reconnect, "the worker restarts");
      }
      if (this.connections.size > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** True when the connection was pinged. */
function check(connection: Connection, now: number): boolean {
  const idleMs = now - connection.receivedAt;
  const isStuck = connection.slowSince > 0 && now - connection.slowSince > slowTimeoutMs;
  if (idleMs > idleTimeoutMs || isStuck) connection.terminate();
  else if (connection.unansweredPings === 0 && idleMs >= pingAfterMs) {
    connection.unansweredPings = 1;
    connection.push(ping);
    return true;
  } else if (connection.unansweredPings === 1 && idleMs >= protocolPingAfterMs) {
    connection.unansweredPings = 2;
    connection.ping();
    return true;
  }
  return false;
}
