/** Three people change roles at random: no one gains what the person who gave it did not have. */
import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { insertPeople } from "#bench/people.ts";
import { type Permission, permissions, permissionsOf, rankOf } from "#contracts/permissions.ts";
import { readRights } from "#server/communities/roles/store.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase } from "#tests/_people.ts";

afterAll(closeDatabase);

/** The first two have a say, so they are more often the ones who try. */
const person = fc.constantFrom(0, 0, 1, 1, 2);
const role = fc.nat({ max: 4 });
const set = fc.subarray([...permissions], { maxLength: 2 });
const operation = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), by: person, set }),
  fc.record({ kind: fc.constant("update" as const), by: person, role, set }),
  fc.record({ kind: fc.constant("delete" as const), by: person, role }),
  fc.record({ kind: fc.constant("order" as const), by: person, order: fc.array(role, { maxLength: 8 }) }),
  fc.record({
    kind: fc.constant("give" as const),
    by: person,
    to: person,
    roles: fc.uniqueArray(role, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("all" as const), by: person, set }),
  fc.record({ kind: fc.constant("admin" as const), by: person, to: person }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** The first two may manage roles: the first with half of the permissions, the second below them with one more. */
async function makeWorld() {
  const [owner, ...people] = (await insertPeople(sql(), 4)) as [Me, Me, Me, Me];
  const { communities } = callerOf(owner);
  const communityId = (await communities.create({ name: "Kites" })).community.id;
  for (const one of people) await callerOf(one).communities.join({ communityId });
  const sets: Permission[][] = [["manage_roles", "pin", "mute", "ban"], ["manage_roles", "pin"], ["announce"], []];
  for (const [at, given] of sets.entries()) {
    const roleId = randomUUID();
    await communities.createRole({ communityId, roleId, name: `r${at}`, permissions: given });
    const personId = people[at]?.personId;
    if (personId && at < 2) await communities.giveRoles({ communityId, personId, roleIds: [roleId] });
  }
  return { owner, people, communityId };
}
type World = Awaited<ReturnType<typeof makeWorld>>;

async function stateOf({ owner, people, communityId }: World) {
  const { rules, community } = await callerOf(owner).communities.get({ communityId });
  const { members } = await callerOf(owner).communities.members({ communityId });
  const rights = [];
  for (const { personId } of people) {
    const inSql = await readRights(sql(), communityId, personId);
    const member = members.find((one) => one.personId === personId);
    if (!inSql || !member) throw new Error("no member any more");
    // What clients show is what Postgres decides.
    const has = new Set(inSql.permissions);
    expect(permissionsOf(member, rules, community.joinPolicy)).toEqual(permissions.filter((one) => has.has(one)));
    expect(rankOf(member, rules)).toBe(inSql.rank);
    rights.push({ rank: inSql.rank, has });
  }
  return { rules, rights };
}

function run({ people, communityId }: World, roleIds: string[], one: Operation): Promise<unknown> {
  const { communities } = callerOf(people[one.by] ?? null);
  const idAt = (at: number) => roleIds[at] ?? randomUUID();
  const personId = "to" in one ? (people[one.to]?.personId ?? "") : "";
  switch (one.kind) {
    case "create":
      return communities.createRole({ communityId, roleId: randomUUID(), name: "new", permissions: one.set });
    case "update":
      return communities.updateRole({ communityId, roleId: idAt(one.role), permissions: one.set });
    case "delete":
      return communities.deleteRole({ communityId, roleId: idAt(one.role) });
    case "order":
      return communities.orderRoles({
        communityId,
        roleIds: [...new Set([...one.order.flatMap((at) => roleIds[at] ?? []), ...roleIds])],
      });
    case "give":
      return communities.giveRoles({ communityId, personId, roleIds: one.roles.flatMap((at) => roleIds[at] ?? []) });
    case "all":
      return communities.changeRules({ communityId, memberPermissions: one.set });
    case "admin":
      return communities.nameAdmin({ communityId, personId, admin: true });
  }
}

test("after any operations, no one has gained a permission or a rank that its giver did not have", async () => {
  const done = { allowed: 0, refused: 0, gained: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 6, maxLength: 16 }), async (operations) => {
      const world = await makeWorld();
      let before = await stateOf(world);
      for (const one of operations) {
        const roleIds = before.rules.roles.map(({ id }) => id);
        await run(world, roleIds, one).then(
          () => (done.allowed += 1),
          () => (done.refused += 1),
        );
        const after = await stateOf(world);
        const giver = before.rights[one.by];
        for (const [at, now] of after.rights.entries()) {
          const was = before.rights[at];
          if (!giver || !was) throw new Error("no such person");
          const gained = [...now.has].filter((permission) => !was.has.has(permission));
          expect(gained.filter((permission) => !giver.has.has(permission))).toEqual([]);
          done.gained += gained.length;
          if (now.rank < was.rank) expect(now.rank).toBeGreaterThan(giver.rank);
          // A person of the giver's rank or above keeps what their roles give them.
          if (was.rank <= giver.rank) expect(now.rank).toBe(was.rank);
        }
        expect(new Set(after.rules.roles.map(({ id }) => id)).size).toBe(after.rules.roles.length);
        before = after;
      }
    }),
    { numRuns: 40 },
  );
  expect(done.allowed).toBeGreaterThan(30);
  expect(done.refused).toBeGreaterThan(30);
  expect(done.gained).toBeGreaterThan(5);
}, 60_000);
