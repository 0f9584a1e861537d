import { afterAll, expect, test } from "vitest";
import type { MessageReportInput } from "#contracts/messages/report.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { callerOf, closeDatabase, reasonFor, say } from "#tests/_people.ts";
import { threePeople } from "#tests/server/_forward.ts";

afterAll(closeDatabase);

type Wanted = Pick<MessageReportInput, "conversationId" | "seq"> & Partial<MessageReportInput>;
const report = (me: Me, wanted: Wanted) => callerOf(me).messages.report({ reason: "abuse", note: "", ...wanted });
const kept = (conversationId: string) => sql()`
  select person_id, seq, reason, note, content from message_reports where conversation_id = ${conversationId} order by created_at`;

test("a report keeps the message as it was, once for each person", async () => {
  const { ann, ben, withBen } = await threePeople();
  await say(ann, withBen, "you fool");
  const first = { conversationId: withBen, seq: 2, reason: "abuse", note: " again and again " } as const;
  expect(await report(ben, first)).toEqual({ done: true });
  await Promise.all(["spam", "other"].map((reason) => report(ben, { ...first, reason: reason as "spam" | "other" })));
  await callerOf(ann).messages.recall({ conversationId: withBen, seq: 2 });
  const content = { kind: "text", text: "you fool" };
  expect(await kept(withBen)).toEqual([
    { personId: ben.personId, seq: 2, reason: "abuse", note: "again and again", content },
  ]);
});

test("only what I may read and another person said can be reported", async () => {
  const { ann, ben, cleo, withBen } = await threePeople();
  const { community } = await createCommunity(ann, { name: "Kites", historyVisibleToNewMembers: false });
  await say(ann, community.id, "before your time");
  await joinCommunity(ben, { communityId: community.id });
  await say(ann, withBen, "hello");
  await say(ann, withBen, "gone");
  await callerOf(ann).messages.recall({ conversationId: withBen, seq: 3 });
  const at = (seq: number, conversationId = withBen) => ({ conversationId, seq });
  expect(await reasonFor(report(cleo, at(2)))).toBe("not_found");
  expect(await reasonFor(report(ben, at(2, community.id)))).toBe("not_found");
  expect(await reasonFor(report(ben, at(9)))).toBe("not_found");
  expect(await reasonFor(report(ann, at(2)))).toBe("cannot_target_self");
  expect(await reasonFor(report(ben, at(3)))).toBe("forbidden");
  expect(await reasonFor(report(ben, { ...at(2), note: "x".repeat(501) }))).toBe("text_too_long");
  expect(await reasonFor(report(ben, { ...at(2), reason: "boring" as "spam" }))).toBe("invalid_input");
  expect(await kept(withBen)).toEqual([]);
});

test("a person reports twenty messages at once and then a few a minute", async () => {
  const { ann, ben, withBen } = await threePeople();
  await say(ann, withBen, "hello");
  const reasons = await Promise.all(
    Array.from({ length: 21 }, () => reasonFor(report(ben, { conversationId: withBen, seq: 2 }))),
  );
  expect(reasons.toSorted()).toEqual([...Array(20).fill("no refusal"), "rate_limited"]);
});
