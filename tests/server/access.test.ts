import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as communities from "#server/communities/authorize.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { dissolveCommunity } from "#server/communities/manage.ts";
import * as conversations from "#server/conversations/authorize.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson } from "#server/friends/block.ts";
import { closeDatabase, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";

let [owner, member, stranger]: TestPerson[] = [];
let [communityId, dissolved, direct] = ["", "", ""];
beforeAll(async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  [owner, member, stranger] = [ann, ben, eve];
  communityId = (await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false })).community.id;
  dissolved = (await createCommunity(ann, { name: "Gone" })).community.id;
  for (const id of [communityId, dissolved]) await joinCommunity(ben, { communityId: id });
  await dissolveCommunity(ann, { communityId: dissolved });
  direct = await makeFriends(ann, ben);
});
afterAll(closeDatabase);

const nowhere = randomUUID();
type Rule = (tx: ReturnType<typeof sql>, me: TestPerson, id: string) => Promise<unknown>;
/** What the owner, the member and the stranger are answered. */
const answers = async (rule: Rule, id: string) => {
  const reasons: string[] = [];
  for (const me of [owner, member, stranger]) reasons.push(me ? await reasonFor(rule(sql(), me, id)) : "no person");
  return reasons.join(" | ");
};
const [open, missing] = ["no refusal", "not_found"];

describe("a conversation", () => {
  test("is there for its members, and for no one else", async () => {
    expect(await answers(conversations.authorizeMember, communityId)).toBe(`${open} | ${open} | ${missing}`);
    expect(await answers(conversations.authorizeMember, direct)).toBe(`${open} | ${open} | ${missing}`);
    expect(await answers(conversations.authorizeMember, nowhere)).toBe(`${missing} | ${missing} | ${missing}`);
  });

  test("tells a member from where they may read", async () => {
    const visibleFrom = async (me: TestPerson | undefined) =>
      me && (await conversations.authorizeMember(sql(), me, communityId)).visibleFromSeq;
    expect([await visibleFrom(owner), await visibleFrom(member)]).toEqual([1, 2]);
  });

  test("takes messages of its members while it lives and no one is blocked", async () => {
    expect(await answers(conversations.authorizeWriter, communityId)).toBe(`${open} | ${open} | ${missing}`);
    expect(await answers(conversations.authorizeWriter, nowhere)).toBe(`${missing} | ${missing} | ${missing}`);
    const closed = "conversation_closed";
    expect(await answers(conversations.authorizeWriter, dissolved)).toBe(`${closed} | ${closed} | ${missing}`);
    expect(await answers(conversations.authorizeWriter, direct)).toBe(`${open} | ${open} | ${missing}`);
    if (owner && member) await blockPerson(member, { personId: owner.personId });
    expect(await answers(conversations.authorizeWriter, direct)).toBe(`recipient_refuses | blocked_by_me | ${missing}`);
  });
});

describe("a community", () => {
  test("is there for its members, with their role", async () => {
    expect(await answers(communities.authorizeMember, communityId)).toBe(`${open} | ${open} | ${missing}`);
    expect(await answers(communities.authorizeMember, nowhere)).toBe(`${missing} | ${missing} | ${missing}`);
    const found = async (me: TestPerson | undefined) => me && communities.authorizeMember(sql(), me, communityId);
    expect(await found(owner)).toMatchObject({ name: "Kites", myRole: "owner" });
    expect(await found(member)).toMatchObject({ name: "Kites", myRole: "member" });
  });

  test("is its owner's to manage, until it is dissolved", async () => {
    expect(await answers(communities.authorizeOwner, communityId)).toBe(`${open} | forbidden | ${missing}`);
    expect(await answers(communities.authorizeOwner, dissolved)).toBe(`conversation_closed | forbidden | ${missing}`);
    expect(owner && (await communities.authorizeOwner(sql(), owner, communityId))).toMatchObject({ myRole: "owner" });
  });
});
