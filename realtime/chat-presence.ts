import type { Envelope, PlacesEnvelope } from "#contracts/bus.ts";
import { batched } from "#realtime/batch.ts";
import { Places } from "#realtime/places.ts";
import type { Socket } from "#realtime/sockets.ts";
import { Watchlists } from "#realtime/watchlists.ts";
import { log, type Sql } from "#server/live/database.ts";
import { type Announce, onlineChannel, readOnline } from "#server/live/places.ts";
import { readFriendIds } from "#server/live/reads.ts";

/**
 * Who is online, for their friends: whoever has a connection is, over all workers, by places under a lease. Each inbox
 * watches the friends of its person who are not blocked in either direction. Nothing of it is numbered: it is told as it
 * is when one comes, and then when it changes.
 */
export class ChatPresence {
  readonly places: Places;
  private readonly watchlists: Watchlists;
  private readonly watchedBy: (personId: string) => Promise<string[]>;
  private readonly socketsOf: (personId: string) => Iterable<Socket>;

  constructor(
    { sql, workerId, appId, announce }: { sql: Sql; workerId: string; appId: string; announce: Announce },
    socketsOf: (personId: string) => Iterable<Socket>,
  ) {
    this.socketsOf = socketsOf;
    this.places = new Places(sql, workerId, appId, announce);
    const online = batched(async (lists: string[][]) => {
      const found = await readOnline(sql, appId, [...new Set(lists.flat())]);
      return (list: string[]) => new Set(list.filter((one) => found.has(one)));
    });
    this.watchlists = new Watchlists(online);
    this.watchedBy = batched(async (personIds: string[]) => {
      const friends = await readFriendIds(sql, personIds);
      return (personId: string) => friends.get(personId) ?? [];
    });
  }

  arrive(socket: Socket, personId: string): void {
    this.places.add(onlineChannel, personId);
    void this.watch(socket, personId);
  }

  leave(socket: Socket, personId: string): void {
    this.watchlists.unwatch(socket);
    this.places.remove(onlineChannel, personId);
  }

  heard({ channel, came, went }: PlacesEnvelope): void {
    if (channel !== onlineChannel) return;
    const ids = came.map((one) => one.userId);
    this.watchlists.changed("online", ids);
    this.watchlists.changed("offline", went);
  }

  /** Friendship or a block changed: both sides watch anew, also the one who is not told why. */
  noticed(envelope: Envelope): void {
    if (!("personId" in envelope) || !envelope.event) return;
    const { personId, event } = envelope;
    if (event.type === "friend.changed" || event.type === "friend.removed") this.watchAgain(personId);
    if (event.type !== "block.changed") return;
    this.watchAgain(personId);
    this.watchAgain(event.person.id);
  }

  /** After a break in hearing. */
  compare(): void {
    void this.watchlists.again().catch((error) => log.warn({ err: error }, "who is online could not be read"));
  }

  private watchAgain(personId: string): void {
    for (const socket of this.socketsOf(personId)) void this.watch(socket, personId);
  }

  private async watch(socket: Socket, personId: string): Promise<void> {
    try {
      const friendIds = await this.watchedBy(personId);
      const isHere = [...this.socketsOf(personId)].includes(socket);
      if (isHere) await this.watchlists.watch(socket, friendIds);
    } catch (error) {
      log.warn({ err: error }, "who is online could not be read; the next connection asks again");
    }
  }
}
