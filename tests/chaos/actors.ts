/**
 * What the driver lets people do besides sending: being removed, coming back, ending sessions; and what it saw of it.
 */

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { callApi, readAnswers, Unanswered } from "#tests/chaos/api.ts";
import { type Fixtures, openSession, type Person, type Place } from "#tests/chaos/fixtures.ts";
import type { Journal } from "#tests/chaos/journal.ts";
import type { AskName, Asks } from "#tests/chaos/plan.ts";
import type { Random } from "#tests/chaos/random.ts";
import type { ClientProcess, Stack } from "#tests/chaos/stack.ts";

type Removal = { place: Place; personId: string };

export class Actors {
  kicks = 0;
  joins = 0;
  readonly #fixtures: Fixtures;
  readonly #stack: Stack;
  readonly #random: Random;
  readonly #journal: Journal;
  readonly #away = new Set<string>();
  readonly #comingBack = new Set<Promise<void>>();
  #revoked: { device: string; personId: string }[] = [];
  #churning = false;
  #churn: Promise<void> | undefined;

  constructor(fixtures: Fixtures, stack: Stack, random: Random, journal: Journal) {
    this.#fixtures = fixtures;
    this.#stack = stack;
    this.#random = random;
    this.#journal = journal;
  }

  clientOf(device: string): ClientProcess {
    const at = this.#fixtures.devices.findIndex(({ name }) => name === device);
    const client = this.#stack.clients[at % this.#stack.clients.length];
    if (!client) throw new Error("no client process has this device");
    return client;
  }

  askAll<Name extends AskName>(name: Name, ask: Asks[Name]["ask"]): Promise<Asks[Name]["answer"][]> {
    return Promise.all(this.#stack.clients.map((client) => client.ask(name, ask)));
  }

  person(id: string): Person {
    const person = this.#fixtures.people.get(id);
    if (!person) throw new Error(`There is no person ${id}.`);
    return person;
  }

  /** Calls until there is an answer; the refusal's reason, or null when it was done. */
  async #insist(token: string, path: string, input: unknown): Promise<string | null> {
    for (let attempt = 0; attempt < 60 && !this.#stack.stopping; attempt += 1) {
      const { port } = this.#random.pick(this.#stack.servers).door;
      try {
        const [answer] = readAnswers(await callApi(port, token, [{ path, input }], 4_000), 1);
        if (answer && "data" in answer) return null;
        if (answer && !(answer instanceof Unanswered) && answer.reason !== "rate_limited") return answer.reason;
        // The rate limit of joining is not tested here.
        if (answer && !(answer instanceof Unanswered)) await this.#forgive();
      } catch {
        // Asked again below.
      }
      await pause(100 + attempt * 20);
    }
    return "no answer";
  }

  async #forgive(): Promise<void> {
    await this.#stack.postgres.admin`delete from rate_limits where key like 'community:%'`.catch(() => {});
  }

  #someMember(): Removal | undefined {
    const communities = this.#fixtures.places.filter(({ kind }) => kind === "community");
    for (let tries = 0; tries < 20; tries += 1) {
      const place = this.#random.pick(communities);
      const present = place.members.filter((id) => id !== place.ownerId && !this.#away.has(`${place.id} ${id}`));
      if (present.length * 2 <= place.members.length) continue;
      // People with a tab more often: the product's own client has the most to forget.
      const withTab = present.filter((id) => this.#fixtures.tabs.some(({ personId }) => personId === id));
      const chosen = withTab.length > 0 && this.#random.chance(0.5) ? withTab : present;
      return { place, personId: this.#random.pick(chosen) };
    }
    return undefined;
  }

  async #kick({ place, personId }: Removal): Promise<boolean> {
    this.#away.add(`${place.id} ${personId}`);
    const since = Date.now();
    const owner = this.person(place.ownerId);
    const refused = await this.#insist(owner.token, "communities.removeMember", { communityId: place.id, personId });
    this.#journal.write("kick", since, place.id, personId, refused);
    if (refused === null) this.kicks += 1;
    return refused === null;
  }

  /** Most come back after a while; some stay away, and must hear nothing for the rest of the run. */
  #comeBack({ place, personId }: Removal, after: number): void {
    const stays = this.#random.chance(0.1);
    const coming = (async () => {
      await pause(after);
      if (stays) return;
      await this.#insist(this.person(place.ownerId).token, "communities.liftBan", { communityId: place.id, personId });
      const refused = await this.#insist(this.person(personId).token, "communities.join", { communityId: place.id });
      this.#journal.write("join", place.id, personId, refused);
      if (refused === null) this.joins += 1;
      this.#away.delete(`${place.id} ${personId}`);
    })().finally(() => this.#comingBack.delete(coming));
    this.#comingBack.add(coming);
  }

  async kickOne(): Promise<Removal | undefined> {
    const removal = this.#someMember();
    if (!removal) return undefined;
    const done = await this.#kick(removal);
    this.#comeBack(removal, this.#random.int(100, 1_500));
    return done ? removal : undefined;
  }

  /** Removes a member about once a second, all the time. */
  startChurn(everyMs: number): void {
    this.#churning = true;
    this.#churn = (async () => {
      while (this.#churning) {
        await this.kickOne();
        await pause(this.#random.int(everyMs / 2, everyMs * 1.5));
      }
    })();
  }

  async stopChurn(): Promise<void> {
    this.#churning = false;
    await this.#churn;
    while (this.#comingBack.size > 0) await Promise.race([Promise.all(this.#comingBack), pause(30_000)]);
  }

  async manyKicks(count: number): Promise<number> {
    const before = this.kicks;
    for (let done = 0; done < count; done += 5) {
      await Promise.all(Array.from({ length: Math.min(5, count - done) }, () => this.kickOne()));
    }
    return this.kicks - before;
  }

  /** One of two friends blocks the other for some moments, in which neither can write. */
  async blockFriends(count: number): Promise<number> {
    const direct = this.#fixtures.places.filter(({ kind }) => kind === "direct");
    const chosen = this.#random.shuffle(direct).slice(0, count);
    const done = await Promise.all(
      chosen.map(async ({ id, members }) => {
        const [by = "", other = ""] = this.#random.shuffle(members);
        const { token } = this.person(by);
        const refused = await this.#insist(token, "friends.block", { personId: other });
        const from = Date.now();
        await pause(this.#random.int(200, 1_500));
        const until = Date.now();
        await this.#insist(token, "friends.unblock", { personId: other });
        if (refused === null) this.#journal.write("blocked", id, from, until);
        return refused === null;
      }),
    );
    return done.filter(Boolean).length;
  }

  async kickAndReplay(count: number): Promise<number> {
    let replays = 0;
    for (let at = 0; at < count; at += 1) {
      const removal = await this.kickOne();
      if (!removal) continue;
      const devices = this.person(removal.personId).devices.map(({ name }) => name);
      for (const answer of await this.askAll("subscribe", { devices })) replays += answer.done;
    }
    return replays;
  }

  large = async (count: number) => sum(await this.askAll("large", { count: this.#share(count) }), "acks");
  duplicates = async (devices: number, copies: number) =>
    sum(await this.askAll("duplicates", { devices: this.#share(devices), copies }), "acks");
  nonReaders = async (count: number, forMs: number) =>
    sum(await this.askAll("nonReaders", { count: this.#share(count), forMs }), "cut");

  #share(count: number): number {
    return Math.ceil(count / this.#stack.clients.length);
  }

  /** A member says something, is removed, and repeats it. */
  async repeatAfterKick(): Promise<string> {
    const removal = this.#someMember();
    const device = removal && this.person(removal.personId).devices[0]?.name;
    if (!removal || !device) return "no one";
    const client = this.clientOf(device);
    const { clientId } = await client.ask("say", { device, conversationId: removal.place.id });
    await this.#kick(removal);
    const again = await client.ask("say", { device, conversationId: removal.place.id, clientId });
    this.#comeBack(removal, 200);
    return again.said;
  }

  /** Ends sessions that have open sockets. Their devices may receive nothing more until they sign in again. */
  async revoke(count: number): Promise<number> {
    for (const { name, personId } of this.#random.shuffle(this.#fixtures.devices)) {
      if (this.#revoked.length >= count) break;
      const client = this.clientOf(name);
      const { sessionNo, ready } = await client.ask("session", { device: name });
      if (!ready) continue;
      const sessionId = await this.#sessionOf(name);
      if (!sessionId) continue;
      const since = Date.now();
      const refused = await this.#insist(this.person(personId).token, "accounts.sessions.revoke", { sessionId });
      this.#journal.write("revoke", since, name, sessionNo, refused);
      this.#revoked.push({ device: name, personId });
    }
    return this.#revoked.length;
  }

  readonly #sessions = new Map<string, string>();

  async #sessionOf(device: string): Promise<string | undefined> {
    const known = this.#sessions.get(device);
    if (known) return known;
    const spec = this.#fixtures.devices.find(({ name }) => name === device);
    if (!spec) return undefined;
    const hash = createHash("sha256").update(spec.token).digest();
    const [row] = await this.#stack.postgres.admin<
      { id: string }[]
    >`select id from sessions where token_hash = ${hash}`;
    return row?.id;
  }

  async signInAgain(): Promise<void> {
    for (const { device, personId } of this.#revoked) {
      const { id, token } = await openSession(this.#stack.postgres.admin, personId);
      this.#sessions.set(device, id);
      await this.clientOf(device).ask("token", { device, token });
    }
    this.#revoked = [];
  }
}

function sum<Key extends string>(answers: Record<Key, number>[], key: Key): number {
  return answers.reduce((total, answer) => total + answer[key], 0);
}
