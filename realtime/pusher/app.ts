import type { AppEvent, Envelope, PresenceEnvelope } from "#contracts/bus.ts";
import { isCacheChannel, kindOf } from "#contracts/channels.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { App, Socket } from "#realtime/connection.ts";
import { frame } from "#realtime/frames.ts";
import { PresenceWriter } from "#realtime/presence-writer.ts";
import { reportWebhook } from "#realtime/pusher/announce.ts";
import { sendCached } from "#realtime/pusher/cached-event.ts";
import { Channel } from "#realtime/pusher/channel.ts";
import { EnvelopeQueue } from "#realtime/pusher/envelope-queue.ts";
import { type Effect, PusherSession } from "#realtime/pusher/session.ts";
import { type AppSettings, appLimits } from "#realtime/pusher/settings.ts";
import type { Member, User } from "#realtime/pusher/subscription.ts";
import { batchedOnline, Watchlists } from "#realtime/watchlists.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import type { TriggeredEvent } from "#server/realtime/app-events.ts";
import { type Announce, onlineChannel } from "#server/realtime/presence.ts";

const disabled = "the app is disabled";

export type PusherAppOptions = {
  sql: Sql;
  workerId: string;
  announce: Announce;
  /** Publishes to every worker, including this one. */
  publish: (triggered: TriggeredEvent) => Promise<void>;
};

/** An app with the rules of pusher.com: a client may subscribe when it has a signature of the app's backend. */
export class PusherApp implements App {
  readonly id: string;
  readonly settings: AppSettings;
  readonly maxFrameBytes = appLimits.frameBytes;
  readonly presence: PresenceWriter;
  private readonly sessions = new Map<Socket, PusherSession>();
  private readonly channels = new Map<string, Channel>();
  private readonly watchlists: Watchlists;
  private readonly options: PusherAppOptions;
  private readonly queue: EnvelopeQueue;

  constructor(settings: AppSettings, options: PusherAppOptions) {
    this.id = settings.id;
    this.settings = settings;
    this.options = options;
    this.presence = new PresenceWriter(options.sql, options.workerId, settings.id, options.announce);
    this.watchlists = new Watchlists(batchedOnline(options.sql, settings.id));
    this.queue = new EnvelopeQueue(options.sql, settings.id, (envelope) => this.apply(envelope));
  }

  get origins(): AppSettings["origins"] {
    return this.settings.origins;
  }

  /** Updates the settings in place, because sessions share them. A new key or secret applies to new connections. */
  reconfigure(next: AppSettings): void {
    if (next !== this.settings) {
      this.settings.secretPrevious = undefined;
      Object.assign(this.settings, next);
    }
    if (!next.enabled) this.closeAll(closeCodes.appDisabled, disabled);
  }

  /** The app was removed from the settings. */
  remove(): void {
    this.closeAll(closeCodes.unknownApp, "no such app");
  }

  private closeAll(code: number, reason: string): void {
    for (const socket of [...this.sessions.keys()]) socket.end(code, reason);
  }

  checkAdmission(): { code: number; message: string } | null {
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
    if (session.user) this.presence.remove(onlineChannel, session.user.id);
  }

  /** The protocol has no message for dropped events, so a slow socket is closed and the client starts anew. */
  drained(socket: Socket): void {
    socket.end(closeCodes.overCapacity, "too slow");
  }

  isAuthenticated(socket: Socket): boolean {
    return !this.settings.authorizedConnections || Boolean(this.sessions.get(socket)?.isAuthorized);
  }

  /** An envelope of this app from the bus, in commit order. */
  onEnvelope(envelope: Envelope): void {
    this.queue.add(envelope);
  }

  /** After a break of LISTEN: missed events are lost, which the protocol permits; presence is read again. */
  resync(): void {
    for (const channel of this.channels.values()) void this.reloadMembers(channel);
    void this.watchlists.resendAll().catch((error) => log.warn({ err: error }, "watchlists could not be read"));
  }

  private apply(envelope: Envelope): void {
    if ("terminatedUserId" in envelope) this.terminate(envelope.terminatedUserId);
    else if ("version" in envelope) this.applyPresence(envelope);
    else if ("event" in envelope && "app" in envelope && envelope.event) this.deliver(envelope.nonce, envelope.event);
  }

  private deliver(nonce: string, { channels, name, data, except, userId }: AppEvent): void {
    const rest = { nonce, ...(except === undefined ? {} : { except }), ...(userId === undefined ? {} : { userId }) };
    for (const channel of channels) this.channels.get(channel)?.broadcast(name, data, rest);
  }

  private applyPresence({ channel: name, version, joined, left, truncated }: PresenceEnvelope): void {
    if (name === onlineChannel) {
      const ids = joined.map((one) => one.userId);
      this.watchlists.notify("online", ids);
      this.watchlists.notify("offline", left);
      return;
    }
    const channel = this.channels.get(name);
    if (channel && truncated) void this.reloadMembers(channel);
    else channel?.applyDelta(version, joined, left);
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
      else if (effect.type === "online") this.markOnline(socket, effect.user);
      else this.trigger(socket, effect);
    }
  }

  private markOnline(socket: Socket, user: User): void {
    this.presence.add(onlineChannel, user.id);
    this.watchlists.watch(socket, user.watchlist).catch((error) => {
      log.warn({ err: error }, "a watchlist could not be read");
    });
  }

  private async join(socket: Socket, session: PusherSession, name: string, member: Member | null): Promise<void> {
    const { maxPresenceMembers: max } = this.settings;
    const known = this.channels.get(name);
    const isNew = !known?.sockets.has(socket);
    if (isNew && member && known?.isFullFor(member.userId, max)) return this.rejectFull(socket, session, name);
    if (isNew) this.presence.add(name, member?.userId, member?.info);
    const channel = known ?? new Channel(name);
    this.channels.set(name, channel);
    if (member) await this.loadMembers(channel, member);
    // The socket may have left or closed while the members were read.
    if (this.sessions.get(socket) !== session || !session.isSubscribed(name)) return this.removeIfEmpty(channel);
    if (isNew && channel.memberCount > max) {
      this.presence.remove(name, member?.userId);
      this.removeIfEmpty(channel);
      return this.rejectFull(socket, session, name);
    }
    channel.sockets.set(socket, channel.sockets.get(socket) ?? { member });
    session.subscribed(name);
    socket.push(frame("pusher_internal:subscription_succeeded", member ? channel.presence() : {}, name));
    if (isNew && isCacheChannel(name)) await sendCached(this.options.sql, this.settings, { socket, channel });
  }

  private async loadMembers(channel: Channel, member: Member): Promise<void> {
    channel.pendingJoins += 1;
    const { version, members } = await this.presence.snapshot(channel.name, member.userId);
    channel.pendingJoins -= 1;
    channel.applySnapshot(version, members);
  }

  private removeIfEmpty(channel: Channel): void {
    if (channel.isEmpty && this.channels.get(channel.name) === channel) this.channels.delete(channel.name);
  }

  private rejectFull(socket: Socket, session: PusherSession, name: string): void {
    const refusal = { type: "LimitReached" as const, error: "the presence channel is full", status: 4100 };
    this.perform(socket, session, session.refused(name, refusal));
  }

  private leave(socket: Socket, name: string, member: Member | null): void {
    this.presence.remove(name, member?.userId);
    const channel = this.channels.get(name);
    channel?.sockets.delete(socket);
    if (channel) this.removeIfEmpty(channel);
  }

  private trigger(socket: Socket, { channel, name, data, userId }: Extract<Effect, { type: "trigger" }>): void {
    const event: AppEvent = { channels: [channel], name, data, except: socket.id, ...(userId ? { userId } : {}) };
    this.options.publish({ app: this.settings.id, event, cached: false }).catch((error) => {
      log.warn({ err: error }, "a client event was lost");
    });
    reportWebhook(this.options.sql, this.settings, "client_event", channel, userId ?? "", {
      event: name,
      data,
      socket_id: socket.id,
    });
  }

  private async reloadMembers(channel: Channel): Promise<void> {
    if (kindOf(channel.name) !== "presence") return;
    const anyMember = [...channel.sockets.values()].find(({ member }) => member)?.member;
    if (!anyMember) return;
    const { version, members } = await this.presence.snapshot(channel.name, anyMember.userId);
    channel.applySnapshot(version, members);
  }
}
