import type { Envelope } from "#contracts/bus.ts";
import { inboxChannel } from "#contracts/channels.ts";
import { laneEvents } from "#contracts/lane.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { InboxHeads } from "#contracts/realtime.ts";
import { ChatCalls } from "#realtime/chat-calls.ts";
import { ChatPresence } from "#realtime/chat-presence.ts";
import { ChatTyping } from "#realtime/chat-typing.ts";
import { eventFrame, frame } from "#realtime/frames.ts";
import { type Action, Hub } from "#realtime/hub.ts";
import { HubReads } from "#realtime/hub-reads.ts";
import type { App, Socket } from "#realtime/link.ts";
import type { Metrics } from "#realtime/metrics.ts";
import { readProof } from "#realtime/proof.ts";
import { type Claim, type Effect, Session, subscriptionRefused } from "#realtime/session.ts";
import { SocketsPerPerson } from "#realtime/sockets-per-person.ts";
import { batched } from "#server/live/batched.ts";
import { log, type Sql } from "#server/live/database.ts";
import type { Announce } from "#server/live/places.ts";
import { readUntold, standingSessions } from "#server/live/reads.ts";

/** About 45 bytes each: well below what a socket may hold. */
const mostHeads = 3_000;

export type ChatOptions = {
  sql: Sql;
  workerId: string;
  appId: string;
  announce: Announce;
  origins: readonly string[];
  /** Do revocations arrive at present? */
  hearing: () => boolean;
  metrics: Metrics;
};

/** Our own app: sign-in first, one inbox per person, membership by the hub. Holds everyone who is here. */
export class Chat implements App {
  readonly id: string;
  readonly origins: readonly string[];
  /** Larger content goes over HTTP. */
  readonly maxFrameBytes = 64 * 1024;
  readonly hub = new Hub();
  readonly reads: HubReads;
  readonly presence: ChatPresence;
  private readonly sessions = new Map<Socket, Session>();
  private readonly perPerson = new SocketsPerPerson();
  /** The sockets of a person that are subscribed to their inbox. */
  private readonly inboxes = new Map<string, Set<Socket>>();
  private readonly calls: ChatCalls;
  private readonly stands: (claim: Claim) => Promise<boolean>;
  private readonly sql: Sql;
  private readonly metrics: Metrics;
  private readonly typing: ChatTyping;

  constructor(options: ChatOptions) {
    const { sql } = options;
    this.sql = sql;
    this.id = options.appId;
    this.origins = options.origins;
    this.metrics = options.metrics;
    this.presence = new ChatPresence(options, this.inboxes);
    this.reads = new HubReads(sql, this.hub, (actions) => this.act(actions));
    this.typing = new ChatTyping(sql, this.hub, this.inboxes);
    this.stands = batched(async (claims: Claim[]) => {
      const standing = await standingSessions(sql, claims);
      return (claim: Claim) => standing.has(claim.sessionId);
    });
    this.calls = new ChatCalls({
      hearing: options.hearing,
      stands: this.stands,
      revoke: (sessionIds) => this.revoke(sessionIds),
      metrics: options.metrics,
    });
  }

  admits(): null {
    return null;
  }

  opened(socket: Socket): void {
    const session = new Session(socket.id, readProof);
    this.sessions.set(socket, session);
    this.perform(socket, session.open());
  }

  received(socket: Socket, text: string): void {
    const session = this.sessions.get(socket);
    if (session) this.perform(socket, session.receive(text));
  }

  closed(socket: Socket): void {
    this.leave(socket);
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    if (personId) this.perPerson.remove(personId);
    this.sessions.delete(socket);
    this.calls.forget(socket);
  }

  /** The backlog of a slow reader was dropped; these numbers say what it must compare with. */
  drained(socket: Socket): void {
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    if (!personId || !this.inboxes.get(personId)?.has(socket) || !this.hub.knows(personId)) return;
    socket.push(frame(laneEvents.resync, this.headsFor(personId), inboxChannel));
    this.presence.refresh(socket);
  }

  /** Without numbers when there are too many for one frame: then the client asks. */
  private headsFor(personId: string): InboxHeads | Record<string, never> {
    const heads = this.hub.headsOf(personId);
    return Object.keys(heads.heads).length > mostHeads ? {} : heads;
  }

  isSettled(socket: Socket): boolean {
    return Boolean(this.sessions.get(socket)?.signedIn);
  }

  hear(envelope: Envelope): void {
    if ("live" in envelope) this.presence.heard(envelope);
    else if ("typing" in envelope) this.typing.tell(envelope.typing);
    else {
      this.presence.noticed(envelope);
      this.act(this.hub.hear(envelope));
    }
  }

  /** After a break in hearing. */
  async compare(): Promise<void> {
    this.presence.compare();
    await Promise.all([this.reads.compare(), this.recheck()]);
  }

  /** What Postgres had no room to notify of. */
  async lookForUntold(): Promise<void> {
    try {
      const { envelopes, sessionsEnded } = await readUntold(this.sql);
      for (const envelope of envelopes) this.hear(envelope);
      if (sessionsEnded) await this.recheck();
    } catch (error) {
      log.warn({ err: error }, "the table of the untold could not be read; the next second tries again");
    }
  }

  act(actions: Action[]): void {
    for (const action of actions) {
      if (action.type === "deliver") {
        const bytes = eventFrame(inboxChannel, action.event);
        for (const personId of action.personIds) {
          for (const socket of this.inboxes.get(personId) ?? []) socket.push(bytes);
        }
      } else if (action.type === "read") {
        this.metrics.counts.holesRead += 1;
        void this.reads.read(action.conversationId, action.rev);
      } else if (action.type === "reload") void this.reads.reload(action.personId);
      else this.revoke(new Set(action.sessionIds));
    }
  }

  /** Revocations are told at once; this finds the ones that were told while nobody heard. */
  async recheck(): Promise<void> {
    const claims = [...this.sessions.values()].flatMap((session) => session.signedIn ?? []);
    if (claims.length === 0) return;
    try {
      const standing = await standingSessions(this.sql, claims);
      this.revoke(new Set(claims.flatMap(({ sessionId }) => (standing.has(sessionId) ? [] : [sessionId]))));
    } catch (error) {
      log.warn({ err: error }, "the sessions could not be checked; the next round does");
    }
  }

  private perform(socket: Socket, effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === "send") socket.push(effect.frame);
      else if (effect.type === "close") socket.end(effect.code, effect.reason);
      else if (effect.type === "check") void this.check(socket, effect.claim);
      else if (effect.type === "join") void this.join(socket, effect.claim);
      else if (effect.type === "call") void this.calls.run(socket, effect);
      else if (effect.type === "visit") this.visit(socket, effect);
      else if (effect.type === "typing") this.typing.sign(effect);
      else this.leave(socket);
    }
  }

  /** While the tables cannot be asked nobody is let in: the client comes back. */
  private async check(socket: Socket, claim: Claim): Promise<void> {
    const session = this.sessions.get(socket);
    try {
      const stands = await this.stands(claim);
      this.metrics.counts[stands ? "signIns" : "signInsRefused"] += 1;
      // The socket may have closed meanwhile: the dead join nothing.
      if (!session || this.sessions.get(socket) !== session) return;
      if (stands && !this.perPerson.add(claim.personId)) {
        return socket.end(closeCodes.overCapacity, "too many connections of one person");
      }
      this.perform(socket, session.checked(stands));
    } catch (error) {
      log.warn({ err: error }, "a sign-in could not be checked");
      socket.end(closeCodes.overCapacity, "try again");
    }
  }

  private async join(socket: Socket, { personId }: Claim): Promise<void> {
    const session = this.sessions.get(socket);
    const inbox = this.inboxes.get(personId) ?? new Set();
    const isNew = !inbox.has(socket);
    this.inboxes.set(personId, inbox.add(socket));
    if (isNew) this.presence.arrive(socket, personId);
    try {
      // Again when the load that was shared belonged to a socket that left meanwhile.
      while (inbox.has(socket) && !this.hub.knows(personId)) await this.reads.load(personId);
      if (session && inbox.has(socket)) this.perform(socket, session.joined(this.headsFor(personId)));
    } catch (error) {
      log.warn({ err: error }, "an inbox could not be loaded");
      socket.end(closeCodes.overCapacity, "try again");
    }
  }

  private visit(socket: Socket, { claim, channel, conversationId }: Extract<Effect, { type: "visit" }>): void {
    if (this.hub.isMember(conversationId, claim.personId)) {
      socket.push(frame("pusher_internal:subscription_succeeded", {}, channel));
    } else this.perform(socket, [subscriptionRefused(channel)]);
  }

  private leave(socket: Socket): void {
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    const inbox = personId ? this.inboxes.get(personId) : undefined;
    if (!personId || !inbox?.delete(socket)) return;
    this.presence.leave(socket, personId);
    if (inbox.size > 0) return;
    this.inboxes.delete(personId);
    this.hub.depart(personId);
  }

  /** Also sign-ins that are being checked: their answer may be older than the revocation. */
  private revoke(sessionIds: ReadonlySet<string>): void {
    if (sessionIds.size === 0) return;
    for (const [socket, session] of this.sessions) {
      if (!session.claimed || !sessionIds.has(session.claimed.sessionId)) continue;
      this.leave(socket);
      socket.end(closeCodes.unauthorized, "the session has ended");
    }
  }
}
