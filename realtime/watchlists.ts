import type { Socket } from "#realtime/connection.ts";
import { frame } from "#realtime/frames.ts";
import type { Sql } from "#server/db/sql.ts";
import { batched } from "#server/realtime/batched.ts";
import { readOnline } from "#server/realtime/presence.ts";

type Watch = {
  userIds: Set<string>;
  /** Changes received before the initial state was sent; null afterwards. */
  buffered: Change[] | null;
};
type Change = { name: "online" | "offline"; userIds: string[] };
/** `onlineIds`: those of `userIds` who are online. */
export type LoadedWatchlist = { userIds: string[]; onlineIds: string[] };

/** Combines the lists of concurrent calls into one query. */
export const batchedOnline = (sql: Sql, app: string) =>
  batched(async (lists: string[][]) => {
    const online = await readOnline(sql, app, [...new Set(lists.flat())]);
    return (list: string[]) => new Set(list.filter((userId) => online.has(userId)));
  });

/** The users that each socket on this worker watches for being online. */
export class Watchlists {
  private readonly watching = new Map<Socket, Watch>();
  private readonly watchers = new Map<string, Set<Socket>>();
  private readonly readOnline: (userIds: string[]) => Promise<Set<string>>;

  /** Changes since the first of the loads that are in flight. */
  private recent: Change[] = [];
  private loads = 0;

  constructor(readOnline: (userIds: string[]) => Promise<Set<string>>) {
    this.readOnline = readOnline;
  }

  /** Sends the current state, then every change, of these users. Replaces an earlier list of the socket. */
  async watch(socket: Socket, userIds: readonly string[]): Promise<void> {
    const watching: Watch = { userIds: new Set(userIds), buffered: [] };
    const dropped = [...(this.watching.get(socket)?.userIds ?? [])].filter((userId) => !watching.userIds.has(userId));
    this.unwatch(socket);
    // A user who is no longer watched is reported as offline.
    send(socket, [{ name: "offline", userIds: dropped }]);
    if (userIds.length === 0) return;
    this.register(socket, watching);
    const online = await this.readOnline([...watching.userIds]);
    if (this.watching.get(socket) !== watching) return;
    const offline = [...watching.userIds].filter((userId) => !online.has(userId));
    send(socket, [
      { name: "online", userIds: [...online] },
      { name: "offline", userIds: offline },
    ]);
    const buffered = watching.buffered ?? [];
    watching.buffered = null;
    for (const change of buffered) send(socket, [change]);
  }

  /**
   * Like `watch`, for a socket that watches nothing yet, with a list and a state from one read of the database. Changes
   * that arrive during the read may be newer than it, and are sent after it.
   */
  async watchLoaded(socket: Socket, load: () => Promise<LoadedWatchlist | null>): Promise<void> {
    const heardBefore = this.recent.length;
    this.loads += 1;
    try {
      const loaded = await load();
      if (loaded) this.begin(socket, loaded, this.recent.slice(heardBefore));
    } finally {
      this.loads -= 1;
      if (this.loads === 0) this.recent = [];
    }
  }

  private begin(socket: Socket, { userIds, onlineIds }: LoadedWatchlist, heard: readonly Change[]): void {
    if (userIds.length === 0) return;
    const watching: Watch = { userIds: new Set(userIds), buffered: null };
    this.register(socket, watching);
    const online = new Set(onlineIds);
    send(socket, [
      { name: "online", userIds: onlineIds },
      { name: "offline", userIds: userIds.filter((userId) => !online.has(userId)) },
    ]);
    for (const change of heard) {
      send(socket, [{ name: change.name, userIds: change.userIds.filter((userId) => watching.userIds.has(userId)) }]);
    }
  }

  private register(socket: Socket, watching: Watch): void {
    this.watching.set(socket, watching);
    for (const userId of watching.userIds) {
      const watchers = this.watchers.get(userId) ?? new Set();
      this.watchers.set(userId, watchers.add(socket));
    }
  }

  unwatch(socket: Socket): void {
    for (const userId of this.watching.get(socket)?.userIds ?? []) {
      const watchers = this.watchers.get(userId);
      watchers?.delete(socket);
      if (watchers?.size === 0) this.watchers.delete(userId);
    }
    this.watching.delete(socket);
  }

  /** Sends a change to the sockets that watch these users. */
  notify(name: Change["name"], userIds: readonly string[]): void {
    if (this.loads > 0 && userIds.length > 0) this.recent.push({ name, userIds: [...userIds] });
    const changesBySocket = new Map<Socket, string[]>();
    for (const userId of userIds) {
      for (const socket of this.watchers.get(userId) ?? []) {
        const list = changesBySocket.get(socket);
        if (list) list.push(userId);
        else changesBySocket.set(socket, [userId]);
      }
    }
    for (const [socket, list] of changesBySocket) {
      const watching = this.watching.get(socket);
      if (watching?.buffered) watching.buffered.push({ name, userIds: list });
      else send(socket, [{ name, userIds: list }]);
    }
  }

  watchersOf(userId: string): Socket[] {
    return [...(this.watchers.get(userId) ?? [])];
  }

  /** After a break of LISTEN: sends the state to every watching socket again. */
  async resendAll(): Promise<void> {
    await Promise.all([...this.watching].map(([socket, { userIds }]) => this.watch(socket, [...userIds])));
  }
}

function send(socket: Socket, changes: Change[]): void {
  const events = changes
    .filter(({ userIds }) => userIds.length > 0)
    .map(({ name, userIds }) => ({ name, user_ids: userIds }));
  if (events.length > 0) socket.push(frame("pusher_internal:watchlist_events", { events }));
}
