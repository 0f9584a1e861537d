import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { AddressCount, App, Connection } from "#realtime/connection.ts";
import type { Counts } from "#realtime/metrics.ts";
import { WriteBatcher } from "#realtime/write-batcher.ts";

/** A socket with a backlog that has not drained by then is closed; the client reconnects and catches up by rev. */
const slowTimeoutMs = 30_000;
/**
 * Clients ping after 25 s without a frame from the worker, so a client that constantly receives frames never pings.
 * After this long the worker sends a WebSocket ping, which every client answers automatically …
 */
const pingAfterMs = 35_000;
/** … and closes a connection that has sent nothing for this long. */
const idleTimeoutMs = 60_000;

/** All connections of the worker, their count per address, and what they share. */
export class ConnectionRegistry {
  readonly connections = new Set<Connection>();
  private readonly addresses = new Map<string, AddressCount>();
  /** Connections of the last seconds, oldest first. */
  private readonly unauthenticated = new Set<Connection>();
  readonly batcher = new WriteBatcher<Connection>();
  readonly counts: Counts;

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

  sweep(): void {
    const now = Date.now();
    for (const connection of this.connections) {
      const idleMs = now - connection.receivedAt;
      if (idleMs > idleTimeoutMs || (connection.slowSince > 0 && now - connection.slowSince > slowTimeoutMs)) {
        connection.terminate();
      } else if (idleMs > pingAfterMs) connection.ping();
    }
  }

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
