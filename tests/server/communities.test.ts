import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, linkTo, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

async function three() {
  return [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")] as const;
}

test("an open community is found by its number and joined once", async () => {
  const [ann, ben] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Kites 🪁", icon: "🪁", category: "life" });
  const found = await callerOf(ben).communities.find({ number: community.number });
  expect(found.found).toMatchObject({ community, memberCount: 1, relation: "none" });
  const join = () => callerOf(ben).communities.join({ communityId: community.id });
  expect((await Promise.all([join(), join()])).map((answer) => answer.outcome)).toEqual(["joined", "joined"]);
  const { members, people } = await callerOf(ben).communities.members({ communityId: community.id });
  expect(members.map((member) => [member.personId, member.role])).toEqual([
    [ann.personId, "owner"],
    [ben.personId, "member"],
  ]);
  expect(people).toHaveLength(2);
  expect((await callerOf(ann).communities.get({ communityId: community.id })).memberCount).toBe(2);
});

test("one by invitation only is hidden, and opens with the code alone", async () => {
  const [ann, ben] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Hidden", joinPolicy: "invite" });
  const asBen = callerOf(ben);
  expect((await asBen.communities.find({ number: community.number })).found).toBeNull();
  // Like one that does not exist.
  expect(await reasonFor(asBen.communities.join({ communityId: community.id }))).toBe("not_found");
  expect(await reasonFor(asBen.communities.join({ communityId: community.id, inviteCode: "wrong" }))).toBe("not_found");
  const code = await linkTo(ann, community.id);
  expect((await asBen.communities.findByInvite({ code })).found?.community.id).toBe(community.id);
  expect(await asBen.communities.join({ communityId: community.id, inviteCode: code })).toMatchObject({
    outcome: "joined",
  });
  expect((await asBen.communities.get({ communityId: community.id })).mayInvite).toBe(false);
});

test("with approval the owner decides", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Ask first", joinPolicy: "approval" });
  const communityId = community.id;
  expect(await callerOf(ben).communities.join({ communityId, note: "please" })).toMatchObject({ outcome: "requested" });
  expect((await callerOf(ann).communities.list()).requests).toMatchObject([{ note: "please", direction: "received" }]);
  expect(await reasonFor(callerOf(cleo).communities.acceptJoin({ communityId, personId: ben.personId }))).toBe(
    "not_found",
  );
  expect(await reasonFor(callerOf(ben).communities.acceptJoin({ communityId, personId: ben.personId }))).toBe(
    "not_found",
  );
  await callerOf(ann).communities.acceptJoin({ communityId, personId: ben.personId });
  // A second decision is answered with the first.
  expect(await callerOf(ann).communities.refuseJoin({ communityId, personId: ben.personId })).toEqual({
    done: true,
    status: "accepted",
  });
  expect(await reasonFor(say(ben, communityId, "thank you"))).toBe("no refusal");
});

test("a former member reads and writes nothing any more, and one who left may come back", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Comings" });
  const communityId = community.id;
  for (const one of [ben, cleo]) await callerOf(one).communities.join({ communityId });
  await callerOf(ben).communities.leave({ communityId });
  await callerOf(ann).communities.removeMember({ communityId, personId: cleo.personId });
  for (const gone of [ben, cleo]) {
    expect(await reasonFor(say(gone, communityId, "still here?"))).toBe("not_found");
    expect(await reasonFor(callerOf(gone).messages.page({ conversationId: communityId }))).toBe("not_found");
    expect(await reasonFor(callerOf(gone).communities.members({ communityId }))).toBe("not_found");
    expect((await callerOf(gone).conversations.list()).conversations).toEqual([]);
  }
  await callerOf(ben).communities.join({ communityId });
  expect(await reasonFor(say(ben, communityId, "back"))).toBe("no refusal");
  expect((await callerOf(ann).communities.get({ communityId })).memberCount).toBe(2);
});

test.each(["open", "approval", "invite"] as const)(
  "a banned member of a community that is %s comes back by no way before the owner allows it",
  async (joinPolicy) => {
    const [ann, ben, cleo] = await three();
    const { community } = await callerOf(ann).communities.create({ name: "Doors", joinPolicy });
    const communityId = community.id;
    const now = await linkTo(ann, communityId);
    const [asAnn, asBen] = [callerOf(ann).communities, callerOf(ben).communities];
    await asBen.join({ communityId, inviteCode: now });
    expect(await reasonFor(asAnn.banned({ communityId }))).toBe("no refusal");
    expect(await reasonFor(asBen.banned({ communityId }))).toBe("forbidden");
    expect(await reasonFor(callerOf(cleo).communities.liftBan({ communityId, personId: ben.personId }))).toBe(
      "not_found",
    );
    await asAnn.ban({ communityId, personId: ben.personId });
    expect((await asAnn.banned({ communityId })).people.map(({ id }) => id)).toEqual([ben.personId]);

    expect(await reasonFor(asBen.join({ communityId, inviteCode: now }))).toBe("community_banned");
    expect(await reasonFor(asBen.join({ communityId }))).toBe(
      joinPolicy === "invite" ? "not_found" : "community_banned",
    );
    expect(await reasonFor(asAnn.acceptJoin({ communityId, personId: ben.personId }))).toBe("request_not_found");

    // A new owner keeps them out, and may let them in.
    await callerOf(cleo).communities.join({ communityId, inviteCode: now });
    await asAnn.handOver({ communityId, personId: cleo.personId });
    expect(await reasonFor(asBen.join({ communityId, inviteCode: now }))).toBe("community_banned");
    for (let twice = 0; twice < 2; twice += 1) {
      await callerOf(cleo).communities.liftBan({ communityId, personId: ben.personId });
    }
    expect((await callerOf(cleo).communities.banned({ communityId })).people).toEqual([]);
    expect(await asBen.join({ communityId, inviteCode: now })).toMatchObject({ outcome: "joined" });
  },
);

test("a request that is still pending lets no banned person in", async () => {
  const [ann, ben] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Late", joinPolicy: "approval" });
  const asked = { communityId: community.id, personId: ben.personId };
  await callerOf(ben).communities.join({ communityId: community.id });
  await sql()`insert into community_bans (community_id, person_id) values (${community.id}, ${ben.personId})`;
  expect(await reasonFor(callerOf(ann).communities.acceptJoin(asked))).toBe("community_banned");
});

test("an invite link of another policy is dead, and other changes leave it alone", async () => {
  const [ann, ben] = await three();
  const asAnn = callerOf(ann).communities;
  const { community } = await asAnn.create({ name: "Once open" });
  const communityId = community.id;
  const [code, find] = [await linkTo(ann, communityId), callerOf(ben).communities.findByInvite];
  await asAnn.update({ communityId, name: "Still open", joinPolicy: "open" });
  expect((await find({ code })).found?.community.id).toBe(communityId);
  await asAnn.update({ communityId, joinPolicy: "invite" });
  const join = (inviteCode: string) => callerOf(ben).communities.join({ communityId, inviteCode });
  expect(await reasonFor(join(code))).toBe("not_found");
  expect(await reasonFor(join(await linkTo(ann, communityId)))).toBe("no refusal");
});

test("newcomers read what came before only where the community shows it", async () => {
  const [ann, ben] = await three();
  const { community } = await callerOf(ann).communities.create({
    name: "Closed past",
    historyVisibleToNewMembers: false,
  });
  const conversationId = community.id;
  await say(ann, conversationId, "before");
  await callerOf(ben).communities.join({ communityId: conversationId });
  await say(ann, conversationId, "after");
  const asBen = callerOf(ben);
  const page = await asBen.messages.page({ conversationId, around: 1 });
  expect(page.messages.map((message) => message.content.text ?? message.content.notice)).toEqual([
    "member_joined",
    "after",
  ]);
  expect(page.hasOlder).toBe(false);
  const { changes } = await asBen.conversations.changesSince({ conversationId, rev: 0 });
  expect(JSON.stringify(changes)).not.toContain("before");
  expect(JSON.stringify(await asBen.conversations.list())).not.toContain("before");
});

test("only the owner manages, and hands over to a member", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Order" });
  const communityId = community.id;
  await callerOf(ben).communities.join({ communityId });
  const asBen = callerOf(ben).communities;
  expect(await reasonFor(asBen.update({ communityId, name: "Mine" }))).toBe("forbidden");
  expect(await reasonFor(asBen.dissolve({ communityId }))).toBe("forbidden");
  expect(await reasonFor(asBen.removeMember({ communityId, personId: ann.personId }))).toBe("forbidden");
  expect(await reasonFor(callerOf(cleo).communities.update({ communityId, name: "Mine" }))).toBe("not_found");
  const asAnn = callerOf(ann).communities;
  expect(await reasonFor(asAnn.leave({ communityId }))).toBe("owner_must_transfer");
  expect(await reasonFor(asAnn.handOver({ communityId, personId: cleo.personId }))).toBe("not_found");
  expect(await reasonFor(asAnn.handOver({ communityId, personId: ann.personId }))).toBe("cannot_target_self");
  await asAnn.handOver({ communityId, personId: ben.personId });
  expect(await reasonFor(asAnn.leave({ communityId }))).toBe("no refusal");
  expect((await asBen.get({ communityId })).role).toBe("owner");
});

test("a dissolved community is readable, closed, and not found again", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await callerOf(ann).communities.create({ name: "Ending", joinPolicy: "approval" });
  const communityId = community.id;
  const inviteCode = await linkTo(ann, communityId);
  await callerOf(ben).communities.join({ communityId, inviteCode });
  await callerOf(cleo).communities.join({ communityId });
  await callerOf(ann).communities.dissolve({ communityId });
  expect(await reasonFor(say(ben, communityId, "hello?"))).toBe("conversation_closed");
  expect((await callerOf(ben).messages.page({ conversationId: communityId })).messages.length).toBeGreaterThan(0);
  expect((await callerOf(cleo).communities.find({ number: community.number })).found).toBeNull();
  expect(await reasonFor(callerOf(cleo).communities.join({ communityId }))).toBe("not_found");
  expect((await callerOf(cleo).communities.list()).requests).toEqual([]);
  expect(await reasonFor(callerOf(ann).communities.leave({ communityId }))).toBe("no refusal");
});

test("ids of nothing are not found, and rubbish is refused", async () => {
  const [ann] = await three();
  const mine = callerOf(ann).communities;
  expect(await reasonFor(mine.join({ communityId: randomUUID() }))).toBe("not_found");
  expect(await reasonFor(mine.get({ communityId: randomUUID() }))).toBe("not_found");
  expect(await reasonFor(mine.create({ name: " " }))).toBe("text_empty");
  expect(await reasonFor(mine.create({ name: "x".repeat(41) }))).toBe("text_too_long");
  expect(await reasonFor(mine.create({ name: "a\u0007" }))).toBe("invalid_characters");
  expect(await reasonFor(mine.find({ number: 2 ** 31 }))).toBe("invalid_input");
});
