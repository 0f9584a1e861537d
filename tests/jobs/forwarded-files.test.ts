import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#server/db/sql.ts";
import { fileAddress } from "#server/media/address.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { reasonFor, type TestPerson } from "#tests/_people.ts";
import { someBytes, uploaded, withMedia } from "#tests/jobs/_media.ts";
import { forward, threePeople } from "#tests/server/_forward.ts";

const media = withMedia();

/** Ben sends Ann a file. */
async function fileFromBen() {
  const people = await threePeople();
  const { ben, withBen } = people;
  const { fileId } = await uploaded(media.base, ben, someBytes(), { purpose: "file" });
  const content = { kind: "file" as const, file: { fileId }, caption: "" };
  const { message } = await sendMessage(ben, { conversationId: withBen, clientId: randomUUID(), content });
  const mayRead = (me: TestPerson) =>
    reasonFor(fileAddress(me, { fileId, variant: "original", download: false }, media.base));
  return { ...people, fileId, seq: message.seq, mayRead };
}

test.each(["each", "merged"] as const)("the members of a target read the file itself, forwarded as %s", async (as) => {
  const { ann, ben, cleo, withBen, withCleo, fileId, seq, mayRead } = await fileFromBen();
  expect(await mayRead(cleo)).toBe("not_found");
  await forward(ann, { conversationId: withBen, seqs: [seq], targets: [withCleo], as });
  expect(await mayRead(cleo)).toBe("no refusal");
  expect(await sql()`select from files where id = ${fileId}`).toHaveLength(1);
  // What was passed on stays when the first message is recalled, and ends with the message that shows it.
  await recallMessage(ben, { conversationId: withBen, seq });
  expect(await mayRead(cleo)).toBe("no refusal");
  await recallMessage(ann, { conversationId: withCleo, seq: 2 });
  expect([await mayRead(cleo), await mayRead(ann)]).toEqual(["not_found", "not_found"]);
});

test("a file inside records goes where the records go", async () => {
  const { ann, cleo, withBen, withCleo, seq, mayRead } = await fileFromBen();
  await forward(ann, { conversationId: withBen, seqs: [seq], targets: [withBen], as: "merged" });
  await forward(ann, { conversationId: withBen, seqs: [seq + 1], targets: [withBen], as: "merged" });
  await forward(ann, { conversationId: withBen, seqs: [seq + 2], targets: [withCleo] });
  expect(await mayRead(cleo)).toBe("no refusal");
});

test("a target that refuses gets no file either", async () => {
  const { ann, cleo, withBen, seq, mayRead } = await fileFromBen();
  const { withBen: elsewhere } = await threePeople();
  await forward(ann, { conversationId: withBen, seqs: [seq], targets: [elsewhere] });
  expect(await mayRead(cleo)).toBe("not_found");
  expect(await sql()`select from attachments where conversation_id = ${elsewhere}`).toHaveLength(0);
});
