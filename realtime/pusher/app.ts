import type { AppEnvelope, AppEvent, Envelope, PlacesEnvelope } from "#contracts/bus.ts";
import { isCacheChannel, kindOf } from "#contracts/channels.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { frame, toWire } from "#realtime/frames.ts";
import type { App, Socket } from "#realtime/link.ts";
import { Places } from "#realtime/places.ts";
import { hooksFor } from "#realtime/pusher/announce.ts";
import { Channel } from "#realtime/pusher/channel.ts";
import { type Effect, PusherSession } from "#realtime/pusher/session.ts";
import { type AppSettings, appLimits } from "#realtime/pusher/settings.ts";
import type { Member, User } from "#realtime/pusher/subscription.ts";
import { batchedOnline, Watchlists } from "#realtime/watchlists.ts";
import { log, type Sql } from "#server/live/database.ts";
import { type Announce, onlineChannel } from "#server/live/places.ts";
import { type CachedEvent, readCached, readRelay, type Triggered } from "#server/live/relay.ts";
import { enqueueHooks } from "#server/live/webhooks.ts";

const disabled = "the app is disabled";

export type PusherAppOptions = {
  sql: Sql;
  workerId: string;
  announce: Announce;
  /** To every worker, this one included. */
  relay: (triggered: Triggered) => Promise<void>;
};

/** An app under the rules of pusher.com: whoever shows a signature of its backend may listen. */
export class PusherApp implements App {
  readonly id: string;
  readonly settings: AppSettings;
  readonly maxFrameBytes = appLimits.frameBytes;
  readonly places: Places;
  private readonly sessions = new Map<Socket, PusherSession>();
  private readonly channels = new Map<string, Channel>();
  private readonly watchlists: Watchlists;
  private readonly options: PusherAppOptions;
  /** While an event that was too large to travel is being read, what was told after it waits behind it. */
  private behind: Promise<void> | null = null;

  constructor(settings: AppSettings, options: PusherAppOptions) {
    this.id = settings.id;
    this.settings = settings;
    this.options = options;
    this.places = new Places(options.sql, options.workerId, settings.id, options.announce);
    this.watchlists = new Watchlists(batchedOnline(options.sql, settings.id));
  }

  get origins(): AppSettings["origins"] {
    return this.settings.origins;
  }

  /** In place: sessions hold the settings. A new key or secret counts for those who come; who is here stays. */
  change(next: AppSettings): void {
    if (next !== this.settings) {
      this.settings.secretPrevious = undefined;
      Object.assign(this.settings, next);
    }
    if (!next.enabled) this.endAll(closeCodes.appDisabled, disabled);
  }

  /** There is no such app any more. */
  remove(): void {
    this.endAll(closeCodes.unknownApp, "no such app");
  }

  private endAll(code: number, reason: string): void {
    for (const socket of [...this.sessions.keys()]) socket.end(code, reason);
  }

  admits(): { code: number; message: string } | null {
    if (!this.settings.enabled) return { code: closeCodes.appDisabled, message: disabled };
    if (this.sessions.size < this.settings.maxConnections) return null;
    return { code: closeCodes.overCapacity, message: "too many connections" };
  }

  opened(socket: Socket): void {
    const session = new PusherSession(socket.id, this.settings);
    this.sessions.set(socket, session);
    this.perform(socket, session, session.open());
  }

  received(socket: Socket, text: string): void {
    const session = this.sessions.get(socket);
    if (session) this.perform(socket, session, session.receive(text));
  }

  closed(socket: Socket): void {
    const session = this.sessions.get(socket);
    if (!session) return;
    this.sessions.delete(socket);
    for (const { channel, member } of session.channels) this.leave(socket, channel, member);
    this.watchlists.unwatch(socket);
    if (session.user) this.places.remove(onlineChannel, session.user.id);
  }

  /** The protocol has no word for events that were dropped: a slow reader comes back and begins anew. */
  drained(socket: Socket): void {
    socket.end(closeCodes.overCapacity, "too slow");
  }

  isSettled(socket: Socket): boolean {
    return !this.settings.authorizedConnections || Boolean(this.sessions.get(socket)?.isAuthorized);
  }

  /** What the bus says of this app, in the order in which it was committed. */
  hear(envelope: Envelope): void {
    if (this.behind) {
      this.behind = this.behind.then(() => this.hearNow(envelope) ?? undefined);
      this.untangle();
      return;
    }
    const reading = this.hearNow(envelope);
    if (!reading) return;
    this.behind = reading;
    this.untangle();
  }

  /** After a break in hearing: events told meanwhile are gone, as the protocol allows; who is where is read again. */
  compare(): void {
    for (const channel of this.channels.values()) void this.reread(channel);
    void this.watchlists.again().catch((error) => log.warn({ err: error }, "watchlists could not be read"));
  }

  private untangle(): void {
    const mine = this.behind;
    void mine?.finally(() => {
      if (this.behind === mine) this.behind = null;
    });
  }

  private hearNow(envelope: Envelope): Promise<void> | null {
    if ("terminatedUserId" in envelope) this.terminate(envelope.terminatedUserId);
    else if ("live" in envelope) this.hearPlaces(envelope);
    else if ("app" in envelope) return this.hearEvent(envelope);
    return null;
  }

  private hearEvent({ n, event, relay }: AppEnvelope): Promise<void> | null {
    if (event) this.deliver(n, event);
    if (event || relay === undefined) return null;
    return readRelay(this.options.sql, relay)
      .then((text) => text !== undefined && this.deliver(n, JSON.parse(text) as AppEvent))
      .then(() => {})
      .catch((error) => log.warn({ err: error, app: this.settings.id }, "a large event could not be read"));
  }

  private deliver(n: string, { channels, name, data, except, userId }: AppEvent): void {
    const rest = { n, ...(except === undefined ? {} : { except }), ...(userId === undefined ? {} : { userId }) };
    for (const channel of channels) this.channels.get(channel)?.tell(name, data, rest);
  }

  private hearPlaces({ channel: name, live, came, went, reread }: PlacesEnvelope): void {
    if (name === onlineChannel) {
      const ids = came.map((one) => one.userId);
      this.watchlists.changed("online", ids);
      this.watchlists.changed("offline", went);
      return;
    }
    const channel = this.channels.get(name);
    if (channel && reread) void this.reread(channel);
    else channel?.news(live, came, went);
  }

  private terminate(userId: string): void {
    for (const [socket, session] of this.sessions) {
      if (session.user?.id === userId) socket.end(closeCodes.unauthorized, "the connection was terminated");
    }
  }

  private perform(socket: Socket, session: PusherSession, effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === "send") socket.push(effect.frame);
      else if (effect.type === "close") socket.end(effect.code, effect.reason);
      else if (effect.type === "join") void this.join(socket, session, effect.channel, effect.member);
      else if (effect.type === "leave") this.leave(socket, effect.channel, effect.member);
      else if (effect.type === "online") this.goOnline(socket, effect.user);
      else this.trigger(socket, effect);
    }
  }

  private goOnline(socket: Socket, user: User): void {
    this.places.add(onlineChannel, user.id);
    this.watchlists.watch(socket, user.watchlist).catch((error) => {
      log.warn({ err: error }, "a watchlist could not be read");
    });
  }

  private async join(socket: Socket, session: PusherSession, name: string, member: Member | null): Promise<void> {
    const isNew = !this.channels.get(name)?.sockets.has(socket);
    if (isNew && member && this.isFullFor(name, member)) return this.refuseFull(socket, session, name);
    if (isNew) this.places.add(name, member?.userId, member?.info);
    const channel = this.channels.get(name) ?? new Channel(name);
    this.channels.set(name, channel);
    if (member) await this.learnMembers(channel, member);
    // The socket may have left or closed while the members were read.
    if (this.sessions.get(socket) !== session || !session.isSubscribed(name)) return this.tidy(channel);
    if (isNew && channel.memberCount > this.settings.maxPresenceMembers) {
      this.places.remove(name, member?.userId);
      this.tidy(channel);
      return this.refuseFull(socket, session, name);
    }
    channel.sockets.set(socket, channel.sockets.get(socket) ?? { member });
    session.subscribed(name);
    socket.push(frame("pusher_internal:subscription_succeeded", member ? channel.presence() : {}, name));
    if (isNew && isCacheChannel(name)) await this.tellCached(socket, channel);
  }

  private async learnMembers(channel: Channel, member: Member): Promise<void> {
    channel.joining += 1;
    const { live, members } = await this.places.snapshot(channel.name, member.userId);
    channel.joining -= 1;
    channel.snapshot(live, members);
  }

  private tidy(channel: Channel): void {
    if (channel.isEmpty && this.channels.get(channel.name) === channel) this.channels.delete(channel.name);
  }

  private isFullFor(name: string, { userId }: Member): boolean {
    const channel = this.channels.get(name);
    return Boolean(channel && channel.memberCount >= this.settings.maxPresenceMembers && !channel.hasMember(userId));
  }

  private refuseFull(socket: Socket, session: PusherSession, name: string): void {
    const refusal = { type: "LimitReached" as const, error: "the presence channel is full", status: 4100 };
    this.perform(socket, session, session.refused(name, refusal));
  }

  private leave(socket: Socket, name: string, member: Member | null): void {
    this.places.remove(name, member?.userId);
    const channel = this.channels.get(name);
    channel?.sockets.delete(socket);
    if (channel) this.tidy(channel);
  }

  /** What was told while the cached event was being read is newer. */
  private async tellCached(socket: Socket, channel: Channel): Promise<void> {
    const heard = channel.heard;
    let cached: CachedEvent | undefined;
    try {
      cached = await readCached(this.options.sql, this.settings.id, channel.name);
    } catch (error) {
      log.warn({ err: error }, "a cached event could not be read");
      return;
    }
    const listening = channel.sockets.get(socket);
    if (!listening || channel.heard !== heard) return;
    if (cached) {
      listening.cached = cached.n;
      socket.push(toWire(JSON.stringify({ event: cached.name, channel: channel.name, data: cached.data })));
      return;
    }
    socket.push(JSON.stringify({ event: "pusher:cache_miss", channel: channel.name }));
    this.report("cache_miss", channel.name, "", {});
  }

  private trigger(socket: Socket, { channel, name, data, userId }: Extract<Effect, { type: "trigger" }>): void {
    const event: AppEvent = { channels: [channel], name, data, except: socket.id, ...(userId ? { userId } : {}) };
    this.options.relay({ app: this.settings.id, event, cached: false }).catch((error) => {
      log.warn({ err: error }, "a client event was lost");
    });
    this.report("client_event", channel, userId ?? "", { event: name, data, socket_id: socket.id });
  }

  private report(kind: string, channel: string, userId: string, more: Record<string, unknown>): void {
    const hooks = hooksFor(this.settings, kind, channel, userId, more);
    if (hooks.length === 0) return;
    this.options.sql
      .begin((tx) => enqueueHooks(tx, hooks))
      .catch((error) => log.warn({ err: error, kind }, "a webhook was lost"));
  }

  private async reread(channel: Channel): Promise<void> {
    if (kindOf(channel.name) !== "presence") return;
    const someone = [...channel.sockets.values()].find(({ member }) => member)?.member;
    if (!someone) return;
    const { live, members } = await this.places.snapshot(channel.name, someone.userId);
    channel.snapshot(live, members);
  }
}
