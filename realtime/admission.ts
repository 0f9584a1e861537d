import type { Floor } from "#realtime/floor.ts";
import type { SocketLimits } from "#realtime/sockets.ts";
import { log } from "#server/live/database.ts";

/** How often it is said that an address has too many. */
const sayEvery = 60_000;

/**
 * May one more connection be opened? Answered before the handshake, in HTTP: a Pusher client then waits longer each time,
 * where after a close with 4100 it would come back every second.
 */
export class Admission {
  private readonly floor: Floor;
  private readonly most: SocketLimits;
  private saidAt = 0;

  constructor(floor: Floor, most: SocketLimits) {
    this.floor = floor;
    this.most = most;
  }

  /** A status line of HTTP, or null. */
  refusal(address: string): string | null {
    const isFull = this.floor.all.size >= this.most.connections;
    if (!isFull && this.floor.countFrom(address) < this.most.connectionsPerAddress) return null;
    this.floor.counts.refused += 1;
    if (Date.now() - this.saidAt > sayEvery) {
      this.saidAt = Date.now();
      const about = isFull ? "this worker has all its connections" : "one address has all its connections";
      log.warn(isFull ? {} : { address }, `${about}; behind a proxy, TRUSTED_PROXIES must say so`);
    }
    return isFull ? "503 Service Unavailable" : "429 Too Many Requests";
  }
}
