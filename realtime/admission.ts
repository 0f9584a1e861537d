import type { ConnectionRegistry } from "#realtime/connection-registry.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { log } from "#server/log.ts";

/** At most one warning in this time, however many connections are refused. */
const logIntervalMs = 60_000;

/**
 * Decides whether one more connection may be opened. It answers before the handshake, with an HTTP status: a Pusher
 * client then backs off longer after each attempt, while a close with 4100 would make it reconnect every second.
 */
export class Admission {
  private readonly registry: ConnectionRegistry;
  private readonly max: SocketLimits;
  private loggedAt = 0;

  constructor(registry: ConnectionRegistry, max: SocketLimits) {
    this.registry = registry;
    this.max = max;
  }

  /** The status line of the refusal, or null when the connection is admitted. */
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
