import type { ConnectionRegistry } from "#realtime/connection-registry.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { log } from "#server/realtime/database.ts";

/** How often it is said that an address has too many. */
const logIntervalMs = 60_000;

/**
 * May one more connection be opened? Answered before the handshake, in HTTP: a Pusher client then waits longer each
 * time, where after a close with 4100 it would come back every second.
 */
export class Admission {
  private readonly registry: ConnectionRegistry;
  private readonly max: SocketLimits;
  private loggedAt = 0;

  constructor(registry: ConnectionRegistry, max: SocketLimits) {
    this.registry = registry;
    this.max = max;
  }

  /** A status line of HTTP, or null. */
  refusal(address: string): string | null {
    const isFull = this.registry.connections.size >= this.max.connections;
    if (!isFull && this.registry.countFrom(address) < this.max.connectionsPerAddress) return null;
    this.registry.counts.refused += 1;
    if (Date.now() - this.loggedAt > logIntervalMs) {
      this.loggedAt = Date.now();
      const reason = isFull ? "this worker has all its connections" : "one address has all its connections";
      log.warn(isFull ? {} : { address }, `${reason}; behind a proxy, TRUSTED_PROXIES must say so`);
    }
    return isFull ? "503 Service Unavailable" : "429 Too Many Requests";
  }
}
