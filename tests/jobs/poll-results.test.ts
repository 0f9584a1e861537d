import { randomUUID } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { sql } from "#server/db/sql.ts";
import { callerOf, closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { killAllJobs, killJobs, startJobs } from "#tests/jobs/_process.ts";

afterAll(async () => {
  await killAllJobs();
  await closeDatabase();
});

test("results are told after the process that would have told them was killed", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const asked = { question: "Where?", options: ["Here", "There"], multiple: false, anonymous: true, closesAt: null };
  const content = { kind: "poll" as const, ...asked };
  const { message } = await callerOf(ann).messages.send({ conversationId, clientId: randomUUID(), content });
  const { seq } = message;
  const { child } = await startJobs();
  // The conversation is held, so that the job is under way and not done when its process is killed.
  await sql().begin(async (tx) => {
    for (const choices of [[0], [1]]) await callerOf(ben).messages.vote({ conversationId, seq, choices });
    await tx`select from conversations where id = ${conversationId} for update`;
    await vi.waitFor(
      async () =>
        expect(await sql()`select from graphile_worker._private_jobs where locked_at is not null`).toHaveLength(1),
      { timeout: 10_000, interval: 20 },
    );
    await killJobs(child);
  });
  await startJobs();
  await vi.waitFor(
    async () => {
      const { messages } = await callerOf(ann).messages.page({ conversationId });
      expect(messages.find((one) => one.seq === seq)?.content).toMatchObject({ voters: 1, votes: [0, 1] });
    },
    { timeout: 30_000, interval: 100 },
  );
}, 60_000);
