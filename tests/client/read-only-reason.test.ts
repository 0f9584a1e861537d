import { afterAll, expect, test } from "vitest";
import { readOnlyReasonOf } from "#client/conversations/read-only-reason.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { dissolveCommunity } from "#server/communities/manage.ts";
import { muteMember } from "#server/communities/moderation/mute.ts";
import { changeRules } from "#server/communities/moderation/rules.ts";
import { nameAdmin } from "#server/communities/roles/members.ts";
import { getConversation } from "#server/conversations/get.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { listFriends } from "#server/friends/list.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import { closeDatabase, makeFriends, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

/** What the composer says before, and what the server answers to an attempt. */
async function bothSay(me: Me, conversationId: string) {
  const composer = readOnlyReasonOf(await getConversation(me, { conversationId }), await listFriends(me));
  return [composer ?? "no refusal", await reasonFor(say(me, conversationId, "may I?"))];
}

test("the composer foresees what the server refuses, but not that the other person blocked me", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  expect(await bothSay(ann, conversationId)).toEqual(["no refusal", "no refusal"]);
  await blockPerson(ann, { personId: ben.personId });
  expect(await bothSay(ann, conversationId)).toEqual(["blocked_by_me", "blocked_by_me"]);
  expect(await bothSay(ben, conversationId)).toEqual(["no refusal", "recipient_refuses"]);
  await removeFriend(ann, { personId: ben.personId });
  expect(await bothSay(ann, conversationId)).toEqual(["not_friends", "not_friends"]);
  expect(await bothSay(ben, conversationId)).toEqual(["not_friends", "not_friends"]);
  await unblockPerson(ann, { personId: ben.personId });
  expect(await bothSay(ann, conversationId)).toEqual(["not_friends", "not_friends"]);
  const { community } = await createCommunity(ann, { name: "Kites" });
  expect(await bothSay(ann, community.id)).toEqual(["no refusal", "no refusal"]);
  const communityId = community.id;
  await joinCommunity(ben, { communityId });
  await changeRules(ann, { communityId, mutedAll: true });
  expect(await bothSay(ann, communityId)).toEqual(["no refusal", "no refusal"]);
  expect(await bothSay(ben, communityId)).toEqual(["muted_all", "muted_all"]);
  await muteMember(ann, { communityId, personId: ben.personId, muted: { until: null } });
  expect(await bothSay(ben, communityId)).toEqual(["muted", "muted"]);
  await nameAdmin(ann, { communityId, personId: ben.personId, admin: true });
  expect(await bothSay(ben, communityId)).toEqual(["no refusal", "no refusal"]);
  await dissolveCommunity(ann, { communityId: community.id });
  expect(await bothSay(ann, community.id)).toEqual(["conversation_closed", "conversation_closed"]);
});
