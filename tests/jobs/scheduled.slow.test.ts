import { rm } from "node:fs/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { startRunner } from "#jobs/runner.ts";
import { sql } from "#server/db/sql.ts";
import { besideTransaction, callerOf, closeDatabase } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { schedule, waiting, words } from "#tests/_schedule.ts";
import { until } from "#tests/jobs/_media.ts";
import { killAllJobs, killJobs, startJobs } from "#tests/jobs/_process.ts";
import { said, threePeople } from "#tests/server/_forward.ts";

afterEach(killAllJobs);
afterAll(async () => {
  await closeDatabase();
  await rm(process.env.MEDIA_DIR ?? "", { recursive: true, force: true });
});

const soon = () => new Date(Date.now() + 1_000).toISOString();
const isBlocked = async () => {
  const [row] = await sql()<{ waits: boolean }[]>`
    select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()) as waits`;
  return row?.waits === true;
};
const jobsLeft = async () =>
  (await sql()`select from graphile_worker._private_jobs where payload ->> 'clientId' is not null`).length;

test("two runners send each message once, with the rights of their role, in the order in which they were written", {
  timeout: 60_000,
}, async () => {
  const { ann, ben, withBen } = await threePeople();
  const numbers = Array.from({ length: 12 }, (_, n) => `number ${n + 1}`);
  const mentions = [{ personId: ben.personId, start: 0, length: 6 }];
  const sendAt = soon();
  for (const text of numbers) await schedule(ann, withBen, { sendAt, content: { ...words(text), mentions } });
  const runners = [await startRunner(urlOf("jobs")), await startRunner(urlOf("jobs"))];
  await until(async () => (await jobsLeft()) === 0);
  expect((await said(ben, withBen)).map(({ content }) => content.text)).toEqual(numbers);
  expect(await waiting(ann)).toEqual([]);
  await Promise.all(runners.map((runner) => runner.stop()));
});

test("a process that is killed between the job and the send loses nothing and sends nothing twice", {
  timeout: 120_000,
}, async () => {
  const { ann, ben, withBen } = await threePeople();
  const first = await startJobs();
  await besideTransaction(async (tx) => {
    // Held up in the middle: the row is deleted in a transaction that cannot store the message yet.
    await tx`select from conversations where id = ${withBen} for no key update`;
    await schedule(ann, withBen, { sendAt: soon() });
    await until(isBlocked);
    await killJobs(first.child);
  });
  expect(await said(ben, withBen)).toEqual([]);
  expect(await waiting(ann)).toMatchObject([{ failure: null }]);
  await startJobs();
  await until(async () => (await said(ben, withBen)).length > 0);
  await until(async () => (await jobsLeft()) === 0);
  expect((await said(ben, withBen)).map(({ preview }) => preview)).toEqual(["later"]);
  expect(await waiting(ann)).toEqual([]);
});

test("a job that runs again after its message was stored does nothing", { timeout: 60_000 }, async () => {
  const { ann, ben, withBen } = await threePeople();
  const { message } = await schedule(ann, withBen);
  await callerOf(ann).messages.sendScheduled({ clientId: message.clientId });
  await sql()`select from graphile_worker.reschedule_jobs(
    array(select id from graphile_worker._private_jobs where payload ->> 'clientId' is not null), run_at => now())`;
  const runner = await startRunner(urlOf("jobs"));
  await until(async () => (await jobsLeft()) === 0);
  await runner.stop();
  expect((await said(ben, withBen)).map(({ preview }) => preview)).toEqual(["later"]);
});
