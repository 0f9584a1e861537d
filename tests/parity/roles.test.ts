import { randomUUID } from "node:crypto";
import { afterAll, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { acceptJoin, refuseJoin } from "#server/communities/decide.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { banPerson } from "#server/communities/moderation/ban.ts";
import { muteMember } from "#server/communities/moderation/mute.ts";
import { changeRules } from "#server/communities/moderation/rules.ts";
import { changeRole, createRole, orderRoles, removeRole } from "#server/communities/roles/change.ts";
import { giveRoles, nameAdmin } from "#server/communities/roles/members.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { closeDatabase, linkTo, newPerson, say, type TestPerson } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

type Three = [TestPerson, TestPerson, TestPerson];

async function world(joinPolicy: "open" | "approval") {
  const people: Three = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const { community } = await createCommunity(people[0], { name: "Kites", joinPolicy });
  const communityId = community.id;
  const join = { communityId, inviteCode: await linkTo(people[0], communityId) };
  return { people, communityId, join, open: [communityId] };
}

test("roles are made, given, ordered, changed and deleted", async () => {
  const { people, communityId, join, open } = await world("open");
  const [ann, ben, cleo] = people;
  for (const one of [ben, cleo]) await joinCommunity(one, join);
  const [first, second] = [randomUUID(), randomUUID()];
  const made = { communityId, permissions: ["pin" as const], name: "Guides" };
  const expectEach = (work: () => Promise<unknown>) => expectParity(people, open, work);
  await expectEach(() => createRole(ann, { ...made, roleId: first, colour: "teal" }));
  await expectEach(() => createRole(ann, { ...made, roleId: second }));
  await expectEach(() => giveRoles(ann, { communityId, personId: ben.personId, roleIds: [first, second] }));
  await expectEach(() => orderRoles(ann, { communityId, roleIds: [second, first] }));
  await expectEach(() => changeRole(ann, { communityId, roleId: first, permissions: ["mute", "add"] }));
  await expectEach(() => removeRole(ann, { communityId, roleId: first }));
  await expectEach(() => nameAdmin(ann, { communityId, personId: cleo.personId, admin: true }));
  await expectEach(() => nameAdmin(ann, { communityId, personId: cleo.personId, admin: false }));
  await expectEach(() => changeRules(ann, { communityId, memberPermissions: ["pin"], slowSeconds: 30 }));
});

test("members are muted and banned, and messages removed", async () => {
  const { people, communityId, join, open } = await world("open");
  const [ann, ben, cleo] = people;
  for (const one of [ben, cleo]) await joinCommunity(one, join);
  const { message } = await say(ben, communityId, "buy this");
  const who = { communityId, personId: ben.personId };
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await expectParity(people, open, () => muteMember(ann, { ...who, muted: { until } }));
  await expectParity(people, open, () => muteMember(ann, { ...who, muted: null }));
  await expectParity(people, open, () => recallMessage(ann, { conversationId: communityId, seq: message.seq }));
  await expectParity(people, open, () => changeRules(ann, { communityId, mutedAll: true }));
  await expectParity([ann, cleo], open, () => banPerson(ann, { ...who, reason: "ads", until }));
});

test("requests to join reach everyone who decides them", async () => {
  const { people, communityId, join, open } = await world("approval");
  const [ann, ben, cleo] = people;
  await joinCommunity(ben, join);
  await nameAdmin(ann, { communityId, personId: ben.personId, admin: true });
  const asked = { communityId, personId: cleo.personId };
  await expectParity(people, [], () => joinCommunity(cleo, { communityId }));
  await expectParity(people, [], () => refuseJoin(ben, asked));
  await joinCommunity(cleo, { communityId });
  await expectParity([ann, ben], open, () => acceptJoin(ben, asked));
});
