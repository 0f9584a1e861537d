import type { Envelope, PlacesEnvelope } from "#contracts/bus.ts";
import type { Socket } from "#realtime/link.ts";
import { Places } from "#realtime/places.ts";
import { batchedOnline, Watchlists } from "#realtime/watchlists.ts";
import { batched } from "#server/live/batched.ts";
import { log, type Sql } from "#server/live/database.ts";
import { type Announce, onlineChannel } from "#server/live/places.ts";
import { readFriendIds } from "#server/live/reads.ts";

const retryAfter = 1_000;

/**
 * Who is online, for their friends: whoever has a connection is, over all workers, by places under a lease. Each inbox
 * watches the friends of its person who are not blocked in either direction. Nothing of it is numbered: it is told as it
 * is when one comes, and then when it changes.
 */
export class ChatPresence {
  readonly places: Places;
  private readonly watchlists: Watchlists;
  private readonly watchedBy: (personId: string) => Promise<string[]>;
  private readonly here = new Map<Socket, string>();
  private readonly inboxes: ReadonlyMap<string, ReadonlySet<Socket>>;

  constructor(
    { sql, workerId, appId, announce }: { sql: Sql; workerId: string; appId: string; announce: Announce },
    inboxes: ReadonlyMap<string, ReadonlySet<Socket>>,
  ) {
    this.inboxes = inboxes;
    this.places = new Places(sql, workerId, appId, announce);
    this.watchlists = new Watchlists(batchedOnline(sql, appId));
    this.watchedBy = batched(async (personIds: string[]) => {
      const friends = await readFriendIds(sql, personIds);
      return (personId: string) => friends.get(personId) ?? [];
    });
  }

  arrive(socket: Socket, personId: string): void {
    this.here.set(socket, personId);
    this.places.add(onlineChannel, personId);
    void this.watch(socket, personId);
  }

  leave(socket: Socket, personId: string): void {
    this.here.delete(socket);
    this.watchlists.unwatch(socket);
    this.places.remove(onlineChannel, personId);
  }

  heard({ channel, came, went }: PlacesEnvelope): void {
    if (channel !== onlineChannel) return;
    const ids = came.map((one) => one.userId);
    this.watchlists.changed("online", ids);
    this.watchlists.changed("offline", went);
  }

  /**
   * Friendship or a block changed: both sides watch anew, also the one who is not told why. A bare number may be just
   * that, so then everyone who watches this person asks again.
   */
  noticed(envelope: Envelope): void {
    if (!("personId" in envelope)) return;
    const { personId, event } = envelope;
    if (!event || event.type === "person.advanced") {
      this.watchAgain(personId);
      for (const socket of this.watchlists.watchersOf(personId)) this.refresh(socket);
    } else if (event.type === "friend.changed" || event.type === "friend.removed") this.watchAgain(personId);
    else if (event.type === "block.changed") {
      this.watchAgain(personId);
      this.watchAgain(event.person.id);
    }
  }

  /** After a break in hearing: anybody's friends may have changed. */
  compare(): void {
    for (const [socket, personId] of this.here) void this.watch(socket, personId);
  }

  /** What this socket was told may have been dropped. */
  refresh(socket: Socket): void {
    const personId = this.here.get(socket);
    if (personId) void this.watch(socket, personId);
  }

  private watchAgain(personId: string): void {
    for (const socket of this.inboxes.get(personId) ?? []) void this.watch(socket, personId);
  }

  private async watch(socket: Socket, personId: string): Promise<void> {
    try {
      const friendIds = await this.watchedBy(personId);
      if (this.here.has(socket)) await this.watchlists.watch(socket, friendIds);
    } catch (error) {
      log.warn({ err: error }, "who is online could not be read; trying again");
      // Nobody is shown on the word of an old list.
      this.watchlists.unwatch(socket);
      setTimeout(() => this.refresh(socket), retryAfter).unref();
    }
  }
}
