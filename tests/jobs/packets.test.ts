import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startRunner } from "#jobs/runner.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { pageMessages } from "#server/messages/page.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, reasonFor } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { balanceOf, expectSoundLedger, give, letExpire, open } from "#tests/server/_wallet.ts";

let runner: { stop(): Promise<void> };
beforeAll(async () => {
  runner = await startRunner(urlOf("jobs"));
});
afterAll(async () => {
  await runner.stop();
  await closeDatabase();
});

const patience = { timeout: 10_000, interval: 50 };

async function noticesIn(me: Me, conversationId: string) {
  const { messages } = await pageMessages(me, { conversationId });
  return messages.filter(({ content }) => content.notice === "red_packet_opened");
}

async function jobsOf(packetId: string) {
  return sql()<{ task: string; runAt: Date }[]>`
    select t.identifier as task, j.run_at from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'packetId' = ${packetId} order by 1`;
}

test("who opens a red packet is told of once, and who gets nothing is not", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { packetId } = await give(ann, conversationId);
  expect(await reasonFor(open(ann, packetId))).toBe("not_recipient");
  await Promise.all([open(ben, packetId), open(ben, packetId), open(ben, packetId)]);
  await vi.waitFor(async () => expect(await noticesIn(ann, conversationId)).toHaveLength(1), patience);
  await vi.waitFor(async () => expect(await jobsOf(packetId)).toHaveLength(1), patience);
  const [notice] = await noticesIn(ben, conversationId);
  expect(notice).toMatchObject({ senderId: ben.personId, content: { personId: ann.personId, packetId } });
});

test("a packet that was sent is looked at when it expires, and the rest comes back by itself", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const { packetId } = await give(ann, conversationId, { total: 4_000 });
  const { expiresAt } = await callerOf(ann).wallet.getPacket({ packetId });
  expect(await jobsOf(packetId)).toEqual([{ task: "packets:refund", runAt: new Date(expiresAt) }]);

  await letExpire(packetId);
  await sql()`select from graphile_worker.reschedule_jobs(
    array(select id from graphile_worker._private_jobs where payload ->> 'packetId' = ${packetId}), run_at => now())`;
  await vi.waitFor(async () => expect(await balanceOf(ann)).toBe(10_000), patience);
  expect((await open(ben, packetId)).outcome).toBe("expired");
  await expectSoundLedger();
});

test("a packet that was refused leaves no job", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const count = async () =>
    (await sql()<{ n: number }[]>`select count(*)::int as n from graphile_worker._private_jobs`)[0]?.n;
  const before = await count();
  expect(await reasonFor(give(ann, conversationId, { total: 10_001 }))).toBe("insufficient_balance");
  expect(await count()).toBe(before);
});
