import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Content } from "#contracts/messages/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import { fileAddress } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { pageMessages } from "#server/messages/page.ts";
import { enqueue } from "#server/messages/send/batch.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { callerOf, makeFriends, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import { outcomeOf, someBytes, upload, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();
let ann: TestPerson;
let conversationId: string;
beforeAll(async () => {
  ann = await newPerson("ann");
  conversationId = await makeFriends(ann, await newPerson("ben"));
});

const fileDraft = (fileId: string) => ({ kind: "file" as const, file: { fileId }, caption: "" });
const readyFile = async () => (await uploaded(media.base, ann, someBytes(), { purpose: "file" })).fileId;
const attachmentsOf = (fileId: string) =>
  sql()<{ seq: number }[]>`select seq from attachments where file_id = ${fileId} order by seq`;

describe("a message and its files are one", () => {
  test("a message that is sent again and again attaches its files once", async () => {
    const [one, two] = [await samples.png(20, 20), await samples.png(21, 20)];
    const pictures = await Promise.all(
      [one, two].map(async (bytes) => ({ fileId: await upload(media.base, ann, bytes) })),
    );
    for (const { fileId } of pictures) expect(await outcomeOf(ann, fileId)).toBe("ready");
    const input = {
      conversationId,
      clientId: randomUUID(),
      content: { kind: "image" as const, pictures, caption: "" },
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendMessage(ann, input)));
    expect(answers.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
    const seq = answers[0]?.message.seq;
    for (const { fileId } of pictures) expect(await attachmentsOf(fileId)).toEqual([{ seq }]);
  });

  test("a recalled message gives its file to its sender alone, until another message gives it to members", async () => {
    const ben = await newPerson("ben");
    const room = await makeFriends(ann, ben);
    const fileId = await readyFile();
    const mayRead = (me: TestPerson) =>
      reasonFor(fileAddress(me, { fileId, variant: "original", download: false }, media.base));
    const send = () => sendMessage(ann, { conversationId: room, clientId: randomUUID(), content: fileDraft(fileId) });
    const [first, second] = [(await send()).message, (await send()).message];
    await recallMessage(ann, { conversationId: room, seq: first.seq });
    expect([await mayRead(ann), await mayRead(ben)]).toEqual(["no refusal", "no refusal"]);
    await recallMessage(ann, { conversationId: room, seq: second.seq });
    expect([await mayRead(ann), await mayRead(ben)]).toEqual(["no refusal", "not_found"]);
  });

  test("one file twice in an album, and in two messages", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.png(22, 20));
    const content = { kind: "image" as const, pictures: [{ fileId }, { fileId }], caption: "" };
    const first = await sendMessage(ann, { conversationId, clientId: randomUUID(), content });
    const second = await sendMessage(ann, { conversationId, clientId: randomUUID(), content });
    expect(await attachmentsOf(fileId)).toEqual([{ seq: first.message.seq }, { seq: second.message.seq }]);
  });

  test("a message of a person who may not write attaches nothing", async () => {
    const fileId = await readyFile();
    const elsewhere = await makeFriends(await newPerson("cat"), await newPerson("dan"));
    const input = { conversationId: elsewhere, clientId: randomUUID(), content: fileDraft(fileId) };
    expect(await reasonFor(sendMessage(ann, input))).toBe("not_found");
    expect(await attachmentsOf(fileId)).toEqual([]);
  });

  test("what is stored is what was found in the file, whatever the sender says of it", async () => {
    const { fileId } = await uploaded(media.base, ann, await samples.png(33, 44));
    const lie = { fileId, width: 9_999, height: 1, type: "text/html", bytes: 1, thumbhash: "", animated: true };
    const content = { kind: "image" as const, pictures: [lie], caption: "" };
    const { message } = await callerOf(ann).messages.send({ conversationId, clientId: randomUUID(), content });
    expect(message.content).toMatchObject({
      pictures: [{ width: 33, height: 44, type: "image/png", animated: false }],
    });
  });

  test.each([
    ["one without an owner", async () => randomUUID()],
    ["one that is a picture", async () => (await uploaded(media.base, ann, await samples.jpeg())).fileId],
    ["one that was refused", async () => (await uploaded(media.base, ann, samples.svg)).fileId],
    [
      "another person's",
      async () => (await uploaded(media.base, await newPerson("eve"), someBytes(), { purpose: "file" })).fileId,
    ],
  ])("a file that is not mine or not such a one is not sent: %s", async (_, make) => {
    const before = (await pageMessages(ann, { conversationId, limit: 1 })).head.lastSeq;
    const input = { conversationId, clientId: randomUUID(), content: fileDraft(await make()) };
    expect(await reasonFor(sendMessage(ann, input))).toBe("file_not_ready");
    expect((await pageMessages(ann, { conversationId, limit: 1 })).head.lastSeq).toBe(before);
  });
});

describe("a file that goes while a message takes it", () => {
  test("refuses that message and none of its neighbours", async () => {
    const [gone, stays] = [await readyFile(), await readyFile()];
    const contentOf = (fileId: string) =>
      ({
        ...fileDraft(fileId),
        file: { fileId, type: "application/octet-stream", bytes: 1_000 },
        name: "x",
      }) satisfies Content;
    await cancelUpload(ann, gone);
    // Each in a conversation of its own. The first two fill both places for batches; the others wait and go together.
    const contents = [null, null, gone, stays].map((id) => (id ? contentOf(id) : { kind: "text" as const, text: "x" }));
    const rooms = await Promise.all(contents.map(async () => makeFriends(ann, await newPerson("gus"))));
    const sending = contents.map((content, at) =>
      reasonFor(enqueue({ me: ann, conversationId: rooms[at] ?? "", clientId: randomUUID(), content, preview: "" })),
    );
    expect(await Promise.all(sending)).toEqual(["no refusal", "no refusal", "file_not_found", "no refusal"]);
    expect(await attachmentsOf(stays)).toHaveLength(1);
  });

  test("is either sent or cancelled, never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const fileId = await readyFile();
      const [sent, cancelled] = await Promise.all([
        reasonFor(sendMessage(ann, { conversationId, clientId: randomUUID(), content: fileDraft(fileId) })),
        reasonFor(cancelUpload(ann, fileId)),
      ]);
      expect(cancelled).toBe("no refusal");
      const there = (await outcomeOf(ann, fileId)) === "ready";
      expect(there).toBe(sent === "no refusal");
      if (!there) expect(["file_not_found", "file_not_ready"]).toContain(sent);
    }
  });

  test("stays once it is in a message, and a retry of that message still finds it", async () => {
    const fileId = await readyFile();
    const input = { conversationId, clientId: randomUUID(), content: fileDraft(fileId) };
    const { message } = await sendMessage(ann, input);
    await cancelUpload(ann, fileId);
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect(await sendMessage(ann, input)).toMatchObject({ outcome: "duplicate", message: { seq: message.seq } });
  });
});
