import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { startIndexing } from "#jobs/search.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { indexQueued, queueOutdated } from "#server/messages/search/indexing/index-messages.ts";
import { readSearchLag } from "#server/messages/search/indexing/lag.ts";
import { lockProgress, takeQueued } from "#server/messages/search/indexing/store.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";
import { index } from "#tests/_search.ts";

afterAll(closeDatabase);

const entriesOf = async (conversationId: string) =>
  (
    await sql()<{ seq: number }[]>`
    select seq from message_search where conversation_id = ${conversationId} order by seq`
  ).map(({ seq }) => seq);

/** Two friends, and so many messages; the notice of their friendship is message 1. */
async function talk(messages: number) {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  for (let n = 0; n < messages; n += 1) await say(ben, conversationId, `word ${n}`);
  return { ann, ben, conversationId };
}

test("the process fills the index by itself", async () => {
  const { conversationId } = await talk(2);
  const indexing = startIndexing();
  await expect.poll(() => entriesOf(conversationId), { timeout: 20_000 }).toEqual([2, 3]);
  await indexing.close();
});

test("what was taken by a process that died waits again", async () => {
  const { conversationId } = await talk(2);
  const died = new Error("died");
  await expect(
    transaction(async (tx) => {
      const taken = await takeQueued(tx, 1_000);
      expect(taken).toContain(conversationId);
      await lockProgress(tx, taken, 1);
      throw died;
    }),
  ).rejects.toBe(died);
  await index();
  expect(await entriesOf(conversationId)).toEqual([2, 3]);
});

test("two processes at once index each message once, while more are sent", async () => {
  const { ben, conversationId } = await talk(0);
  const sending = (async () => {
    for (let n = 0; n < 40; n += 1) await say(ben, conversationId, `word ${n}`, randomUUID());
  })();
  let sent = false;
  void sending.then(() => {
    sent = true;
  });
  const work = async () => {
    while (!sent) await indexQueued();
    await index();
  };
  await Promise.all([sending, work(), work()]);
  expect(await entriesOf(conversationId)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
});

test("with other tokens everything is indexed anew, and the old entries answer meanwhile", async () => {
  const { ann, conversationId } = await talk(3);
  await index();
  await sql()`update search_indexed set version = 0 where conversation_id = ${conversationId}`;
  await sql()`delete from message_search where conversation_id = ${conversationId} and seq = 2`;
  expect((await readSearchLag(sql())).outdated).toBeGreaterThan(0);
  expect(await queueOutdated()).toBeGreaterThan(0);
  expect((await callerOf(ann).messages.search({ query: "word" })).hits).toHaveLength(2);
  await index();
  expect(await entriesOf(conversationId)).toEqual([2, 3, 4]);
});

test("the doctor is told what waits, and what no one will index", async () => {
  const { ben, conversationId } = await talk(1);
  await index();
  expect(await readSearchLag(sql())).toMatchObject({ waiting: 0, seconds: 0, missing: 0 });
  await say(ben, conversationId, "word 1");
  expect((await readSearchLag(sql())).waiting).toBe(1);
  await sql()`delete from search_queue`;
  expect((await readSearchLag(sql())).missing).toBe(1);
});
