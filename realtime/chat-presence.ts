import type { Envelope, PresenceEnvelope } from "#contracts/bus.ts";
import type { Arrivals } from "#realtime/arrivals.ts";
import type { Socket } from "#realtime/connection.ts";
import type { Inboxes } from "#realtime/inboxes.ts";
import { PresenceWriter } from "#realtime/presence-writer.ts";
import { batchedOnline, Watchlists } from "#realtime/watchlists.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { batched } from "#server/realtime/batched.ts";
import { type Announce, onlineChannel } from "#server/realtime/presence.ts";
import { readFriendIds } from "#server/realtime/realtime-queries.ts";

const retryAfterMs = 1_000;

export type ChatPresenceOptions = {
  sql: Sql;
  workerId: string;
  appId: string;
  announce: Announce;
  arrivals: Arrivals;
};

/**
 * Shows people which of their friends are online. A person is online while any worker has a connection of theirs,
 * according to the presence rows under a lease. Each inbox watches the person's friends, without those blocked in
 * either direction. Presence has no revs: a client gets the state when it connects and then each change.
 */
export class ChatPresence {
  readonly writer: PresenceWriter;
  private readonly watchlists: Watchlists;
  private readonly friendsOf: (personId: string) => Promise<string[]>;
  private readonly arrivals: Arrivals;
  private readonly personBySocket = new Map<Socket, string>();
  /** The newest read in flight for each socket: an earlier one that ends later is dropped. */
  private readonly lastRead = new Map<Socket, symbol>();
  private readonly inboxes: Inboxes;

  constructor({ sql, workerId, appId, announce, arrivals }: ChatPresenceOptions, inboxes: Inboxes) {
    this.inboxes = inboxes;
    this.arrivals = arrivals;
    this.writer = new PresenceWriter(sql, workerId, appId, announce);
    this.watchlists = new Watchlists(batchedOnline(sql, appId));
    this.friendsOf = batched(async (personIds: string[]) => {
      const friends = await readFriendIds(sql, personIds);
      return (personId: string) => friends.get(personId) ?? [];
    });
  }

  connect(socket: Socket, personId: string): void {
    this.personBySocket.set(socket, personId);
    this.writer.add(onlineChannel, personId);
    void this.read(socket, (isCurrent) =>
      this.watchlists.watchLoaded(socket, async () => {
        const arrival = await this.arrivals.read(personId);
        return arrival && isCurrent() ? { userIds: arrival.friendIds, onlineIds: arrival.onlineIds } : null;
      }),
    );
  }

  disconnect(socket: Socket, personId: string): void {
    this.personBySocket.delete(socket);
    this.lastRead.delete(socket);
    this.watchlists.unwatch(socket);
    this.writer.remove(onlineChannel, personId);
  }

  onPresence({ channel, joined, left }: PresenceEnvelope): void {
    if (channel !== onlineChannel) return;
    const ids = joined.map((one) => one.userId);
    this.watchlists.notify("online", ids);
    this.watchlists.notify("offline", left);
  }

  /**
   * A friendship or a block changed: both sides reload their friends, also the side that gets no event about it. An
   * envelope without an event may stand for such a change, so then everyone who watches this person reloads too.
   */
  onPersonEvent(envelope: Envelope): void {
    if (!("personId" in envelope)) return;
    const { personId, event } = envelope;
    if (!event || event.type === "person.rev_changed") {
      this.rewatch(personId);
      for (const socket of this.watchlists.watchersOf(personId)) this.refresh(socket);
    } else if (event.type === "friend.changed" || event.type === "friend.removed") this.rewatch(personId);
    else if (event.type === "block.changed") {
      this.rewatch(personId);
      this.rewatch(event.person.id);
    }
  }

  /** Changes of any friendship may have been missed during a break of LISTEN. */
  resync(): void {
    for (const [socket, personId] of this.personBySocket) void this.watch(socket, personId);
  }

  /** Sends the state again, because earlier frames to this socket may have been dropped. */
  refresh(socket: Socket): void {
    const personId = this.personBySocket.get(socket);
    if (personId) void this.watch(socket, personId);
  }

  private rewatch(personId: string): void {
    for (const socket of this.inboxes.of(personId)) void this.watch(socket, personId);
  }

  private watch(socket: Socket, personId: string): Promise<void> {
    return this.read(socket, async (isCurrent) => {
      const friendIds = await this.friendsOf(personId);
      if (isCurrent()) await this.watchlists.watch(socket, friendIds);
    });
  }

  private async read(socket: Socket, load: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    const own = Symbol();
    const isCurrent = () => this.lastRead.get(socket) === own;
    this.lastRead.set(socket, own);
    try {
      await load(isCurrent);
    } catch (error) {
      log.warn({ err: error }, "online friends could not be read; trying again");
      if (!isCurrent()) return;
      // Drop the stale friend list before retrying.
      this.watchlists.unwatch(socket);
      setTimeout(() => this.refresh(socket), retryAfterMs).unref();
    }
    if (isCurrent()) this.lastRead.delete(socket);
  }
}
