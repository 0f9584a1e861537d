import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { insertPeople } from "#bench/people.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";
import { callerOf, closeDatabase, linkTo, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

const hour = 3_600_000;
const inAnHour = () => new Date(Date.now() + hour).toISOString();

async function makeWorld(joinPolicy: "open" | "approval" = "open") {
  const [owner, admin, ben, cleo] = (await insertPeople(sql(), 4)) as [Me, Me, Me, Me];
  const { communities } = callerOf(owner);
  const { community } = await communities.create({ name: "Kites", joinPolicy });
  const communityId = community.id;
  const inviteCode = await linkTo(owner, communityId);
  for (const one of [admin, ben]) {
    await callerOf(one).communities.join({ communityId, inviteCode });
  }
  await communities.nameAdmin({ communityId, personId: admin.personId, admin: true });
  return { owner, admin, ben, cleo, communityId, asAdmin: callerOf(admin).communities };
}

/** The reason of a refusal with the seconds that it names, or "no refusal". */
async function answerOf(call: Promise<unknown>): Promise<[string, unknown?]> {
  try {
    await call;
    return ["no refusal"];
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Refusal ? error.cause : error;
    if (!(cause instanceof Refusal)) throw error;
    return cause.params.retryAfter === undefined ? [cause.reason] : [cause.reason, cause.params.retryAfter];
  }
}

test("a muted member neither writes nor reacts until it is lifted, also after coming back", async () => {
  const { admin, ben, communityId, asAdmin } = await makeWorld();
  const { message } = await say(admin, communityId, "quiet please");
  const who = { communityId, personId: ben.personId };
  const react = { conversationId: communityId, seq: message.seq, emoji: "👍", reacted: true };
  await asAdmin.muteMember({ ...who, muted: { until: null } });
  expect(await answerOf(say(ben, communityId, "but"))).toEqual(["muted"]);
  expect(await reasonFor(callerOf(ben).messages.react(react))).toBe("muted");
  await callerOf(ben).communities.leave({ communityId });
  await callerOf(ben).communities.join({ communityId });
  expect(await answerOf(say(ben, communityId, "but"))).toEqual(["muted"]);
  const { conversations } = await callerOf(ben).conversations.list();
  expect(conversations.map(({ muted, settings }) => ({ muted, mine: settings.muted }))).toEqual([
    { muted: { until: null }, mine: null },
  ]);
  await asAdmin.muteMember({ ...who, muted: null });
  expect(await answerOf(say(ben, communityId, "thank you"))).toEqual(["no refusal"]);
  expect(await reasonFor(callerOf(ben).messages.react(react))).toBe("no refusal");
});

test("a mute with an end names the seconds, and ends without a write", async () => {
  const { ben, communityId, asAdmin } = await makeWorld();
  const who = { communityId, personId: ben.personId };
  expect(await reasonFor(asAdmin.muteMember({ ...who, muted: { until: new Date(0).toISOString() } }))).toBe(
    "invalid_input",
  );
  await asAdmin.muteMember({ ...who, muted: { until: inAnHour() } });
  const [reason, seconds] = await answerOf(say(ben, communityId, "but"));
  expect(reason).toBe("muted");
  expect(seconds).toBeGreaterThan(3_000);
  expect(seconds).toBeLessThan(3_601);
  await sql()`update memberships set muted_until = now() where person_id = ${ben.personId}`;
  expect(await answerOf(say(ben, communityId, "again"))).toEqual(["no refusal"]);
});

test("while all are muted only people who may mute write", async () => {
  const { owner, admin, ben, communityId, asAdmin } = await makeWorld();
  await asAdmin.changeRules({ communityId, mutedAll: true });
  expect(await answerOf(say(ben, communityId, "but"))).toEqual(["muted_all"]);
  for (const one of [owner, admin]) expect(await answerOf(say(one, communityId, "news"))).toEqual(["no refusal"]);
  const roleId = randomUUID();
  await asAdmin.createRole({ communityId, roleId, name: "Hosts", permissions: ["mute"] });
  await asAdmin.giveRoles({ communityId, personId: ben.personId, roleIds: [roleId] });
  expect(await answerOf(say(ben, communityId, "as a host"))).toEqual(["no refusal"]);
  await asAdmin.deleteRole({ communityId, roleId });
  expect(await answerOf(say(ben, communityId, "as a member"))).toEqual(["muted_all"]);
  await asAdmin.changeRules({ communityId, mutedAll: false });
  expect(await answerOf(say(ben, communityId, "at last"))).toEqual(["no refusal"]);
});

test("slow mode lets a member send one message per pause, and a retry is still a duplicate", async () => {
  const { admin, ben, communityId, asAdmin } = await makeWorld();
  await asAdmin.changeRules({ communityId, slowSeconds: 3_600 });
  const clientId = randomUUID();
  const first = await say(ben, communityId, "one", clientId);
  const [reason, seconds] = await answerOf(say(ben, communityId, "two"));
  expect(reason).toBe("slow_mode");
  expect(seconds).toBeGreaterThan(3_000);
  expect(await say(ben, communityId, "one", clientId)).toMatchObject({ outcome: "duplicate", message: first.message });
  const change = { conversationId: communityId, seq: first.message.seq };
  // Only messages are spaced.
  expect(await reasonFor(callerOf(ben).messages.react({ ...change, emoji: "👍", reacted: true }))).toBe("no refusal");
  expect(await reasonFor(callerOf(ben).messages.edit({ ...change, text: "won", editedAt: null }))).toBe("no refusal");
  for (const text of ["a", "b"]) expect(await answerOf(say(admin, communityId, text))).toEqual(["no refusal"]);
  await sql()`update memberships set slow_sent_at = now() - interval '1 hour' where person_id = ${ben.personId}`;
  expect(await answerOf(say(ben, communityId, "two"))).toEqual(["no refusal"]);
  await asAdmin.changeRules({ communityId, slowSeconds: 0 });
  for (const text of ["a", "b"]) expect(await answerOf(say(ben, communityId, text))).toEqual(["no refusal"]);
});

test("of messages that arrive at the same moment slow mode lets one through", async () => {
  const { ben, communityId, asAdmin } = await makeWorld();
  await asAdmin.changeRules({ communityId, slowSeconds: 3_600 });
  const sent = await Promise.all(["a", "b", "c", "d"].map((text) => answerOf(say(ben, communityId, text))));
  expect(sent.map(([reason]) => reason).sort()).toEqual(["no refusal", "slow_mode", "slow_mode", "slow_mode"]);
});

test("a banned member is out with a reason and an end, and comes back after it", async () => {
  const { owner, admin, ben, communityId, asAdmin } = await makeWorld();
  const who = { communityId, personId: ben.personId };
  const until = inAnHour();
  await asAdmin.ban({ ...who, reason: "  advertising ", until });
  expect(await answerOf(say(ben, communityId, "but"))).toEqual(["not_found"]);
  expect(await reasonFor(callerOf(ben).communities.join({ communityId }))).toBe("community_banned");
  const { bans } = await callerOf(owner).communities.banned({ communityId });
  expect(bans.map((ban) => [ban.person.id, ban.reason, ban.until, ban.by?.id])).toEqual([
    [ben.personId, "advertising", until, admin.personId],
  ]);
  await sql()`update community_bans set until = now() where community_id = ${communityId}`;
  expect((await asAdmin.banned({ communityId })).bans).toEqual([]);
  expect(await callerOf(ben).communities.join({ communityId })).toMatchObject({ outcome: "joined" });
});

test("a person who asked is banned with their request; a stranger is not there to be banned", async () => {
  const { cleo, ben, communityId, asAdmin } = await makeWorld("approval");
  expect(await reasonFor(asAdmin.ban({ communityId, personId: cleo.personId }))).toBe("not_found");
  await callerOf(cleo).communities.join({ communityId });
  await asAdmin.ban({ communityId, personId: cleo.personId });
  expect((await asAdmin.list()).requests).toEqual([]);
  expect(await reasonFor(callerOf(cleo).communities.join({ communityId }))).toBe("community_banned");
  // One who was only removed may ask again.
  await asAdmin.removeMember({ communityId, personId: ben.personId });
  expect(await callerOf(ben).communities.join({ communityId })).toMatchObject({ outcome: "requested" });
});

test("a ban and a join at the same moment end with the person out", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { cleo, communityId, asAdmin } = await makeWorld();
    await callerOf(cleo).communities.join({ communityId });
    await callerOf(cleo).communities.leave({ communityId });
    await sql()`insert into community_bans (community_id, person_id) values (${communityId}, ${cleo.personId})`;
    await asAdmin.liftBan({ communityId, personId: cleo.personId });
    const join = reasonFor(callerOf(cleo).communities.join({ communityId }));
    const banned = reasonFor(asAdmin.ban({ communityId, personId: cleo.personId }));
    if ((await banned) === "not_found") await asAdmin.ban({ communityId, personId: cleo.personId });
    await join;
    const { members } = await asAdmin.members({ communityId });
    expect(members.some(({ personId }) => personId === cleo.personId)).toBe(false);
  }
});
