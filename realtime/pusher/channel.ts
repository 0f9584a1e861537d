import { toWire } from "#realtime/frames.ts";
import type { Socket } from "#realtime/link.ts";
import type { Member } from "#realtime/pusher/subscription.ts";

type Person = { userId: string; info: string };
type News = { live: number; came: readonly Person[]; went: readonly string[] };
type Listening = {
  member: Member | null;
  /** The cached event that this socket was told at the beginning: the same one may still be on the bus. */
  cached?: string;
};

/** One channel of an app as this worker sees it: its sockets here and, of a presence channel, its members everywhere. */
export class Channel {
  readonly name: string;
  readonly sockets = new Map<Socket, Listening>();
  /** Events of the backend that were heard, so that a cached one that was read before is not told after. */
  heard = 0;
  private readonly members = new Map<string, string>();
  private live = 0;
  /** News heard before the list of members is known, which may be older than the news. Null afterwards. */
  private held: News[] | null = [];
  /** Sockets that wait for the list: the channel is kept for them. */
  joining = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Frames once, tells all sockets here but one. */
  tell(name: string, data: string, { n, except, userId }: { n?: string; except?: string; userId?: string }): void {
    if (!name.startsWith("client-")) this.heard += 1;
    const bytes = toWire(
      JSON.stringify({ event: name, channel: this.name, data, ...(userId === undefined ? {} : { user_id: userId }) }),
    );
    for (const [socket, listening] of this.sockets) {
      if (socket.id !== except && (n === undefined || listening.cached !== n)) socket.push(bytes);
    }
  }

  get isEmpty(): boolean {
    return this.sockets.size === 0 && this.joining === 0;
  }

  get memberCount(): number {
    return this.members.size;
  }

  hasMember(userId: string): boolean {
    return this.members.has(userId);
  }

  /** What `subscription_succeeded` of a presence channel carries. */
  presence(): { presence: { ids: string[]; hash: Record<string, unknown>; count: number } } {
    // A member without info is null, not missing: clients find in here who there is.
    const hash = Object.fromEntries([...this.members].map(([userId, info]) => [userId, readInfo(info) ?? null]));
    return { presence: { ids: [...this.members.keys()], hash, count: this.members.size } };
  }

  /** The whole list as it stood at `live`; whatever it changes is told to the sockets that are here. */
  snapshot(live: number, members: readonly Person[]): void {
    const held = this.held ?? [];
    this.held = null;
    if (live >= this.live) this.become(live, members);
    for (const one of held) this.news(one.live, one.came, one.went);
  }

  private become(live: number, members: readonly Person[]): void {
    const now = new Set(members.map((member) => member.userId));
    this.change(
      live,
      members,
      [...this.members.keys()].filter((userId) => !now.has(userId)),
    );
  }

  /** News from the bus; older than what is known already: dropped. */
  news(live: number, came: readonly Person[], went: readonly string[]): void {
    if (this.held) this.held.push({ live, came, went });
    else if (live > this.live) this.change(live, came, went);
  }

  private change(live: number, came: readonly Person[], went: readonly string[]): void {
    this.live = live;
    for (const userId of went) {
      if (this.members.delete(userId)) this.tellMember("member_removed", { user_id: userId });
    }
    for (const { userId, info } of came) {
      if (this.members.has(userId)) continue;
      this.members.set(userId, info);
      this.tellMember("member_added", { user_id: userId, user_info: readInfo(info) });
    }
  }

  private tellMember(name: string, data: { user_id: string; user_info?: unknown }): void {
    const bytes = toWire(
      JSON.stringify({ event: `pusher_internal:${name}`, channel: this.name, data: JSON.stringify(data) }),
    );
    for (const [socket, { member }] of this.sockets) if (member?.userId !== data.user_id) socket.push(bytes);
  }
}

/** Empty when the backend gave none. */
const readInfo = (info: string): unknown => (info === "" ? undefined : JSON.parse(info));
