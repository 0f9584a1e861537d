import type { Socket } from "#realtime/connection.ts";
import type { Member } from "#realtime/pusher/subscription.ts";
import { toWire } from "#realtime/wire-frame.ts";

type ChannelMember = { userId: string; info: string };
type PresenceDelta = { version: number; joined: readonly ChannelMember[]; left: readonly string[] };
type Subscriber = {
  member: Member | null;
  /** `n` of the cached event that this socket got on subscribing: the same event may still arrive over the bus. */
  cached?: string;
};

/** One channel of an app on this worker: its sockets here and, for a presence channel, its members on all workers. */
export class Channel {
  readonly name: string;
  readonly sockets = new Map<Socket, Subscriber>();
  /** Number of backend events so far. If it changes while the cached event is read, the cached event is outdated. */
  eventCount = 0;
  private readonly members = new Map<string, string>();
  private version = 0;
  /** Deltas received before the member list is known; the list may be older than they are. Null afterwards. */
  private buffered: PresenceDelta[] | null = [];
  /** Sockets that wait for the member list: the channel must not be removed meanwhile. */
  pendingJoins = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Encodes once and sends to all sockets of this worker except one. */
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

  isFullFor(userId: string, maxMembers: number): boolean {
    return this.members.size >= maxMembers && !this.members.has(userId);
  }

  /** The data of a presence channel's `subscription_succeeded`. */
  presence(): { presence: { ids: string[]; hash: Record<string, unknown>; count: number } } {
    // A member without info is null, not missing: clients take the list of members from this object.
    const hash = Object.fromEntries([...this.members].map(([userId, info]) => [userId, readInfo(info) ?? null]));
    return { presence: { ids: [...this.members.keys()], hash, count: this.members.size } };
  }

  /** Applies the whole member list at `version`, and sends the differences to this worker's sockets. */
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

  /** Applies a delta from the bus; an outdated one is dropped. */
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

/** Undefined when the backend gave no info. */
const readInfo = (info: string): unknown => (info === "" ? undefined : JSON.parse(info));
