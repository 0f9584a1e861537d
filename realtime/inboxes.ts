import type { Socket } from "#realtime/connection.ts";

/** The sockets of each connected person that are subscribed to their inbox. */
export class Inboxes {
  private readonly sockets = new Map<string, Set<Socket>>();

  of(personId: string): Iterable<Socket> {
    return this.sockets.get(personId) ?? [];
  }

  has(personId: string, socket: Socket): boolean {
    return this.sockets.get(personId)?.has(socket) ?? false;
  }

  /** False when the socket was in it already. */
  add(personId: string, socket: Socket): boolean {
    const inbox = this.sockets.get(personId) ?? new Set();
    const isNew = !inbox.has(socket);
    this.sockets.set(personId, inbox.add(socket));
    return isNew;
  }

  /** Says whether the socket was in it, and whether it was the person's last. */
  remove(personId: string, socket: Socket): { removed: boolean; last: boolean } {
    const inbox = this.sockets.get(personId);
    const removed = inbox?.delete(socket) ?? false;
    const last = removed && inbox?.size === 0;
    if (last) this.sockets.delete(personId);
    return { removed, last };
  }

  /** The same bytes to every socket of these people. */
  push(personIds: Iterable<string>, bytes: Parameters<Socket["push"]>[0]): void {
    for (const personId of personIds) for (const socket of this.of(personId)) socket.push(bytes);
  }
}
