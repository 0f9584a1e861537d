import { createHash } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { insertPeople } from "#bench/people.ts";
import type { Addition } from "#contracts/accounts.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, linkTo, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";

afterAll(closeDatabase);

type Policy = "open" | "approval" | "invite";
async function community(joinPolicy: Policy = "invite", joinQuestion = "") {
  const ann = await newPerson("ann");
  const { community } = await callerOf(ann).communities.create({ name: "Kites", icon: "🪁", joinPolicy, joinQuestion });
  return { ann, communityId: community.id };
}
const join = (me: Me, communityId: string, inviteCode?: string, note?: string) =>
  callerOf(me).communities.join({ communityId, ...(inviteCode ? { inviteCode } : {}), ...(note ? { note } : {}) });

test("the last place of a link is taken by one of a hundred who come at once", async () => {
  const { ann, communityId } = await community();
  const { code, invite } = await callerOf(ann).communities.createInvite({ communityId, maxUses: 3 });
  const people = await insertPeople(sql(), 102);
  for (const one of people.slice(0, 2)) await join(one, communityId, code);
  // A member who opens it again takes no place.
  await join(people[0] as Me, communityId, code);
  const answers = await Promise.all(people.slice(2).map((one) => reasonFor(join(one, communityId, code))));
  expect(answers.filter((answer) => answer === "no refusal")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "not_found")).toHaveLength(99);
  const { invites } = await callerOf(ann).communities.invites({ communityId });
  expect(invites).toMatchObject([{ id: invite.id, uses: 3, maxUses: 3, creator: { id: ann.personId } }]);
  const { uses } = await callerOf(ann).communities.inviteUses({ communityId, inviteId: invite.id });
  expect(uses).toHaveLength(3);
});

test("a code is stored as its hash alone, and is long", async () => {
  const { ann, communityId } = await community();
  const code = await linkTo(ann, communityId);
  expect(Buffer.from(code, "base64url")).toHaveLength(16);
  const [row] = await sql()<{ whole: string; codeHash: Buffer }[]>`
    select i::text as whole, i.code_hash from community_invites i where community_id = ${communityId}`;
  expect(row?.whole).not.toContain(code);
  expect(row?.codeHash.equals(createHash("sha256").update(code).digest())).toBe(true);
});

test("wrong, expired, revoked and used up links, and those of a dissolved community, answer alike", async () => {
  const { ann, communityId } = await community();
  const asAnn = callerOf(ann).communities;
  const stranger = await newPerson("stranger");
  const used = await asAnn.createInvite({ communityId, maxUses: 1 });
  await join(await newPerson("first"), communityId, used.code);
  const revoked = await asAnn.createInvite({ communityId });
  await asAnn.revokeInvite({ communityId, inviteId: revoked.invite.id });
  const expired = await asAnn.createInvite({ communityId, seconds: 60 });
  await sql()`update community_invites set expires_at = now() where id = ${expired.invite.id}`;
  const other = await community();
  const dissolved = await linkTo(other.ann, other.communityId);
  await callerOf(other.ann).communities.dissolve({ communityId: other.communityId });
  for (const code of ["A".repeat(22), used.code, revoked.code, expired.code, dissolved]) {
    expect(await callerOf(null).communities.previewInvite({ code })).toEqual({ found: null });
    expect(await callerOf(stranger).communities.findByInvite({ code })).toEqual({ found: null });
    expect(await reasonFor(join(stranger, communityId, code))).toBe("not_found");
  }
  // Of another community.
  const { ann: dora, communityId: hers } = await community();
  expect(await reasonFor(join(stranger, communityId, await linkTo(dora, hers)))).toBe("not_found");
});

test("a link says name, picture and size to people who are not signed in, and nothing else", async () => {
  const { ann, communityId } = await community();
  const code = await linkTo(ann, communityId);
  expect(await callerOf(null).communities.previewInvite({ code })).toEqual({
    found: { id: communityId, name: "Kites", icon: "🪁", picture: null, memberCount: 1 },
  });
  const caller = callerOf(null);
  const answers: string[] = [];
  for (let n = 0; n < 61; n += 1) answers.push(await reasonFor(caller.communities.previewInvite({ code })));
  expect(answers.at(0)).toBe("no refusal");
  expect(answers.at(-1)).toBe("rate_limited");
});

test("the owner sees and revokes all links, a member of an open community the own", async () => {
  const { ann, communityId } = await community("open");
  const ben = await newPerson("ben");
  await join(ben, communityId);
  const asBen = callerOf(ben).communities;
  const ofAnn = await callerOf(ann).communities.createInvite({ communityId, label: "Poster" });
  const ofBen = await asBen.createInvite({ communityId });
  const labels = async (me: Me) =>
    (await callerOf(me).communities.invites({ communityId })).invites.map(({ id }) => id);
  expect([await labels(ann), await labels(ben)]).toEqual([[ofBen.invite.id, ofAnn.invite.id], [ofBen.invite.id]]);
  expect(await reasonFor(asBen.revokeInvite({ communityId, inviteId: ofAnn.invite.id }))).toBe("not_found");
  expect(await reasonFor(asBen.inviteUses({ communityId, inviteId: ofAnn.invite.id }))).toBe("not_found");
  await callerOf(ann).communities.removeMember({ communityId, personId: ben.personId });
  // What a removed member handed out leads nowhere.
  expect(await callerOf(ann).communities.findByInvite({ code: ofBen.code })).toEqual({ found: null });
  expect(await labels(ann)).toEqual([ofAnn.invite.id]);
  for (let n = 1; n < 60; n += 1)
    await sql()`
    insert into community_invites (community_id, creator_id, code_hash)
    values (${communityId}, ${ann.personId}, ${Buffer.from(`${communityId} ${n}`)})`;
  await sql()`
    insert into community_invites (community_id, creator_id, code_hash)
    select ${communityId}, ${ann.personId}, convert_to(${communityId} || n, 'UTF8') from generate_series(1, 40) n`;
  expect(await reasonFor(callerOf(ann).communities.createInvite({ communityId }))).toBe("invites_limit_reached");
});

test("who asks to join answers the question, and who has a link does not", async () => {
  const { ann, communityId } = await community("approval", "Which kite?");
  const [ben, cleo] = [await newPerson("ben"), await newPerson("cleo")];
  expect(await reasonFor(join(ben, communityId))).toBe("text_empty");
  expect((await join(ben, communityId, undefined, "A red one")).outcome).toBe("requested");
  const { requests } = await callerOf(ann).communities.list();
  expect(requests).toMatchObject([{ note: "A red one", community: { joinQuestion: "Which kite?" } }]);
  expect((await join(cleo, communityId, await linkTo(ann, communityId))).outcome).toBe("joined");
});

test.each<[Addition, string]>([
  ["friends", "added"],
  ["ask", "asks"],
  ["nobody", "recipient_refuses"],
])("a friend who is added %s answers %s", async (addedBy, answer) => {
  const { ann, communityId } = await community();
  const ben = await newPerson("ben");
  await makeFriends(ann, ben);
  await callerOf(ben).accounts.updateProfile({ addedBy });
  expect((await callerOf(ben).accounts.me()).addedBy).toBe(addedBy);
  const add = () => callerOf(ann).communities.addFriend({ communityId, personId: ben.personId });
  const said = await add().then(
    ({ outcome }) => outcome,
    (error: Error) => error.message,
  );
  expect(said).toBe(answer);
  const inside = await reasonFor(callerOf(ben).communities.get({ communityId }));
  expect(inside).toBe(answer === "added" ? "no refusal" : "not_found");
});

test("no one else is added: no stranger, no one who blocked me, no banned person, by no one who may not invite", async () => {
  const { ann, communityId } = await community("approval");
  const [ben, cleo] = [await newPerson("ben"), await newPerson("cleo")];
  for (const one of [ben, cleo]) await callerOf(one).accounts.updateProfile({ addedBy: "friends" });
  const add = (me: Me, { personId }: Me) => reasonFor(callerOf(me).communities.addFriend({ communityId, personId }));
  expect(await add(ann, ben)).toBe("not_friends");
  await makeFriends(ann, ben);
  await callerOf(ben).friends.block({ personId: ann.personId });
  expect(await add(ann, ben)).toBe("recipient_refuses");
  await callerOf(ben).friends.unblock({ personId: ann.personId });
  expect(await add(ann, ben)).toBe("no refusal");
  await makeFriends(ben, cleo);
  expect(await add(ben, cleo)).toBe("forbidden");
  await callerOf(ann).communities.ban({ communityId, personId: ben.personId });
  expect(await add(ann, ben)).toBe("community_banned");
  expect(await reasonFor(join(ben, communityId, await linkTo(ann, communityId)))).toBe("community_banned");
  expect(await add(ben, cleo)).toBe("not_found");
});

test("adding a friend ends their request, which all who decide are told", async () => {
  const { ann, communityId } = await community("approval");
  const [ben, cleo] = [await newPerson("ben"), await newPerson("cleo")];
  await makeFriends(ann, ben);
  await callerOf(ben).accounts.updateProfile({ addedBy: "friends" });
  await join(cleo, communityId, await linkTo(ann, communityId));
  await callerOf(ann).communities.nameAdmin({ communityId, personId: cleo.personId, admin: true });
  await join(ben, communityId);
  expect((await callerOf(cleo).communities.list()).requests).toHaveLength(1);
  expect(await callerOf(ann).communities.addFriend({ communityId, personId: ben.personId })).toEqual({
    outcome: "added",
  });
  expect((await callerOf(cleo).communities.list()).requests).toEqual([]);
});
