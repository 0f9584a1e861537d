import { afterAll, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { envelopesOf } from "#tests/parity/_event-recorder.ts";

afterAll(closeDatabase);

const save = (me: Me, conversationId: string, text: string, replyTo: number | null = null) =>
  callerOf(me).conversations.saveDraft({ conversationId, text, replyTo });
const draftsOf = async (me: Me) => (await callerOf(me).conversations.drafts()).drafts;

async function friends() {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  return { ann, ben, conversationId: await makeFriends(ann, ben) };
}

test("the last draft is mine alone, with what it answers, and repeating says nothing", async () => {
  const { ann, ben, conversationId } = await friends();
  const heard = await envelopesOf(async () => {
    await save(ann, conversationId, "one");
    await save(ann, conversationId, " two\n", 1);
    await save(ann, conversationId, " two\n", 1);
  });
  const draft = { conversationId, text: " two\n", replyTo: 1 };
  expect(heard).toMatchObject([{ event: { type: "draft.changed" } }, { personId: ann.personId, event: { draft } }]);
  expect(await draftsOf(ann)).toEqual([draft]);
  expect(await draftsOf(ben)).toEqual([]);
});

test("a blank text takes the draft away", async () => {
  const { ann, conversationId } = await friends();
  await save(ann, conversationId, "one");
  const heard = await envelopesOf(() => save(ann, conversationId, " \n"));
  expect(heard).toMatchObject([{ event: { type: "draft.changed", conversationId, draft: null } }]);
  expect(await draftsOf(ann)).toEqual([]);
});

test("ten devices with 40 KB each leave the last one whole; longer is refused by its name", async () => {
  const { ann, conversationId } = await friends();
  const longest = (n: number) => String(n) + "𝒳".repeat(limits.messageText.max - 1);
  const heard = await envelopesOf(() =>
    Promise.all([...Array(10).keys()].map((n) => save(ann, conversationId, longest(n)))),
  );
  expect(heard.map((one) => "event" in one && one.event)).toEqual(
    heard.map((one) => ({ scope: "person", type: "draft.changed", conversationId, rev: "rev" in one && one.rev })),
  );
  expect((await draftsOf(ann)).map(({ text }) => text.slice(1))).toEqual([longest(0).slice(1)]);
  expect(await reasonFor(save(ann, conversationId, `${longest(0)}𝒳`))).toBe("text_too_long");
});

test("many saves of one person are refused until some time has passed", async () => {
  const { ann, conversationId } = await friends();
  const reasons = await Promise.all(
    [...Array(80).keys()].map((n) => reasonFor(save(ann, conversationId, `draft ${n}`))),
  );
  expect(reasons).toContain("rate_limited");
  expect(reasons).toContain("no refusal");
});

test("one more than can be stored is refused, and a stored one can still be written", async () => {
  const { ann, conversationId } = await friends();
  await sql()`insert into drafts (person_id, conversation_id, text)
    select ${ann.personId}, gen_random_uuid(), 'old' from generate_series(1, ${limits.drafts - 1})`;
  await save(ann, conversationId, "the last one");
  await save(ann, conversationId, "the last one, changed");
  const other = await makeFriends(ann, await newPerson("cleo"));
  expect(await reasonFor(save(ann, other, "one more"))).toBe("drafts_limit_reached");
});

test("who left or was removed has no draft there, also after coming back", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await callerOf(ann).communities.create({ name: "Kites", joinPolicy: "open" });
  const { communities } = callerOf(ben);
  await communities.join({ communityId: community.id });
  await save(ben, community.id, "going");
  await communities.leave({ communityId: community.id });
  expect(await draftsOf(ben)).toEqual([]);
  expect(await reasonFor(save(ben, community.id, "gone"))).toBe("not_found");
  await communities.join({ communityId: community.id });
  expect(await draftsOf(ben)).toEqual([]);
});
