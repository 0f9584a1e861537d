import { afterAll, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { acceptJoin, refuseJoin, withdrawJoin } from "#server/communities/decide.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { dissolveCommunity, handOverCommunity, updateCommunityMetadata } from "#server/communities/manage.ts";
import { closeDatabase, newPerson, say } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

async function three() {
  return [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")] as const;
}

test("create, join, talk, leave", async () => {
  const [ann, ben, cleo] = await three();
  const everyone = [ann, ben, cleo];
  await expectParity(everyone, [], () => createCommunity(ann, { name: "Trails" }));
  const { community } = await createCommunity(ann, { name: "Books" });
  const open = [community.id];
  await expectParity(everyone, open, () => joinCommunity(ben, { communityId: community.id }));
  await expectParity(everyone, open, () => joinCommunity(cleo, { communityId: community.id }));
  await expectParity(everyone, open, () => say(cleo, community.id, "hello all"));
  await expectParity(everyone, open, () => leaveCommunity(ben, { communityId: community.id }));
  await expectParity(everyone, open, () => joinCommunity(ben, { communityId: community.id }));
});

test("joining where newcomers see no history", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await createCommunity(ann, { name: "Quiet", historyVisibleToNewMembers: false });
  await say(ann, community.id, "before anybody");
  await expectParity([ann, ben, cleo], [community.id], () => joinCommunity(ben, { communityId: community.id }));
  await expectParity([ann, ben, cleo], [community.id], () => say(ann, community.id, "now you hear me"));
});

test("asking to join: refused, withdrawn, accepted", async () => {
  const [ann, ben, cleo] = await three();
  const everyone = [ann, ben, cleo];
  const { community } = await createCommunity(ann, { name: "Ask", joinPolicy: "approval" });
  const ask = () => joinCommunity(ben, { communityId: community.id, note: "me too" });
  const asked = { communityId: community.id, personId: ben.personId };
  await expectParity(everyone, [], ask);
  await expectParity(everyone, [], () => refuseJoin(ann, asked));
  await ask();
  await expectParity(everyone, [], () => withdrawJoin(ben, { communityId: community.id }));
  await ask();
  await expectParity(everyone, [], () => acceptJoin(ann, asked));
});

test("rename, remove, dissolve", async () => {
  const [ann, ben, cleo] = await three();
  const everyone = [ann, ben, cleo];
  const { community } = await createCommunity(ann, { name: "Old name" });
  const open = [community.id];
  for (const one of [ben, cleo]) await joinCommunity(one, { communityId: community.id });
  await expectParity(everyone, open, () =>
    updateCommunityMetadata(ann, { communityId: community.id, name: "New name", icon: "🪁" }),
  );
  await expectParity(everyone, open, () =>
    removeFromCommunity(ann, { communityId: community.id, personId: ben.personId }),
  );
  await expectParity(everyone, open, () =>
    updateCommunityMetadata(ann, { communityId: community.id, joinPolicy: "invite" }),
  );
  await expectParity(everyone, open, () => dissolveCommunity(ann, { communityId: community.id }));
  await expectParity(everyone, open, () => leaveCommunity(ann, { communityId: community.id }));
});

test("handing over, where what waits for the owner changes hands as a whole", async () => {
  const [ann, ben, cleo] = await three();
  const { community } = await createCommunity(ann, { name: "Relay" });
  for (const one of [ben, cleo]) await joinCommunity(one, { communityId: community.id });
  const handOver = () => handOverCommunity(ann, { communityId: community.id, personId: ben.personId });
  await expectParity([cleo], [community.id], handOver);
  const back = () => handOverCommunity(ben, { communityId: community.id, personId: ann.personId });
  await expectParity([ann, ben, cleo], [community.id], back, [
    "inbox",
    "friends",
    "marks",
    "scheduled",
    "drafts",
    "folders",
  ]);
});
