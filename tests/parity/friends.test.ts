import { afterAll, test } from "vitest";
import { updateProfile } from "#server/accounts/update-profile.ts";
import { acceptFriend } from "#server/friends/accept.ts";
import { aliasFriend } from "#server/friends/alias.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { refuseFriend, withdrawRequest } from "#server/friends/decide.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { requestFriend } from "#server/friends/request.ts";
import { closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

async function two() {
  return [await newPerson("ann"), await newPerson("ben")] as const;
}

test("request, renewed request, accept", async () => {
  const [ann, ben] = await two();
  const ask = (note: string) => requestFriend(ann, { personId: ben.personId, note });
  await expectParity([ann, ben], [], () => ask("hi"));
  await expectParity([ann, ben], [], () => ask("hi again"));
  await expectParity([ann, ben], [], () => acceptFriend(ben, { personId: ann.personId }));
});

test("crossing requests, and automatic acceptance", async () => {
  const [ann, ben] = await two();
  await requestFriend(ann, { personId: ben.personId });
  await expectParity([ann, ben], [], () => requestFriend(ben, { personId: ann.personId }));
  const [cleo, dan] = await two();
  await updateProfile(dan, { acceptAutomatically: true });
  await expectParity([cleo, dan], [], () => requestFriend(cleo, { personId: dan.personId }));
});

test("refuse, withdraw", async () => {
  const [ann, ben] = await two();
  await requestFriend(ann, { personId: ben.personId });
  await expectParity([ann, ben], [], () => refuseFriend(ben, { personId: ann.personId }));
  await requestFriend(ann, { personId: ben.personId });
  await expectParity([ann, ben], [], () => withdrawRequest(ann, { personId: ben.personId }));
});

test("alias, remove, friends again", async () => {
  const [ann, ben] = await two();
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "hello");
  await expectParity([ann, ben], [conversationId], () => aliasFriend(ann, { personId: ben.personId, alias: "B" }));
  await expectParity([ann, ben], [conversationId], () => removeFriend(ann, { personId: ben.personId }));
  await requestFriend(ann, { personId: ben.personId });
  await expectParity([ann, ben], [conversationId], () => acceptFriend(ben, { personId: ann.personId }));
});

test("block with requests pending both ways of life, unblock", async () => {
  const [ann, ben] = await two();
  await requestFriend(ben, { personId: ann.personId });
  await expectParity([ann, ben], [], () => blockPerson(ann, { personId: ben.personId }));
  await expectParity([ann, ben], [], () => unblockPerson(ann, { personId: ben.personId }));
});

test("a changed profile", async () => {
  const [ann, ben] = await two();
  await expectParity([ann, ben], [], () => updateProfile(ann, { displayName: "Ann B." }));
});
