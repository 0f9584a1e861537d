/** The people of a run, all invented: their sessions, communities and friendships, made before anything breaks. */
import { createHash, randomBytes } from "node:crypto";
import type postgres from "postgres";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import type { Me } from "#server/me.ts";
import { makeFriends } from "#tests/_people.ts";
import type { Options } from "#tests/chaos/options.ts";
import type { ConversationPlan, DeviceSpec } from "#tests/chaos/plan.ts";
import type { Random } from "#tests/chaos/random.ts";

export type Person = { id: string; name: string; token: string; devices: DeviceSpec[] };
export type Place = ConversationPlan & { ownerId: string; members: string[] };
export type Fixtures = { people: Map<string, Person>; places: Place[]; devices: DeviceSpec[]; tabs: DeviceSpec[] };

/** A bearer session, written as `accounts.signIn` writes it, without the price of a password. */
export async function openSession(sql: postgres.Sql, personId: string): Promise<{ id: string; token: string }> {
  const token = `imc_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(token).digest();
  const [row] = await sql<{ id: string }[]>`
    insert into sessions (person_id, kind, token_hash, label, expires_at)
    values (${personId}, 'bearer', ${hash}, 'chaos', now() + interval '1 day') returning id
  `;
  if (!row) throw new Error("no session was written");
  return { id: row.id, token };
}

async function makePeople(sql: postgres.Sql, random: Random, count: number): Promise<Person[]> {
  const rows = await sql<{ id: string; displayName: string }[]>`
    insert into people (handle, display_name, password_hash)
    select 'resident_' || n, 'Resident ' || n, 'none' from generate_series(1, ${count}) as n
    returning id, display_name as "displayName"
  `;
  const people: Person[] = [];
  for (const { id, displayName } of rows) {
    const name = displayName.toLowerCase().replace(" ", "-");
    const devices: DeviceSpec[] = [];
    for (let at = 1; at <= random.int(2, 3); at += 1) {
      const { token } = await openSession(sql, id);
      devices.push({ name: `${name}-${at}`, personId: id, token, via: at % 2 === 0 ? "socket" : "http" });
    }
    people.push({ id, name, token: (await openSession(sql, id)).token, devices });
  }
  return people;
}

const meOf = ({ id }: Person): Me => ({ personId: id, sessionId: id });

async function makeCommunity(people: Person[], history: boolean, canary: string, n: number): Promise<Place> {
  const [owner, ...others] = people;
  if (!owner) throw new Error("a community needs an owner");
  const input = { name: `Community ${n}`, joinPolicy: "open" as const, historyVisibleToNewMembers: history };
  const { community } = await createCommunity(meOf(owner), input);
  for (const other of others) await joinCommunity(meOf(other), { communityId: community.id });
  const members = people.map(({ id }) => id);
  return { id: community.id, kind: "community", history, canary, ownerId: owner.id, members };
}

/** Small and large communities over everyone, and a direct conversation for each pair of neighbours. */
export async function createFixtures(sql: postgres.Sql, options: Options, random: Random): Promise<Fixtures> {
  const people = await makePeople(sql, random, options.people);
  const canary = () => `kanari-${random.hex(16)}`;
  const founding: Promise<Place>[] = [];
  for (let n = 0; n < options.communities; n += 1) {
    const size = random.chance(0.12) ? random.int(9, 20) : random.int(3, 7);
    founding.push(makeCommunity(random.shuffle(people).slice(0, size), n % 3 === 0, canary(), n + 1));
  }
  const places = await Promise.all(founding);
  const pairs = people.flatMap((a, at) => (at % 2 === 0 && people[at + 1] ? [[a, people[at + 1]]] : []));
  for (const [a, b] of pairs) {
    if (!a || !b) continue;
    const id = await makeFriends(meOf(a), meOf(b));
    places.push({ id, kind: "direct", history: true, canary: canary(), ownerId: a.id, members: [a.id, b.id] });
  }
  const devices = people.flatMap((person) => person.devices);
  const tabs: DeviceSpec[] = [];
  for (const { id, name } of people.slice(0, options.tabs)) {
    const { token } = await openSession(sql, id);
    tabs.push({ name: `${name}-tab`, personId: id, token, via: "socket" });
  }
  return { people: new Map(people.map((person) => [person.id, person])), places, devices, tabs };
}
