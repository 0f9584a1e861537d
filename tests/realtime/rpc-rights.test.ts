import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { closeSql, sql } from "#server/db/sql.ts";
import { callOverSocket, rpcRouter } from "#server/rpc/call.ts";
import { closeDatabase, makeFriends, mention, newPerson } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";

afterAll(closeDatabase);

test("each procedure of the socket works with the rights of the worker's role", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { message } = await mention(ann, conversationId, [ben]);
  // From here on this process is a worker: its pool signs in as the worker does.
  await closeSql();
  const url = urlOf("worker");
  process.env.DATABASE_URL = url;
  process.env.DATABASE_URL_DIRECT = url;
  (globalThis as { imchatEnv?: unknown }).imchatEnv = undefined;
  expect((await sql()`select current_user as name`)[0]?.name).toBe("imchat_worker");

  const at = { conversationId, seq: message.seq };
  await sql()`update messages set kind = 'voice' where conversation_id = ${conversationId} and seq = 1`;
  const content = { kind: "text", text: "over the socket" };
  const mentioning = { kind: "text", text: "@a", mentions: [{ personId: ann.personId, start: 0, length: 2 }] };
  const inputs: Record<string, unknown[]> = {
    "messages.send": [content, mentioning].map((each) => ({ conversationId, clientId: randomUUID(), content: each })),
    "messages.page": [{ conversationId }],
    "messages.react": [true, false, true].map((reacted) => ({ ...at, emoji: "👍", reacted })),
    "messages.edit": [{ ...at, text: "edited", editedAt: null }],
    "messages.edits": [at],
    "messages.forward": (["each", "merged"] as const).map((as) => ({
      ...{
        clientId: randomUUID(),
        conversationId,
        seqs: [message.seq],
        targets: [conversationId],
        as,
        showSource: true,
      },
    })),
    "messages.record": [{ conversationId, seq: message.seq + 4 }],
    "messages.report": [{ ...at, reason: "spam", note: "" }],
    "messages.pin": [true, false, true].map((pinned) => ({ ...at, pinned })),
    "messages.pinned": [{ conversationId }],
    "messages.media": [{ conversationId, of: "pictures" }],
    "messages.star": [true, false, true].map((starred) => ({ conversationId, seqs: [at.seq], starred })),
    "messages.hide": [true, false].map((hidden) => ({ conversationId, seqs: [at.seq], hidden })),
    "messages.hear": [{ conversationId, seqs: [1] }],
    "messages.marks": [{ conversationId }],
    "messages.starred": [{}],
    "messages.mentioned": [{}],
    "messages.recall": [at],
    "messages.receipts": [{ conversationId }],
    "messages.lastReceipts": [undefined],
    "messages.information": [at],
    "conversations.list": [undefined],
    "conversations.get": [{ conversationId }],
    "conversations.changesSince": [{ conversationId, rev: 0 }],
    "conversations.heads": [undefined],
    "conversations.markRead": [at],
    "conversations.configure": [{ conversationId: at.conversationId, pinned: true }],
    "conversations.drafts": [undefined],
    "conversations.saveDraft": ["words", "more", ""].map((text) => ({ conversationId, text, replyTo: null })),
  };
  const own = new Set(["messages.edit", "messages.recall"]);
  expect(Object.keys(inputs).sort()).toEqual(Object.keys(rpcRouter._def.procedures).sort());
  for (const [path, each] of Object.entries(inputs)) {
    for (const input of each) {
      const { error } = await callOverSocket(own.has(path) ? ann : ben, { id: "1", path, input });
      expect([path, error?.message]).toEqual([path, undefined]);
    }
  }
});
