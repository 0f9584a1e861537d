import { createServer, type Server, type Socket } from "node:net";
import type { Member } from "#realtime/cluster/member.ts";

/** Length of the accept queue, and of the queue here while every worker is busy or gone. */
const queueLength = 4_096;

export type Address = { inheritedSocket?: number | undefined; port: number; bindAddress?: string | undefined };

/**
 * The listening socket of all workers. It accepts connections, reads nothing, and hands each to the worker with the
 * fewest; they wait here while there is none.
 */
export class Front {
  private readonly members: () => Iterable<Member>;
  private readonly server: Server;
  private waiting: Socket[] = [];

  constructor(members: () => Iterable<Member>) {
    this.members = members;
    this.server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      socket.on("error", () => socket.destroy());
      if (this.waiting.length >= queueLength) socket.destroy();
      else this.add(socket);
    });
  }

  /** Resolves with the port. */
  async listen({ inheritedSocket: fd, port, bindAddress: host }: Address): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ ...(fd === undefined ? { port, host } : { fd }), backlog: queueLength }, resolve);
    });
    const address = this.server.address();
    return typeof address === "object" && address ? address.port : port;
  }

  /** Also a connection that a worker was sent and did not take before it ended. */
  add(socket: Socket): void {
    this.waiting.push(socket);
    this.handOver();
  }

  /** Hands over what waits, as far as workers are free. */
  handOver(): void {
    while (this.waiting.length > 0) {
      const member = leastLoaded(this.members());
      const socket = member && this.waiting.shift();
      if (!member || !socket) return;
      if (!socket.destroyed) member.hand(socket);
    }
  }

  close(): void {
    this.server.close();
    for (const socket of this.waiting.splice(0)) socket.destroy();
  }
}

/** A worker with a broken LISTEN is sent connections only when all are. */
function leastLoaded(members: Iterable<Member>): Member | undefined {
  let best: Member | undefined;
  for (const member of members) {
    if (!member.isFree) continue;
    const isBetter =
      !best || (member.isHealthy === best.isHealthy ? member.connections < best.connections : member.isHealthy);
    if (isBetter) best = member;
  }
  return best;
}
