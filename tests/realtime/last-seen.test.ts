import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { outboxOnly } from "#server/bus/publish.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import type { Listener } from "#tests/_listener.ts";
import { callerOf, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(2);

const seenBy = (listener: Listener, person: Me) => expect.poll(() => listener.online.has(person.personId));
const lastSeen = async (me: Me, { personId }: Me) => (await callerOf(me).people.lastSeen({ personId })).lastSeen;
type Audience = "everyone" | "friends" | "nobody";
const showTo = (me: Me, presenceFor: Audience) => callerOf(me).accounts.updateProfile({ presenceFor });
const someTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

async function twoFriends(): Promise<[Me, Me]> {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await makeFriends(ann, ben);
  return [ann, ben];
}

/** Neither is the other's friend. */
async function twoMembers(): Promise<[Me, Me]> {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const { community } = await callerOf(ann).communities.create({ name: "Rowers", joinPolicy: "open" });
  await callerOf(eve).communities.join({ communityId: community.id });
  return [ann, eve];
}

test("friends read when the last of a person's connections ended, over all workers", async () => {
  const [ann, ben] = await twoFriends();
  expect(await lastSeen(ann, ben)).toEqual({ online: false, at: null });
  const [phone, laptop] = [await onWorker(0, ben), await onWorker(1, ben)];
  await expect.poll(() => lastSeen(ann, ben)).toEqual({ online: true, at: null });
  phone.close();
  await expect
    .poll(() => sql()`select from presence where user_id = ${ben.personId}`.then((rows) => rows.length))
    .toBe(1);
  expect(await lastSeen(ann, ben)).toEqual({ online: true, at: null });
  const before = Date.now();
  laptop.close();
  await expect.poll(() => lastSeen(ann, ben)).toEqual({ online: false, at: someTime });
  const first = (await lastSeen(ann, ben))?.at ?? "";
  // The clock of Postgres is this machine's; a time is stored in whole milliseconds.
  expect(Date.parse(first)).toBeGreaterThanOrEqual(before - 1);
  const again = await onWorker(0, ben);
  await expect.poll(() => lastSeen(ann, ben)).toEqual({ online: true, at: first });
  again.close();
  await expect.poll(async () => Date.parse((await lastSeen(ann, ben))?.at ?? "")).toBeGreaterThan(Date.parse(first));
});

test("when a worker was killed, its people were last seen when another took its place", async () => {
  const [ann, ben] = await twoFriends();
  const deadId = randomUUID();
  await sql()`insert into realtime_workers (id, heartbeat_at) values (${deadId}, now() - interval '1 minute')`;
  await sql()`
    insert into presence (app, channel, user_id, worker_id, info, sockets)
    values ('1', '#online', ${ben.personId}, ${deadId}, '', 1)`;
  await onWorker(0, ann);
  await expect.poll(() => lastSeen(ann, ben)).toEqual({ online: false, at: someTime });
});

test("a person of another app on the same worker is not seen", async () => {
  const [ann, ben] = await twoFriends();
  const deadId = randomUUID();
  await sql()`insert into realtime_workers (id, heartbeat_at) values (${deadId}, now() - interval '1 minute')`;
  await sql()`
    insert into presence (app, channel, user_id, worker_id, info, sockets)
    values ('other', '#online', ${ben.personId}, ${deadId}, '', 1)`;
  await onWorker(0, ann);
  await expect.poll(() => sql()`select from realtime_workers where id = ${deadId}`.then((rows) => rows.length)).toBe(0);
  expect(await lastSeen(ann, ben)).toEqual({ online: false, at: null });
});

const cases: [Audience, Audience, boolean, boolean][] = [
  // mine, theirs, between friends, between members of a community
  ["everyone", "everyone", true, true],
  ["everyone", "friends", true, false],
  ["everyone", "nobody", false, false],
  ["friends", "everyone", true, false],
  ["friends", "friends", true, false],
  ["friends", "nobody", false, false],
  ["nobody", "everyone", false, false],
  ["nobody", "friends", false, false],
  ["nobody", "nobody", false, false],
];

test.each(cases)(
  "to %s and to %s: friends %s, others %s, in both directions",
  async (mine, theirs, friends, others) => {
    for (const [[ann, ben], seen] of [
      [await twoFriends(), friends],
      [await twoMembers(), others],
    ] as const) {
      await showTo(ann, mine);
      await showTo(ben, theirs);
      const answer = seen ? { online: false, at: null } : null;
      expect([await lastSeen(ann, ben), await lastSeen(ben, ann)]).toEqual([answer, answer]);
    }
  },
);

test("strangers, unknown ids, myself and people with a block between us are answered with null", async () => {
  const [ann, ben] = await twoFriends();
  const eve = await newPerson("eve");
  for (const one of [ann, ben, eve]) await showTo(one, "everyone");
  expect(await lastSeen(eve, ann)).toBe(null);
  expect(await lastSeen(ann, { ...eve, personId: randomUUID() })).toBe(null);
  expect(await lastSeen(ann, ann)).toBe(null);
  await blockPerson(ann, { personId: ben.personId });
  expect([await lastSeen(ann, ben), await lastSeen(ben, ann)]).toEqual([null, null]);
  await unblockPerson(ann, { personId: ben.personId });
  await removeFriend(ann, { personId: ben.personId });
  // They have met, and both show it to everyone.
  expect(await lastSeen(ben, ann)).toEqual({ online: false, at: null });
  await showTo(ann, "friends");
  expect(await lastSeen(ben, ann)).toBe(null);
});

test("who hides presence is offline at once for friends and sees no one; shown again, both see each other", async () => {
  const [ann, ben] = await twoFriends();
  const [mine, theirs] = [await onWorker(0, ann), await onWorker(1, ben)];
  await seenBy(mine, ben).toBe(true);
  await seenBy(theirs, ann).toBe(true);
  await showTo(ann, "nobody");
  await seenBy(mine, ben).toBe(false);
  await seenBy(theirs, ann).toBe(false);
  const later = await onWorker(0, ben);
  const cleo = await newPerson("cleo");
  await makeFriends(ben, cleo);
  await onWorker(0, cleo);
  await expect.poll(() => later.online.size).toBe(1);
  expect(later.online.has(ann.personId)).toBe(false);
  await showTo(ann, "friends");
  await seenBy(mine, ben).toBe(true);
  await seenBy(theirs, ann).toBe(true);
  await seenBy(later, ann).toBe(true);
});

test("a setting that was committed without a notification hides and shows, too", async () => {
  const [ann, ben] = await twoFriends();
  const theirs = await onWorker(1, ben);
  await onWorker(0, ann);
  await seenBy(theirs, ann).toBe(true);
  await outboxOnly(() => showTo(ann, "nobody"));
  await seenBy(theirs, ann).toBe(false);
  await outboxOnly(() => showTo(ann, "everyone"));
  await seenBy(theirs, ann).toBe(true);
});

test("bad input and a setting that is changed again and again are refused", async () => {
  const ann = await newPerson("ann");
  expect(await reasonFor(callerOf(ann).people.lastSeen({ personId: "me" }))).toBe("invalid_id");
  expect(await reasonFor(showTo(ann, "" as Audience))).toBe("invalid_input");
  for (let i = 0; i < 10; i += 1) await showTo(ann, i % 2 === 0 ? "nobody" : "friends");
  expect(await reasonFor(showTo(ann, "everyone"))).toBe("rate_limited");
});
