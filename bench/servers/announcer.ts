/** The verbs of files in a process of their own, as the web half has them: they touch rows and never bytes. */
import { setTimeout as pause } from "node:timers/promises";
import { answerParent } from "#bench/program.ts";
import type { UploadPlan } from "#contracts/media.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { filesStatus } from "#server/media/status.ts";

type Announced = { clientId: string; bytes: number; sha256: string };
export type Wish =
  | { type: "begin"; me: Me; base: string; file: Announced }
  /** Answers when the file is ready. */
  | { type: "complete"; me: Me; fileId: string }
  /** Takes the file and its bytes away, and answers when they are gone. */
  | { type: "remove"; me: Me; fileId: string };

const lookEvery = 5;

async function fulfil(wish: Wish): Promise<UploadPlan | null> {
  const { me } = wish;
  if (wish.type === "begin") return createUpload(me, { ...wish.file, name: "bench.bin", purpose: "file" }, wish.base);
  const { fileId } = wish;
  if (wish.type === "complete") {
    await completeUpload(me, { fileId, parts: [] });
    for (;;) {
      const [status] = (await filesStatus(me, [fileId])).files;
      if (status?.state === "ready") return null;
      if (status?.state !== "processing") throw new Error(`the file is ${status?.state}: ${status?.reason}`);
      await pause(lookEvery);
    }
  }
  await cancelUpload(me, fileId);
  await sql()`update media_blobs set created_at = now() - interval '2 hours' where owner_id = ${me.personId}`;
  await sql()`select graphile_worker.add_job('media:expire-orphans', '{}'::json)`;
  for (;;) {
    const [row] = await sql()<{ left: number }[]>`
      select (select count(*) from media_blobs where owner_id = ${me.personId})::int
        + (select count(*) from graphile_worker.jobs where task_identifier like 'media:%')::int as left`;
    if (row?.left === 0) return null;
    await pause(lookEvery);
  }
}

setInterval(() => {}, 60_000); // the channel to the parent alone keeps nothing alive
answerParent(true, fulfil);
