import type { Envelope } from "#contracts/bus.ts";
import { inboxChannel } from "#contracts/channels.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { rpcEvents } from "#contracts/rpc.ts";
import { Arrivals } from "#realtime/arrivals.ts";
import { ChatPresence } from "#realtime/chat-presence.ts";
import { ChatReceipts } from "#realtime/chat-receipts.ts";
import { ChatRpc } from "#realtime/chat-rpc.ts";
import { ChatTyping } from "#realtime/chat-typing.ts";
import type { App, Socket } from "#realtime/connection.ts";
import { readCredentials } from "#realtime/credentials.ts";
import { eventFrame, frame } from "#realtime/frames.ts";
import { type Action, Hub } from "#realtime/hub.ts";
import { HubReads } from "#realtime/hub-reads.ts";
import { Inboxes } from "#realtime/inboxes.ts";
import type { Metrics } from "#realtime/metrics.ts";
import { readPlainCall } from "#realtime/plain-call.ts";
import { type Effect, type Identity, Session, subscriptionForbidden } from "#realtime/session.ts";
import { SocketsPerPerson } from "#realtime/sockets-per-person.ts";
import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { batched } from "#server/realtime/batched.ts";
import type { Announce } from "#server/realtime/presence.ts";
import { activeSessions, readOutbox } from "#server/realtime/realtime-queries.ts";
import { type Express, sentEnvelope } from "#server/rpc/express.ts";

export type ChatOptions = {
  sql: Sql;
  workerId: string;
  appId: string;
  announce: Announce;
  origins: readonly string[];
  /** True while revocations arrive over the bus. */
  isHealthy: () => boolean;
  metrics: Metrics;
  express: Express;
  hasPeers: () => boolean;
};

/** The messenger's own app: sign-in first, one inbox per person, membership by the hub. Holds all its sessions. */
export class Chat implements App {
  readonly id: string;
  readonly origins: readonly string[];
  /** Larger content goes over HTTP. */
  readonly maxFrameBytes = 64 * 1024;
  readonly hub = new Hub();
  readonly reads: HubReads;
  readonly presence: ChatPresence;
  readonly receipts: ChatReceipts;
  private readonly sessions = new Map<Socket, Session>();
  private readonly socketsPerPerson = new SocketsPerPerson();
  private readonly inboxes = new Inboxes();
  private readonly rpc: ChatRpc;
  private readonly isSessionActive: (identity: Identity) => Promise<boolean>;
  private readonly sql: Sql;
  private readonly metrics: Metrics;
  private readonly typing: ChatTyping;

  constructor(options: ChatOptions) {
    const { sql } = options;
    this.sql = sql;
    this.id = options.appId;
    this.origins = options.origins;
    this.metrics = options.metrics;
    const arrivals = new Arrivals(sql, options.appId);
    this.presence = new ChatPresence({ ...options, arrivals }, this.inboxes);
    this.reads = new HubReads(sql, this.hub, arrivals, (actions) => this.act(actions));
    this.typing = new ChatTyping(sql, this.hub, this.inboxes);
    this.receipts = new ChatReceipts(options, this.hub, this.inboxes);
    this.isSessionActive = batched(async (identities: Identity[]) => {
      const active = await activeSessions(sql, identities);
      return (identity: Identity) => active.has(identity.sessionId);
    });
    this.rpc = new ChatRpc({
      isHealthy: options.isHealthy,
      isSessionActive: this.isSessionActive,
      revoke: (sessionIds) => this.revoke(sessionIds),
      metrics: options.metrics,
      express: options.express,
      deliver: (message) => this.act(this.hub.apply(sentEnvelope(message))),
    });
  }

  checkAdmission(): null {
    return null;
  }

  opened(socket: Socket): void {
    const session = new Session(socket.id, readCredentials);
    this.sessions.set(socket, session);
    this.perform(socket, session.open());
  }

  received(socket: Socket, text: string): void {
    const session = this.sessions.get(socket);
    if (!session) return;
    const identity = session.signedIn;
    const plainCall = identity && readPlainCall(text);
    if (plainCall) this.rpc.runPlain(socket, identity, plainCall);
    else this.perform(socket, session.receive(text));
  }

  closed(socket: Socket): void {
    this.leaveInbox(socket);
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    if (personId) this.socketsPerPerson.remove(personId);
    this.sessions.delete(socket);
    this.rpc.remove(socket);
  }

  /** Frames to a slow socket were dropped. The heads tell the client which conversations it must catch up on. */
  drained(socket: Socket): void {
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    if (!personId || !this.inboxes.has(personId, socket) || !this.hub.isLoaded(personId)) return;
    socket.push(frame(rpcEvents.resync, this.hub.connected.headsForFrame(personId), inboxChannel));
    this.presence.refresh(socket);
  }

  isAuthenticated(socket: Socket): boolean {
    return Boolean(this.sessions.get(socket)?.signedIn);
  }

  onEnvelope(envelope: Envelope): void {
    if ("version" in envelope) this.presence.onPresence(envelope);
    else if ("typing" in envelope) this.typing.deliver(envelope.typing);
    else if ("receipts" in envelope) this.receipts.deliver(envelope);
    else {
      this.presence.onPersonEvent(envelope);
      this.act(this.hub.apply(envelope));
    }
  }

  /** Reads what was missed during a break of LISTEN. */
  async resync(): Promise<void> {
    this.presence.resync();
    await Promise.all([this.reads.resync(), this.revalidateSessions()]);
  }

  /** Applies changes that were committed without a notification because the queue was full. */
  async pollOutbox(): Promise<void> {
    try {
      const { envelopes, sessionsEnded } = await readOutbox(this.sql);
      for (const envelope of envelopes) this.onEnvelope(envelope);
      if (sessionsEnded) await this.revalidateSessions();
    } catch (error) {
      log.warn({ err: error }, "the notify outbox could not be read; retrying in a second");
    }
  }

  act(actions: Action[]): void {
    for (const action of actions) {
      if (action.type === "deliver") {
        this.inboxes.push(action.personIds, eventFrame(inboxChannel, action.event));
      } else if (action.type === "read") {
        this.metrics.counts.gapReads += 1;
        void this.reads.read(action.conversationId, action.rev);
      } else if (action.type === "reload") void this.reads.reload(action.personId);
      else this.revoke(new Set(action.sessionIds));
    }
  }

  /** Closes the sockets of ended sessions. Finds the revocations that were published while LISTEN was broken. */
  async revalidateSessions(): Promise<void> {
    const identities = [...this.sessions.values()].flatMap((session) => session.signedIn ?? []);
    if (identities.length === 0) return;
    try {
      const active = await activeSessions(this.sql, identities);
      this.revoke(new Set(identities.flatMap(({ sessionId }) => (active.has(sessionId) ? [] : [sessionId]))));
    } catch (error) {
      log.warn({ err: error }, "the sessions could not be checked; trying again later");
    }
  }

  private perform(socket: Socket, effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === "send") socket.push(effect.frame);
      else if (effect.type === "close") socket.end(effect.code, effect.reason);
      else if (effect.type === "check") void this.checkSession(socket, effect.identity);
      else if (effect.type === "join") void this.joinInbox(socket, effect.identity);
      else if (effect.type === "call") void this.rpc.run(socket, effect);
      else if (effect.type === "subscribeConversation") this.subscribeConversation(socket, effect);
      else if (effect.type === "typing") this.typing.publish(effect);
      else if (effect.type === "delivered") this.receipts.report(effect.identity.personId, effect.report);
      else this.leaveInbox(socket);
    }
  }

  /** When the database does not answer, the sign-in is refused and the client reconnects. */
  private async checkSession(socket: Socket, identity: Identity): Promise<void> {
    const session = this.sessions.get(socket);
    try {
      const isActive = await this.isSessionActive(identity);
      this.metrics.counts[isActive ? "signIns" : "signInsRefused"] += 1;
      // The socket may have closed meanwhile: a closed socket must not join.
      if (!session || this.sessions.get(socket) !== session) return;
      if (isActive && !this.socketsPerPerson.add(identity.personId)) {
        return socket.end(closeCodes.overCapacity, "too many connections of one person");
      }
      this.perform(socket, session.checked(isActive));
    } catch (error) {
      log.warn({ err: error }, "a sign-in could not be checked");
      socket.end(closeCodes.overCapacity, "try again");
    }
  }

  private async joinInbox(socket: Socket, { personId }: Identity): Promise<void> {
    const session = this.sessions.get(socket);
    if (this.inboxes.add(personId, socket)) this.presence.connect(socket, personId);
    const isIn = () => this.inboxes.has(personId, socket);
    try {
      // Repeats when the shared load belonged to a socket that closed before it finished.
      while (isIn() && !this.hub.isLoaded(personId)) await this.reads.load(personId);
      if (session && isIn()) this.perform(socket, session.joined(this.hub.connected.headsForFrame(personId)));
    } catch (error) {
      log.warn({ err: error }, "an inbox could not be loaded");
      socket.end(closeCodes.overCapacity, "try again");
    }
  }

  private subscribeConversation(
    socket: Socket,
    { identity, channel, conversationId }: Extract<Effect, { type: "subscribeConversation" }>,
  ): void {
    if (this.hub.connected.isMember(conversationId, identity.personId)) {
      socket.push(frame("pusher_internal:subscription_succeeded", {}, channel));
    } else this.perform(socket, [subscriptionForbidden(channel)]);
  }

  private leaveInbox(socket: Socket): void {
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    if (!personId) return;
    const { removed, last } = this.inboxes.remove(personId, socket);
    if (removed) this.presence.disconnect(socket, personId);
    if (last) this.hub.disconnect(personId);
  }

  /** Includes sign-ins that are being checked: their answer may be older than the revocation. */
  private revoke(sessionIds: ReadonlySet<string>): void {
    if (sessionIds.size === 0) return;
    for (const [socket, session] of this.sessions) {
      if (!session.claimedIdentity || !sessionIds.has(session.claimedIdentity.sessionId)) continue;
      this.leaveInbox(socket);
      socket.end(closeCodes.unauthorized, "the session has ended");
    }
  }
}
