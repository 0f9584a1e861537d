import type { Socket } from "#realtime/connection.ts";
import { toWire } from "#realtime/frames.ts";
import type { Member } from "#realtime/pusher/subscription.ts";

type ChannelMember = { userId: string; info: string };
type PresenceDelta = { version: number; joined: readonly ChannelMember[]; left: readonly string[] };
type Subscriber = {
  member: Member | null;
  /** The cached event that this socket was told at the beginning: the same one may still be on the bus. */
  cached?: string;
};

/**
 * One channel of an app as this worker sees it: its sockets here and, of a presence channel, its members everywhere.
 */
export class Channel {
  readonly name: string;
  readonly sockets = new Map<Socket, Subscriber>();
  /** Events of the backend that were heard, so that a cached one that was read before is not told after. */
  eventCount = 0;
  private readonly members = new Map<string, string>();
  private version = 0;
  /** News heard before the list of members is known, which may be older than the news. Null afterwards. */
  private buffered: PresenceDelta[] | null = [];
  /** Sockets that wait for the list: the channel is kept for them. */
  pendingJoins = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Frames once, tells all sockets here but one. */
  broadcast(name: string, data: string, { n, except, userId }: { n?: string; except?: string; userId?: string }): void {
    if (!name.startsWith("client-")) this.eventCount += 1;
    const bytes = toWire(
      JSON.stringify({ event: name, channel: this.name, data, ...(userId === undefined ? {} : { user_id: userId }) }),
    );
    for (const [socket, subscriber] of this.sockets) {
      if (socket.id !== except && (n === undefined || subscriber.cached !== n)) socket.push(bytes);
    }
  }

  get isEmpty(): boolean {
    return this.sockets.size === 0 && this.pendingJoins === 0;
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

  /** The whole list as it stood at `version`; whatever it changes is told to the sockets that are here. */
  applySnapshot(version: number, members: readonly ChannelMember[]): void {
    const buffered = this.buffered ?? [];
    this.buffered = null;
    if (version >= this.version) this.replaceMembers(version, members);
    for (const one of buffered) this.applyDelta(one.version, one.joined, one.left);
  }

  private replaceMembers(version: number, members: readonly ChannelMember[]): void {
    const now = new Set(members.map((member) => member.userId));
    this.applyChange(
      version,
      members,
      [...this.members.keys()].filter((userId) => !now.has(userId)),
    );
  }

  /** News from the bus; older than what is known already: dropped. */
  applyDelta(version: number, joined: readonly ChannelMember[], left: readonly string[]): void {
    if (this.buffered) this.buffered.push({ version, joined, left });
    else if (version > this.version) this.applyChange(version, joined, left);
  }

  private applyChange(version: number, joined: readonly ChannelMember[], left: readonly string[]): void {
    this.version = version;
    for (const userId of left) {
      if (this.members.delete(userId)) this.broadcastMember("member_removed", { user_id: userId });
    }
    for (const { userId, info } of joined) {
      if (this.members.has(userId)) continue;
      this.members.set(userId, info);
      this.broadcastMember("member_added", { user_id: userId, user_info: readInfo(info) });
    }
  }

  private broadcastMember(name: string, data: { user_id: string; user_info?: unknown }): void {
    const bytes = toWire(
      JSON.stringify({ event: `pusher_internal:${name}`, channel: this.name, data: JSON.stringify(data) }),
    );
    for (const [socket, { member }] of this.sockets) if (member?.userId !== data.user_id) socket.push(bytes);
  }
}

/** Empty when the backend gave none. */
const readInfo = (info: string): unknown => (info === "" ? undefined : JSON.parse(info));
