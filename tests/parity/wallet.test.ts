import { afterAll, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { announceClaim } from "#server/wallet/announce-claim.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";
import { give, open } from "#tests/server/_wallet.ts";

afterAll(closeDatabase);

test("sending a red packet, to a friend and to a community, open on a screen or not", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const direct = await makeFriends(ann, ben);
  await expectParity([ann, ben], [direct], () => give(ann, direct, { greeting: "恭喜发财" }));
  const { community } = await createCommunity(ann, { name: "Lanterns" });
  await joinCommunity(ben, { communityId: community.id });
  await expectParity([ann, ben], [], () => give(ben, community.id, { shares: 2 }));
  await expectParity([ann, ben], [community.id], () =>
    Promise.all(Array.from({ length: 6 }, (_, at) => give(at % 2 ? ann : ben, community.id, { shares: 3 }))),
  );
});

test("the notice that a person opened one", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const direct = await makeFriends(ann, ben);
  const { packetId } = await give(ann, direct);
  await open(ben, packetId);
  await expectParity([ann, ben], [direct], () => announceClaim({ packetId, personId: ben.personId }));
});
