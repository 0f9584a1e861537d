import { expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { blockPerson } from "#server/friends/block.ts";
import { isText } from "#tests/_listener.ts";
import { makeFriends, newPerson, say } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(2);

test("only the other members see who is typing, on every worker", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const [mine, theirs, outside] = [await onWorker(0, ann), await onWorker(1, ben), await onWorker(1, eve)];
  mine.signTyping(community.id, { personId: eve.personId });
  await expect.poll(() => theirs.typing).toEqual([{ conversationId: community.id, personId: ann.personId }]);
  outside.signTyping(community.id);
  // Typing of a removed member is dropped, on the same connection.
  await removeFromCommunity(ann, { communityId: community.id, personId: ben.personId });
  await theirs.until((event) => event.type === "conversation.removed");
  theirs.signTyping(community.id);
  await say(ann, community.id, "end");
  await mine.until(isText("end"));
  expect([mine.typing, outside.typing]).toEqual([[], []]);
  expect(theirs.typing).toHaveLength(1);
});

test("a block ends typing events in both directions", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const [withBen, withCleo] = [await makeFriends(ann, ben), await makeFriends(ann, cleo)];
  const [mine, theirs, other] = [await onWorker(0, ann), await onWorker(1, ben), await onWorker(1, cleo)];
  mine.signTyping(withBen);
  await expect.poll(() => theirs.typing.length).toBe(1);
  await blockPerson(ben, { personId: ann.personId });
  mine.signTyping(withBen);
  theirs.signTyping(withBen);
  // A later event on the same connections has arrived, so an earlier one would have too.
  mine.signTyping(withCleo);
  other.signTyping(withCleo);
  await expect.poll(() => [other.typing.length, mine.typing.length]).toEqual([1, 1]);
  expect(mine.typing[0]?.personId).toBe(cleo.personId);
  expect(theirs.typing).toHaveLength(1);
});

test("only members may subscribe to the channel of a conversation", async () => {
  const [ann, eve] = [await newPerson("ann"), await newPerson("eve")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  const [mine, outside] = [await onWorker(0, ann), await onWorker(1, eve)];
  expect(await mine.visit(community.id)).toBe(true);
  expect(await outside.visit(community.id)).toBe(false);
});
