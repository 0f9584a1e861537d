import { inboxChannel } from "#contracts/channels.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { batched } from "#realtime/batch.ts";
import { type Bus, openBus } from "#realtime/bus.ts";
import type { Config } from "#realtime/config.ts";
import { eventFrame } from "#realtime/frames.ts";
import { type Action, Hub } from "#realtime/hub.ts";
import { readProof } from "#realtime/proof.ts";
import { type Claim, type Effect, Session } from "#realtime/session.ts";
import { openSockets, type Socket, type SocketServer } from "#realtime/sockets.ts";
import { log, openSql, type Sql } from "#server/live/database.ts";
import {
  type LoadedPerson,
  loadPeople,
  readLiveHeads,
  readMissed,
  readUntold,
  standingSessions,
} from "#server/live/reads.ts";

/** Revocations are told at once; this finds the ones that were told while nobody heard. */
const recheckEvery = 30_000;
/** What Postgres had no room to notify of is told within this. */
const lookForUntoldEvery = 1_000;

export type Worker = { port: number; close(): Promise<void> };

/** Wires the machines (hub, sessions) to the world (sockets, bus, tables). Holds all of a worker's state. */
export async function startWorker(config: Config): Promise<Worker> {
  const sql = openSql(config.databaseUrl, 4, config.databaseUrl === config.databaseUrlDirect);
  const state = new Floor(sql);
  let bus: Bus;
  try {
    bus = await openBus(config.databaseUrlDirect, sql, {
      hear: (envelope) => state.act(state.hub.hear(envelope)),
      relistened: () => void state.compare(),
    });
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
  let sockets: SocketServer;
  try {
    sockets = await openSockets(
      { ...config, answer: (path) => answerHealth(path, bus.hearing()) },
      {
        opened: (socket) => state.open(socket),
        received: (socket, text) => state.receive(socket, text),
        closed: (socket) => state.closed(socket),
        isSignedIn: (socket) => state.isSignedIn(socket),
      },
    );
  } catch (error) {
    await bus.close();
    await sql.end({ timeout: 0 });
    throw error;
  }
  const timers = [
    setInterval(() => void state.recheck(), recheckEvery),
    setInterval(() => void state.lookForUntold(), lookForUntoldEvery),
  ];
  return {
    port: sockets.port,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await sockets.close();
      await bus.close();
      await sql.end({ timeout: 2 });
    },
  };
}

function answerHealth(path: string, hearing: boolean): { status: number; body: string } {
  if (path === "/healthz") return { status: 200, body: '{"ok":true}' };
  if (path === "/readyz") return { status: hearing ? 200 : 503, body: JSON.stringify({ ok: hearing }) };
  return { status: 404, body: '{"ok":false}' };
}

/** Everyone who is here, and what is being done for them. */
class Floor {
  readonly hub = new Hub();
  private readonly sessions = new Map<Socket, Session>();
  /** The sockets of a person that are subscribed to their inbox. */
  private readonly inboxes = new Map<string, Set<Socket>>();
  private readonly loads = new Map<string, Promise<void>>();
  private readonly stands: (claim: Claim) => Promise<boolean>;
  private readonly loadPerson: (personId: string) => Promise<LoadedPerson | undefined>;
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
    this.stands = batched(async (claims: Claim[]) => {
      const standing = await standingSessions(sql, claims);
      return (claim: Claim) => standing.has(claim.sessionId);
    });
    this.loadPerson = batched(async (personIds: string[]) => {
      const loaded = new Map((await loadPeople(sql, personIds)).map((person) => [person.personId, person]));
      return (personId: string) => loaded.get(personId);
    });
  }

  open(socket: Socket): void {
    const session = new Session(socket.id, readProof);
    this.sessions.set(socket, session);
    this.perform(socket, session.open());
  }

  receive(socket: Socket, text: string): void {
    const session = this.sessions.get(socket);
    if (session) this.perform(socket, session.receive(text));
  }

  closed(socket: Socket): void {
    this.leave(socket);
    this.sessions.delete(socket);
  }

  isSignedIn(socket: Socket): boolean {
    return Boolean(this.sessions.get(socket)?.signedIn);
  }

  act(actions: Action[]): void {
    for (const action of actions) {
      if (action.type === "deliver") {
        const frame = eventFrame(inboxChannel, action.event);
        for (const personId of action.personIds)
          for (const socket of this.inboxes.get(personId) ?? []) socket.send(frame);
      } else if (action.type === "read") void this.read(action.conversationId, action.rev);
      else if (action.type === "reload") void this.reload(action.personId);
      else this.revoke((sessionId) => action.sessionIds.includes(sessionId));
    }
  }

  /** After a break in hearing: where is the hub behind the tables? Also whose session ended meanwhile? */
  async compare(): Promise<void> {
    try {
      const heads = await readLiveHeads(this.sql, this.hub.conversationIds(), this.hub.personIds());
      this.act(this.hub.compare(heads.conversations, heads.people));
      await this.recheck();
    } catch (error) {
      log.warn({ err: error }, "the comparison after a break failed; trying again");
      setTimeout(() => void this.compare(), 500).unref();
    }
  }

  async recheck(): Promise<void> {
    const claims = [...this.sessions.values()].flatMap((session) => session.signedIn ?? []);
    if (claims.length === 0) return;
    try {
      const standing = await standingSessions(this.sql, claims);
      this.revoke((sessionId) => claims.some((claim) => claim.sessionId === sessionId) && !standing.has(sessionId));
    } catch (error) {
      log.warn({ err: error }, "the sessions could not be checked; the next round does");
    }
  }

  async lookForUntold(): Promise<void> {
    try {
      for (const envelope of await readUntold(this.sql)) this.act(this.hub.hear(envelope));
    } catch (error) {
      log.warn({ err: error }, "the table of the untold could not be read; the next second tries again");
    }
  }

  private perform(socket: Socket, effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === "send") socket.send(effect.frame);
      else if (effect.type === "close") socket.close(effect.code, effect.reason);
      else if (effect.type === "check") void this.check(socket, effect.claim);
      else if (effect.type === "join") void this.join(socket, effect.claim);
      else this.leave(socket);
    }
  }

  /** While the tables cannot be asked nobody is let in: the client comes back. */
  private async check(socket: Socket, claim: Claim): Promise<void> {
    const session = this.sessions.get(socket);
    try {
      const stands = await this.stands(claim);
      // The socket may have closed meanwhile: the dead join nothing.
      if (session && this.sessions.get(socket) === session) this.perform(socket, session.checked(stands));
    } catch (error) {
      log.warn({ err: error }, "a sign-in could not be checked");
      socket.close(closeCodes.overCapacity, "try again");
    }
  }

  private async join(socket: Socket, claim: Claim): Promise<void> {
    const session = this.sessions.get(socket);
    const inbox = this.inboxes.get(claim.personId) ?? new Set();
    this.inboxes.set(claim.personId, inbox.add(socket));
    try {
      // Again when the load that was shared belonged to a socket that left meanwhile.
      while (inbox.has(socket) && !this.hub.knows(claim.personId)) await this.load(claim.personId);
      if (session && inbox.has(socket)) this.perform(socket, session.joined());
    } catch (error) {
      log.warn({ err: error }, "an inbox could not be loaded");
      socket.close(closeCodes.overCapacity, "try again");
    }
  }

  /** Two sockets of one person wait for the same load. */
  private load(personId: string): Promise<void> {
    const known = this.loads.get(personId);
    if (known) return known;
    this.hub.arrive(personId);
    const load = this.loadPerson(personId)
      .then((loaded) => {
        if (!loaded) throw new Error("a signed-in person is not in the tables");
        this.act(this.hub.load(loaded));
      })
      .finally(() => this.loads.delete(personId));
    this.loads.set(personId, load);
    return load;
  }

  private async reload(personId: string): Promise<void> {
    if (!this.hub.knows(personId)) return;
    try {
      const loaded = await this.loadPerson(personId);
      if (loaded) this.act(this.hub.load(loaded));
    } catch (error) {
      log.warn({ err: error }, "a person could not be loaded again; trying again");
      setTimeout(() => void this.reload(personId), 500).unref();
    }
  }

  private leave(socket: Socket): void {
    const personId = this.sessions.get(socket)?.signedIn?.personId;
    const inbox = personId ? this.inboxes.get(personId) : undefined;
    if (!personId || !inbox?.delete(socket) || inbox.size > 0) return;
    this.inboxes.delete(personId);
    this.hub.depart(personId);
  }

  private async read(conversationId: string, rev: number): Promise<void> {
    try {
      this.act(this.hub.caughtUp(conversationId, await readMissed(this.sql, conversationId, rev)));
    } catch (error) {
      log.warn({ err: error, conversationId }, "missed changes could not be read; trying again");
      this.hub.readFailed(conversationId);
      setTimeout(() => void this.compare(), 500).unref();
    }
  }

  private revoke(ended: (sessionId: string) => boolean): void {
    for (const [socket, session] of this.sessions) {
      const claim = session.signedIn;
      if (!claim || !ended(claim.sessionId)) continue;
      this.leave(socket);
      socket.close(closeCodes.unauthorized, "the session has ended");
    }
  }
}
