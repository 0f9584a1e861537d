import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, type TestPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

const profileOf = async (me: TestPerson, personId: string) => (await callerOf(me).people.profile({ personId })).profile;

/** The names of the communities that `me` is told of on the card of `other`. */
const shared = async (me: TestPerson, other: TestPerson) =>
  (await profileOf(me, other.personId))?.communities.map(({ name }) => name) ?? null;

async function inCommunity(owner: TestPerson, name: string, others: readonly TestPerson[]): Promise<string> {
  const { community } = await callerOf(owner).communities.create({ name, joinPolicy: "open" });
  for (const one of others) await callerOf(one).communities.join({ communityId: community.id });
  return community.id;
}

test("a stranger's profile is as absent as that of an unknown id", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  expect(await callerOf(eve).people.profile({ personId: ann.personId })).toEqual({ profile: null });
  expect(await callerOf(eve).people.profile({ personId: randomUUID() })).toEqual({ profile: null });
});

test("friends see each other's public profile, without what it keeps to itself", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben", { email: `${randomUUID()}@example.com` })];
  await makeFriends(ann, ben);
  await callerOf(ben).accounts.updateProfile({ bio: "sails", gender: "male" });
  const profile = await profileOf(ann, ben.personId);
  expect(profile).toMatchObject({ communities: [], communityCount: 0 });
  expect(profile?.person).toEqual({
    id: ben.personId,
    number: ben.number,
    handle: ben.handle,
    displayName: "ben",
    gender: "male",
    bio: "sails",
    avatarSeed: expect.any(Number),
    avatarId: null,
    version: 2,
  });
});

test("common communities are those that both are in now, and only the viewer's own", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  await inCommunity(ann, "Kites", [ben]);
  await inCommunity(ben, "Boats", [ann, cleo]);
  await inCommunity(ben, "Secret", [cleo]);
  expect(await shared(ann, ben)).toEqual(["Boats", "Kites"]);
  expect(await shared(ben, ann)).toEqual(["Boats", "Kites"]);
  expect(await shared(ann, cleo)).toEqual(["Boats"]);
  expect(await shared(ann, ann)).toEqual([]);
});

test("a community that either has left, or that is dissolved, is no common one; the person stays known", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const kites = await inCommunity(ann, "Kites", [ben, cleo]);
  await callerOf(ben).communities.leave({ communityId: kites });
  expect(await shared(ann, ben)).toEqual([]);
  expect(await shared(ben, ann)).toEqual([]);
  expect(await shared(ben, cleo)).toEqual([]);
  expect(await shared(cleo, ann)).toEqual(["Kites"]);
  await callerOf(ann).communities.dissolve({ communityId: kites });
  expect(await shared(cleo, ann)).toEqual([]);
});

test("a block changes nothing of what either is told, so that the profile does not tell of it", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await inCommunity(ann, "Kites", [ben]);
  const before = [await profileOf(ann, ben.personId), await profileOf(ben, ann.personId)];
  await callerOf(ann).friends.block({ personId: ben.personId });
  expect([await profileOf(ann, ben.personId), await profileOf(ben, ann.personId)]).toEqual(before);
});

test("a person who blocked a stranger sees their profile, and the stranger sees nothing of theirs", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  await callerOf(ann).friends.block({ personId: eve.personId });
  expect((await profileOf(ann, eve.personId))?.person.handle).toBe(eve.handle);
  expect(await profileOf(eve, ann.personId)).toBeNull();
});

test("a profile names twenty common communities and counts all", { timeout: 60_000 }, async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  for (let at = 0; at < 21; at += 1) {
    // Founding and joining so many at once is throttled.
    await sql()`delete from rate_limits`;
    await inCommunity(ann, `Club ${String(at).padStart(2, "0")}`, [ben]);
  }
  const profile = await profileOf(ann, ben.personId);
  expect(profile?.communities).toHaveLength(20);
  expect(profile?.communities.at(-1)?.name).toBe("Club 19");
  expect(profile?.communityCount).toBe(21);
});
