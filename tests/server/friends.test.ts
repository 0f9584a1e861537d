import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";

afterAll(closeDatabase);

async function two() {
  return [await newPerson("ann"), await newPerson("ben")] as const;
}

test("people are found by number and handle exactly, and by mobile only when it is verified and they opted in", async () => {
  const ann = await newPerson("ann");
  const mobile = `+4917${String(Math.random()).slice(2, 10)}`;
  const ben = await newPerson("ben", { mobile });
  const find = async (query: string) => (await callerOf(ann).friends.find({ query })).found?.person.id ?? null;
  expect(await find(String(ben.number))).toBe(ben.personId);
  expect(await find(`@${ben.handle.toUpperCase()}`)).toBe(ben.personId);
  expect(await find(ben.handle.slice(0, -1))).toBeNull();
  expect(await find(mobile)).toBeNull();
  await callerOf(ben).accounts.updateProfile({ findableByMobile: true });
  // Anybody may say that a number is theirs.
  expect(await find(mobile)).toBeNull();
  await sql()`update people set mobile_verified_at = now() where id = ${ben.personId}`;
  expect(await find(mobile)).toBe(ben.personId);
  for (const rubbish of ["", " ", "%", "999999999999", "\u0000", "<script>", "🦀".repeat(20)]) {
    expect(await find(rubbish)).toBeNull();
  }
});

test("looking people up is throttled", async () => {
  const eve = await newPerson("eve");
  const answers = [];
  for (let at = 0; at < 25; at += 1)
    answers.push(await reasonFor(callerOf(eve).friends.find({ query: String(20_000 + at) })));
  expect(answers[0]).toBe("no refusal");
  expect(answers.at(-1)).toBe("rate_limited");
});

test("two who ask each other at the same moment become friends, with one conversation", async () => {
  const [ann, ben] = await two();
  const answers = await Promise.all([
    callerOf(ann).friends.request({ personId: ben.personId }),
    callerOf(ben).friends.request({ personId: ann.personId }),
  ]);
  expect(answers.map((answer) => answer.outcome).toSorted()).toEqual(["accepted", "requested"]);
  expect((await callerOf(ann).friends.list()).requests).toEqual([]);
  expect((await callerOf(ann).conversations.list()).conversations).toHaveLength(1);
});

test("asking twice is one request with the newer note; accepting twice is one friendship", async () => {
  const [ann, ben] = await two();
  await callerOf(ann).friends.request({ personId: ben.personId, note: "first" });
  await callerOf(ann).friends.request({ personId: ben.personId, note: "second" });
  expect((await callerOf(ben).friends.list()).requests).toMatchObject([{ note: "second", direction: "received" }]);
  const answers = await Promise.all([0, 1].map(() => callerOf(ben).friends.accept({ personId: ann.personId })));
  expect(answers[0]).toEqual(answers[1]);
  expect(await reasonFor(callerOf(ann).friends.request({ personId: ben.personId }))).toBe("already_friends");
});

test("a person who accepts automatically is a friend at once", async () => {
  const [ann, ben] = await two();
  await callerOf(ben).accounts.updateProfile({ acceptAutomatically: true });
  expect(await callerOf(ann).friends.request({ personId: ben.personId })).toMatchObject({ outcome: "accepted" });
});

test("requests to oneself, to unknown ids and on strangers' requests are refused", async () => {
  const [ann, ben] = await two();
  const me = callerOf(ann);
  expect(await reasonFor(me.friends.request({ personId: ann.personId }))).toBe("cannot_target_self");
  expect(await reasonFor(me.friends.request({ personId: randomUUID() }))).toBe("not_found");
  expect(await reasonFor(me.friends.request({ personId: "not-an-id" }))).toBe("invalid_id");
  expect(await reasonFor(me.friends.accept({ personId: ben.personId }))).toBe("request_not_found");
  expect(await reasonFor(me.friends.refuse({ personId: ben.personId }))).toBe("request_not_found");
  expect(await reasonFor(me.friends.withdraw({ personId: ben.personId }))).toBe("request_not_found");
  expect(await reasonFor(me.friends.remove({ personId: ben.personId }))).toBe("not_friends");
  expect(await reasonFor(me.friends.alias({ personId: ben.personId, alias: "B" }))).toBe("not_friends");
  expect(await reasonFor(me.friends.block({ personId: ann.personId }))).toBe("cannot_target_self");
});

test("no operation tells a stranger's id from an unknown one, except requesting friendship", async () => {
  const [ann, ben] = await two();
  const { community } = await callerOf(ann).communities.create({ name: "Mine", joinPolicy: "approval" });
  const communityId = community.id;
  const { friends, communities, people } = callerOf(ann);
  const answers = async (personId: string) =>
    Promise.all(
      [
        friends.accept({ personId }),
        friends.refuse({ personId }),
        friends.withdraw({ personId }),
        friends.remove({ personId }),
        friends.alias({ personId, alias: "B" }),
        friends.unblock({ personId }),
        friends.block({ personId }),
        communities.acceptJoin({ communityId, personId }),
        communities.refuseJoin({ communityId, personId }),
        communities.removeMember({ communityId, personId }),
        communities.handOver({ communityId, personId }),
        communities.liftBan({ communityId, personId }),
        people.get({ ids: [personId] }),
      ].map(reasonFor),
    );
  const expected = [
    ...Array(3).fill("request_not_found"),
    ...Array(2).fill("not_friends"),
    ...Array(2).fill("no refusal"),
    ...Array(2).fill("request_not_found"),
    ...Array(2).fill("not_found"),
    ...Array(2).fill("no refusal"),
  ];
  expect(await answers(ben.personId)).toEqual(expected);
  expect(await answers(randomUUID())).toEqual(expected);
  // Only the owner learns anything about members, whatever id is given.
  for (const personId of [ann.personId, randomUUID()]) {
    expect(await reasonFor(callerOf(ben).communities.acceptJoin({ communityId, personId }))).toBe("not_found");
  }
});

test("refused and withdrawn requests are gone and may be made again", async () => {
  const [ann, ben] = await two();
  const ask = () => callerOf(ann).friends.request({ personId: ben.personId });
  await ask();
  await callerOf(ben).friends.refuse({ personId: ann.personId });
  expect(await reasonFor(callerOf(ben).friends.accept({ personId: ann.personId }))).toBe("request_not_found");
  await ask();
  await callerOf(ann).friends.withdraw({ personId: ben.personId });
  await ask();
  expect(await callerOf(ben).friends.accept({ personId: ann.personId })).toHaveProperty("conversationId");
});

test("someone you blocked cannot find you or ask you, and learns nothing", async () => {
  const [ann, ben] = await two();
  await callerOf(ben).friends.request({ personId: ann.personId });
  await callerOf(ann).friends.block({ personId: ben.personId });
  await callerOf(ann).friends.block({ personId: ben.personId });
  const asBen = callerOf(ben);
  expect((await callerOf(ann).friends.list()).requests).toEqual([]);
  expect((await asBen.friends.find({ query: ann.handle })).found).toBeNull();
  expect((await asBen.friends.find({ query: String(ann.number) })).found).toBeNull();
  expect(await reasonFor(asBen.friends.request({ personId: ann.personId }))).toBe("not_found");
  expect((await asBen.friends.list()).blocked).toEqual([]);
  expect(await reasonFor(callerOf(ann).friends.request({ personId: ben.personId }))).toBe("blocked_by_me");
});

test("a alias is mine alone", async () => {
  const [ann, ben] = await two();
  await makeFriends(ann, ben);
  await callerOf(ann).friends.alias({ personId: ben.personId, alias: "Benny 🐻" });
  expect((await callerOf(ann).friends.list()).friends[0]?.alias).toBe("Benny 🐻");
  expect((await callerOf(ben).friends.list()).friends[0]?.alias).toBe("");
});

test("an id in capitals is the same person, and no one's rev goes back", async () => {
  const [ann, ben] = await two();
  for (let at = 0; at < 3; at += 1) await callerOf(ben).accounts.updateProfile({ bio: `bio ${at}` });
  await callerOf(ann).friends.request({ personId: ben.personId.toUpperCase() });
  expect((await callerOf(ben).friends.list()).rev).toBe(4);
});
