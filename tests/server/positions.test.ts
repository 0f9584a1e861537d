import { afterAll, expect, test } from "vitest";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, newPerson, reasonFor, say } from "#tests/_people.ts";

afterAll(closeDatabase);

test("times stand where the first message then or later is, within what I may read", async () => {
  const [owner, late, eve] = [await newPerson("owner"), await newPerson("late"), await newPerson("eve")];
  const { id } = (await createCommunity(owner, { name: "Kites", historyVisibleToNewMembers: false })).community;
  for (const word of ["one", "two", "three", "four"]) await say(owner, id, word);
  // The notice of the founding and four messages, one each day.
  await sql()`update messages set sent_at = '2026-03-01T10:00:00Z'::timestamptz + seq * interval '1 day' where conversation_id = ${id}`;
  const times = [
    "2026-03-01T00:00:00.000Z",
    "2026-03-03T10:00:00.000Z",
    "2026-03-03T10:00:00.001Z",
    "2026-04-01T00:00:00.000Z",
  ];
  const input = { conversationId: id, times };
  expect(await callerOf(owner).messages.positions(input)).toEqual({ seqs: [1, 2, 3, 6], firstSeq: 1, lastSeq: 5 });
  await joinCommunity(late, { communityId: id });
  expect(await callerOf(late).messages.positions(input)).toEqual({ seqs: [6, 6, 6, 6], firstSeq: 6, lastSeq: 6 });
  expect(await reasonFor(callerOf(eve).messages.positions(input))).toBe("not_found");
});
