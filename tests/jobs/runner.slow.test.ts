import { rm } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { startRunner } from "#jobs/runner.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import { fileAddress } from "#server/media/address.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { besideTransaction, closeDatabase, newPerson } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { announcement, outcomeOf, put, someBytes, until } from "#tests/jobs/_media.ts";
import { killAllJobs, killJobs, startJobs } from "#tests/jobs/_process.ts";

afterAll(async () => {
  await killAllJobs();
  await closeDatabase();
  await rm(process.env.MEDIA_DIR ?? "", { recursive: true, force: true });
});

const jobsLeft = async () =>
  await sql()<{ key: string | null; lockedBy: string | null }[]>`
    select j.key, p.locked_by from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id`;

async function sentWhole(base: string) {
  const ann = await newPerson("ann");
  const bytes = someBytes(5_000);
  const said = announcement(bytes);
  const { fileId, parts } = await createUpload(ann, said, base);
  await put(parts[0]?.url ?? "", bytes);
  return { ann, bytes, fileId };
}

test("a job of a transaction that is rolled back is never there; one that is committed is there once", async () => {
  const job = { fileId: crypto.randomUUID() };
  await transaction(async (tx) => {
    await addJob(tx, "media:process", job, { key: "rolled back" });
    throw new Error("and back");
  }).catch(() => {});
  await transaction(async (tx) => {
    await addJob(tx, "media:process", job, { key: "committed" });
    await addJob(tx, "media:process", job, { key: "committed" });
  });
  expect((await jobsLeft()).map(({ key }) => key)).toEqual(["committed"]);
});

test("what a killed process was at is done by another within seconds, and once", { timeout: 90_000 }, async () => {
  const first = await startJobs();
  const { ann, bytes, fileId } = await sentWhole(first.base);
  // Held up in the middle: the bytes are where they will be served from, and the row cannot say so yet.
  const held = await besideTransaction(async (tx) => {
    await tx`lock table media_blobs in exclusive mode`;
    await completeUpload(ann, { fileId, parts: [] });
    await until(async () =>
      (await jobsLeft()).some(({ key, lockedBy }) => lockedBy !== null && key === `media:process ${fileId}`),
    );
    await until(async () => {
      const [row] = await sql()<{ waits: boolean }[]>`
        select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()) as waits`;
      return row?.waits === true;
    });
    const second = await startJobs();
    await killJobs(first.child);
    return { second, killedAt: performance.now() };
  });
  expect(await outcomeOf(ann, fileId)).toBe("ready");
  expect(performance.now() - held.killedAt).toBeLessThan(20_000);
  const { url } = await fileAddress(ann, { fileId, variant: "original" }, held.second.base);
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
  const [row] = await sql()<{ blobs: number }[]>`
    select count(*)::int as blobs from media_blobs where owner_id = ${ann.personId}`;
  expect(row?.blobs).toBe(1);
  await until(async () => (await jobsLeft()).every(({ key }) => key !== `media:process ${fileId}`));
  // It would take jobs of the tests that follow. What it was at stays locked, as it should.
  await killJobs(held.second.child);
  await sql()`delete from graphile_worker._private_jobs`;
});

test("a runner that stops leaves no job locked, at whatever moment it stops", { timeout: 90_000 }, async () => {
  for (let round = 0; round < 40; round += 1) {
    for (let n = 0; n < 6; n += 1)
      await addJob(sql(), "media:abort-upload", { fileId: crypto.randomUUID(), storageUploadId: "" });
    const runner = await startRunner(urlOf("jobs"));
    await until(async () => (await jobsLeft()).length < 6 - (round % 6));
    await runner.stop();
    expect((await jobsLeft()).filter(({ lockedBy }) => lockedBy !== null)).toEqual([]);
    await sql()`delete from graphile_worker._private_jobs`;
  }
});

test("a process that is told to stop finishes what it is at, and gives its port back", {
  timeout: 60_000,
}, async () => {
  const { child, base } = await startJobs();
  const { ann, fileId } = await sentWhole(base);
  await completeUpload(ann, { fileId, parts: [] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect((await jobsLeft()).filter(({ lockedBy }) => lockedBy !== null)).toEqual([]);
  await expect(fetch(`${base}/healthz`)).rejects.toThrow();
});
