/** For each permission: who is answered what. A role of one's own has the one permission, and nothing else opens it. */
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { insertPeople } from "#bench/people.ts";
import { everyoneId } from "#contracts/messages/kinds/text.ts";
import { type Permission, permissions } from "#contracts/permissions.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, linkTo, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

const names = ["owner", "admin", "holder", "peer", "member", "other", "gone", "banned", "asker", "stranger"] as const;
type Name = (typeof names)[number];

/** `peer`, `gone` and `banned` have or had the role of `holder`; `other` is an admin elsewhere; `member` has no role. */
async function makeWorld(permission: Permission) {
  const made = await insertPeople(sql(), names.length);
  const people = Object.fromEntries(names.map((name, at) => [name, made[at]])) as Record<Name, Me>;
  const { communities } = callerOf(people.owner);
  const { community } = await communities.create({ name: "Kites", joinPolicy: "approval" });
  const communityId = community.id;
  const inviteCode = await linkTo(people.owner, communityId);
  const seqOf: Partial<Record<Name, number>> = {};
  for (const name of ["admin", "holder", "peer", "member", "gone", "banned"] as const) {
    await callerOf(people[name]).communities.join({ communityId, inviteCode });
    seqOf[name] = (await say(people[name], communityId, "hello")).message.seq;
  }
  const [roleId, lowId] = [randomUUID(), randomUUID()];
  await communities.createRole({ communityId, roleId, name: "Holders", permissions: [permission] });
  await communities.createRole({ communityId, roleId: lowId, name: "Low", permissions: [] });
  await communities.nameAdmin({ communityId, personId: people.admin.personId, admin: true });
  for (const name of ["holder", "peer", "gone", "banned"] as const) {
    await communities.giveRoles({ communityId, personId: people[name].personId, roleIds: [roleId] });
  }
  await communities.removeMember({ communityId, personId: people.gone.personId });
  await communities.ban({ communityId, personId: people.banned.personId });
  const elsewhere = await communities.create({ name: "Boats" });
  await callerOf(people.other).communities.join({ communityId: elsewhere.community.id });
  const admin = { communityId: elsewhere.community.id, personId: people.other.personId, admin: true };
  await communities.nameAdmin(admin);
  await callerOf(people.asker).communities.join({ communityId });
  return { people, communityId, seqOf, lowId };
}
type World = Awaited<ReturnType<typeof makeWorld>>;
type Try = (me: Me, world: World, target: Name) => Promise<unknown>;
const on = ({ people, communityId }: World, target: Name) => ({ communityId, personId: people[target].personId });
const message = ({ communityId, seqOf }: World, target: Name) => ({
  conversationId: communityId,
  seq: seqOf[target] ?? 1,
});

/** `person`: done to a member, whose rank counts. */
const operations: Record<Exclude<Permission, "announce">, { person: boolean; attempt: Try }> = {
  invite: {
    person: false,
    attempt: (me, { communityId }) => callerOf(me).communities.createInvite({ communityId }),
  },
  add: { person: false, attempt: (me, world) => callerOf(me).communities.acceptJoin(on(world, "asker")) },
  remove: { person: true, attempt: (me, world, target) => callerOf(me).communities.removeMember(on(world, target)) },
  ban: {
    person: true,
    attempt: async (me, world, target) => {
      const { communities } = callerOf(me);
      await communities.ban({ ...on(world, target), reason: "noise" });
      await communities.banned({ communityId: world.communityId });
      await communities.liftBan(on(world, target));
    },
  },
  mute: {
    person: true,
    attempt: async (me, world, target) => {
      await callerOf(me).communities.muteMember({ ...on(world, target), muted: { until: null } });
      await callerOf(me).communities.changeRules({ communityId: world.communityId, mutedAll: true, slowSeconds: 5 });
    },
  },
  pin: {
    person: false,
    attempt: (me, world) => callerOf(me).messages.pin({ ...message(world, "member"), pinned: true }),
  },
  mention_all: {
    person: false,
    attempt: (me, { communityId }) =>
      callerOf(me).messages.send({
        conversationId: communityId,
        clientId: randomUUID(),
        content: { kind: "text", text: "@all", mentions: [{ personId: everyoneId, start: 0, length: 4 }] },
      }),
  },
  change_facts: {
    person: false,
    attempt: (me, { communityId }) => callerOf(me).communities.update({ communityId, name: "Sails" }),
  },
  delete_messages: {
    person: true,
    attempt: (me, world, target) => callerOf(me).messages.recall(message(world, target)),
  },
  manage_roles: {
    person: true,
    attempt: async (me, world, target) => {
      const { communityId, lowId } = world;
      await callerOf(me).communities.giveRoles({ ...on(world, target), roleIds: [lowId] });
      await callerOf(me).communities.changeRules({ communityId, memberPermissions: ["manage_roles"] });
    },
  },
};

test("every permission but one opens something; announcements are to come", () => {
  expect(permissions.filter((one) => !(one in operations))).toEqual(["announce"]);
});

test.each(Object.keys(operations) as (keyof typeof operations)[])(
  "%s opens what it names, and only that",
  async (permission) => {
    const world = await makeWorld(permission);
    const { person, attempt } = operations[permission];
    const answer = (name: Name, target: Name) => reasonFor(attempt(world.people[name], world, target));
    const answers = {
      without: await answer("member", "peer"),
      equal: person ? await answer("holder", "peer") : "forbidden",
      higher: person ? await answer("holder", "admin") : "forbidden",
      owner: person ? await answer("admin", "owner") : "forbidden",
      removed: await answer("gone", "member"),
      banned: await answer("banned", "member"),
      elsewhere: await answer("other", "member"),
      stranger: await answer("stranger", "member"),
      with: await answer("holder", "member"),
    };
    expect(answers).toEqual({
      without: "forbidden",
      equal: "forbidden",
      higher: "forbidden",
      owner: "forbidden",
      removed: "not_found",
      banned: "not_found",
      elsewhere: "not_found",
      stranger: "not_found",
      with: "no refusal",
    });
  },
);

test.each(permissions)("without %s no one gives it", async (permission) => {
  const world = await makeWorld("manage_roles");
  const { communityId, people, lowId } = world;
  const { communities } = callerOf(people.holder);
  const given = permission === "manage_roles" ? "no refusal" : "forbidden";
  const createRole = { communityId, roleId: randomUUID(), name: "New", permissions: [permission] };
  expect(await reasonFor(communities.createRole(createRole))).toBe(given);
  expect(await reasonFor(communities.updateRole({ communityId, roleId: lowId, permissions: [permission] }))).toBe(
    given,
  );
  await callerOf(people.owner).communities.updateRole({ communityId, roleId: lowId, permissions: [permission] });
  expect(await reasonFor(communities.giveRoles({ ...on(world, "member"), roleIds: [lowId] }))).toBe(given);
  const memberPermissions = ["invite" as const, permission];
  const all = permission === "invite" ? "no refusal" : given;
  expect(await reasonFor(communities.changeRules({ communityId, memberPermissions }))).toBe(all);
});

test("roles at my rank or above stay as they are, and the order is a list of all of them", async () => {
  const world = await makeWorld("manage_roles");
  const { communityId, people, lowId } = world;
  const { communities } = callerOf(people.holder);
  const { rules } = await callerOf(people.owner).communities.get({ communityId });
  const [mine = "", low = ""] = rules.roles.map(({ id }) => id);
  expect(low).toBe(lowId);
  const order = (roleIds: string[]) => reasonFor(communities.orderRoles({ communityId, roleIds }));
  expect(await reasonFor(communities.updateRole({ communityId, roleId: mine, name: "Best" }))).toBe("forbidden");
  expect(await reasonFor(communities.deleteRole({ communityId, roleId: mine }))).toBe("forbidden");
  expect(await order([low, mine])).toBe("forbidden");
  expect(await order([mine, mine])).toBe("invalid_input");
  expect(await order([mine])).toBe("invalid_input");
  expect(await order([mine, low])).toBe("no refusal");
  // The lowest permission on the list does not lift a member above the others.
  await callerOf(people.owner).communities.changeRules({ communityId, memberPermissions: [...permissions] });
  const asMember = callerOf(people.member).communities;
  expect(await reasonFor(asMember.createRole({ communityId, roleId: randomUUID(), name: "x", permissions: [] }))).toBe(
    "forbidden",
  );
  expect(await reasonFor(asMember.changeRules({ communityId, memberPermissions: [] }))).toBe("forbidden");
  expect(await reasonFor(asMember.removeMember(on(world, "peer")))).toBe("forbidden");
});

test("only the owner names admins, hands over and dissolves; the last owner does not leave", async () => {
  const world = await makeWorld("pin");
  const { communityId, people } = world;
  const { communities } = callerOf(people.admin);
  expect(await reasonFor(communities.nameAdmin({ ...on(world, "member"), admin: true }))).toBe("forbidden");
  expect(await reasonFor(communities.nameAdmin({ ...on(world, "owner"), admin: false }))).toBe("forbidden");
  expect(await reasonFor(communities.handOver(on(world, "member")))).toBe("forbidden");
  expect(await reasonFor(communities.dissolve({ communityId }))).toBe("forbidden");
  expect(await reasonFor(callerOf(people.owner).communities.leave({ communityId }))).toBe("owner_must_transfer");
  expect(await reasonFor(communities.leave({ communityId }))).toBe("no refusal");
});

test("two admins decide one request at the same moment: both are told what became of it, and all see it end", async () => {
  const world = await makeWorld("add");
  const { communityId, people } = world;
  const waiting = async (name: Name) => (await callerOf(people[name]).communities.list()).requests.length;
  expect([await waiting("owner"), await waiting("admin"), await waiting("holder")]).toEqual([1, 1, 1]);
  expect(await waiting("member")).toBe(0);
  const [yes, no] = await Promise.all([
    callerOf(people.admin).communities.acceptJoin(on(world, "asker")),
    callerOf(people.holder).communities.refuseJoin(on(world, "asker")),
  ]);
  expect(yes).toEqual(no);
  const { members } = await callerOf(people.owner).communities.members({ communityId });
  const isIn = members.some(({ personId }) => personId === people.asker.personId);
  expect(isIn).toBe(yes.status === "accepted");
  expect([await waiting("owner"), await waiting("admin"), await waiting("holder")]).toEqual([0, 0, 0]);
});

test("a removed message says that an admin removed it, and who did is kept", async () => {
  const world = await makeWorld("delete_messages");
  const { communityId, people, seqOf } = world;
  await sql()`update messages set sent_at = now() - interval '1 year' where conversation_id = ${communityId}`;
  const { message: removed } = await callerOf(people.holder).messages.recall(message(world, "member"));
  expect(removed.content).toEqual({ kind: "recalled", byAdmin: true });
  const kept = await sql()`
    select actor_id, person_id, seq from community_actions where community_id = ${communityId} and action = 'message_removed'`;
  expect([...kept]).toEqual([{ actorId: people.holder.personId, personId: people.member.personId, seq: seqOf.member }]);
  // Of a person who left.
  expect(await reasonFor(callerOf(people.holder).messages.recall(message(world, "gone")))).toBe("no refusal");
  expect(await reasonFor(callerOf(people.member).messages.recall(message(world, "gone")))).toBe("forbidden");
});
