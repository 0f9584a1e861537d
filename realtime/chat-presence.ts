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
import { readAllFriendIds, readFriendIds } from "#server/realtime/realtime-queries.ts";

const retryAfterMs = 1_000;

export type ChatPresenceOptions = {
  sql: Sql;
  workerId: string;
  appId: string;
  announce: Announce;
  arrivals: Arrivals;
};

/** One query for what is asked while the last one is in flight. */
const batchedIds = (read: (personIds: string[]) => Promise<Map<string, string[]>>) =>
  batched(async (personIds: string[]) => {
    const ids = await read(personIds);
    return (personId: string) => ids.get(personId) ?? [];
  });

/**
 * Shows people which of their friends are online. A person is online while any worker has a connection of theirs,
 * according to the presence rows under a lease. Each inbox watches the person's friends, without those blocked in
 * either direction. Presence has no revs: a client gets the state when it connects and then each change.
 */
export class ChatPresence {
  readonly writer: PresenceWriter;
  private readonly watchlists: Watchlists;
  private readonly friendsOf: (personId: string) => Promise<string[]>;
  private readonly allFriendsOf: (personId: string) => Promise<string[]>;
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
    this.friendsOf = batchedIds((personIds) => readFriendIds(sql, personIds));
    this.allFriendsOf = batchedIds((personIds) => readAllFriendIds(sql, personIds));
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
   * A friendship, a block or a person's setting changed: both sides reload their friends, also the side that gets no event
   * about it. An envelope without an event may stand for such a change, so then all friends of this person reload too.
   */
  onPersonEvent(envelope: Envelope): void {
    if (!("personId" in envelope)) return;
    const { personId, event } = envelope;
    const isAnyChange = !event || event.type === "person.rev_changed";
    if (isAnyChange || (event.type === "profile.changed" && event.presenceFor)) {
      this.rewatch(personId);
      for (const socket of this.watchlists.watchersOf(personId)) this.refresh(socket);
      void this.rewatchFriends(personId);
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

  /** Also those who could not see this person before. */
  private async rewatchFriends(personId: string): Promise<void> {
    if (this.personBySocket.size === 0) return;
    try {
      for (const friendId of await this.allFriendsOf(personId)) this.rewatch(friendId);
    } catch (error) {
      log.warn({ err: error }, "the friends of a person could not be read; trying again");
      setTimeout(() => void this.rewatchFriends(personId), retryAfterMs).unref();
    }
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
