import { afterAll, expect, test } from "vitest";
import { callerOf, closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { expectParity } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

test("writing, emptying and leaving agree with the list of drafts", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { community } = await callerOf(ben).communities.create({ name: "Kites", joinPolicy: "open" });
  await callerOf(ann).communities.join({ communityId: community.id });
  const save =
    (id: string, text: string, replyTo: number | null = null) =>
    () =>
      callerOf(ann).conversations.saveDraft({ conversationId: id, text, replyTo });
  const agree = (act: () => Promise<unknown>) => expectParity([ann, ben], [conversationId], act);
  await agree(save(conversationId, "words", 1));
  await agree(save(community.id, "other words"));
  await agree(save(conversationId, "words that go on"));
  await agree(save(conversationId, ""));
  await agree(() => callerOf(ann).communities.leave({ communityId: community.id }));
});

test("a draft that is too long for an event has the device ask for the drafts alone", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const long = () =>
    callerOf(ann).conversations.saveDraft({ conversationId, text: "long ".repeat(2_000), replyTo: null });
  await expect(expectParity([ann], [conversationId], long)).rejects.toThrow("events left a hole");
  await callerOf(ann).conversations.saveDraft({ conversationId, text: "short", replyTo: null });
  await expectParity([ann], [conversationId], long, ["drafts"]);
});
