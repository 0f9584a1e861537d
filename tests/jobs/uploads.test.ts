import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { fileAddress } from "#server/media/address.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { filesStatus } from "#server/media/status.ts";
import { newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import { announcement, dribble, outcomeOf, placeOf, put, someBytes, until, withMedia } from "#tests/jobs/_media.ts";

const media = withMedia();
let ann: TestPerson;
beforeAll(async () => {
  ann = await newPerson("ann");
});

const begin = (me: Me, bytes: Buffer, more = {}) => createUpload(me, announcement(bytes, more), media.base);

/** Announces and answers what is to be sent. */
async function begun(bytes: Buffer) {
  const clientId = randomUUID();
  const { fileId, parts } = await begin(ann, bytes, { clientId });
  return { fileId, clientId, parts, url: parts[0]?.url ?? "" };
}

async function served(fileId: string): Promise<Buffer> {
  const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}
const partOf = (bytes: Buffer, n: number) => bytes.subarray((n - 1) * limits.partBytes, n * limits.partBytes);
describe("a file arrives whole or not at all", () => {
  test("in parts, in any order, some of them twice", async () => {
    const bytes = someBytes(2 * limits.partBytes + 77);
    const { fileId, parts } = await begun(bytes);
    expect(parts.map(({ n }) => n)).toEqual([1, 2, 3]);
    for (const at of [2, 0, 0, 1, 2]) {
      const part = parts[at];
      expect((await put(part?.url ?? "", partOf(bytes, part?.n ?? 0))).status).toBe(200);
    }
    await completeUpload(ann, { fileId, parts: [] });
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect((await served(fileId)).equals(bytes)).toBe(true);
  });

  test("cut at 99 %, it goes on with the missing part alone", async () => {
    const bytes = someBytes(2 * limits.partBytes);
    const { fileId, clientId, parts } = await begun(bytes);
    await put(parts[0]?.url ?? "", partOf(bytes, 1));
    const { request, ended } = await dribble(
      parts[1]?.url ?? "",
      limits.partBytes,
      partOf(bytes, 2).subarray(0, -80_000),
    );
    request.destroy();
    await ended;
    expect(await reasonFor(completeUpload(ann, { fileId, parts: [] }))).toBe("upload_incomplete");
    const again = await begin(ann, bytes, { clientId });
    expect(again.parts.map(({ n }) => n)).toEqual([2]);
    expect((await put(again.parts[0]?.url ?? "", partOf(bytes, 2))).status).toBe(200);
    await completeUpload(ann, { fileId, parts: [] });
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect((await served(fileId)).equals(bytes)).toBe(true);
  });

  test("other bytes than announced are refused, and may be sent again under the same id", async () => {
    const bytes = someBytes();
    const { fileId, clientId, url } = await begun(bytes);
    await put(url, someBytes());
    await completeUpload(ann, { fileId, parts: [] });
    expect(await outcomeOf(ann, fileId)).toBe("checksum_mismatch");
    expect(await reasonFor(fileAddress(ann, { fileId, variant: "original" }, media.base))).toBe("not_found");
    const again = await begin(ann, bytes, { clientId });
    expect(again).toMatchObject({ state: "uploading", parts: [{ n: 1 }] });
    await put(again.parts[0]?.url ?? "", bytes);
    await completeUpload(ann, { fileId, parts: [] });
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect((await served(fileId)).equals(bytes)).toBe(true);
  });

  test("two completes at once are one", async () => {
    const bytes = someBytes();
    const { fileId, url } = await begun(bytes);
    await put(url, bytes);
    const twice = await Promise.all([1, 2].map(() => completeUpload(ann, { fileId, parts: [] })));
    for (const { state } of twice) expect(["processing", "ready"]).toContain(state);
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect((await completeUpload(ann, { fileId, parts: [{ n: 1, etag: "x" }] })).state).toBe("ready");
  });

  test("two begins of one file at once are one", async () => {
    const bytes = someBytes();
    const clientId = randomUUID();
    const twice = await Promise.all([1, 2, 3].map(() => begin(ann, bytes, { clientId })));
    for (const { parts } of twice) expect(parts).toHaveLength(1);
    expect(new Set(twice.map(({ fileId }) => fileId)).size).toBe(1);
  });

  test("what was looked into cannot be changed, by a writer who came before or by one who comes after", async () => {
    const bytes = someBytes(100_000);
    const { fileId, url } = await begun(bytes);
    const early = await dribble(url, bytes.length, Buffer.alloc(50_000));
    await until(() => existsSync(placeOf(fileId)));
    expect((await put(url, bytes)).status).toBe(200);
    early.request.end(Buffer.alloc(50_000));
    expect(await early.ended).not.toBe(200);
    expect((await put(url, Buffer.alloc(100_000))).status).toBe(200);
    await completeUpload(ann, { fileId, parts: [] });
    expect((await put(url, Buffer.alloc(100_000))).status).toBe(410);
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect((await put(url, Buffer.alloc(100_000))).status).toBe(410);
    expect((await served(fileId)).equals(bytes)).toBe(true);
  });
});

test.runIf(existsSync("/dev/full"))("a full disk answers 507, and the part is still wanted", async () => {
  const bytes = someBytes();
  const { fileId, clientId, url } = await begun(bytes);
  await mkdir(path.dirname(placeOf(fileId)), { recursive: true });
  // A disk that is always full, where this upload would be written.
  await symlink("/dev/full", placeOf(fileId));
  expect((await put(url, bytes)).status).toBe(507);
  expect(await reasonFor(completeUpload(ann, { fileId, parts: [] }))).toBe("upload_incomplete");
  expect((await begin(ann, bytes, { clientId })).parts).toHaveLength(1);
  await rm(placeOf(fileId));
  expect((await put(url, bytes)).status).toBe(200);
});

test("a storage that is away answers 503, delays what is being looked into, and refuses nothing", async () => {
  const bytes = someBytes();
  const { fileId, url } = await begun(bytes);
  const [uploads, blobs] = ["uploads", "blobs"].map((name) => path.join(process.env.MEDIA_DIR ?? "", name));
  if (!uploads || !blobs) throw new Error("both have names");
  const away = async (place: string) => {
    await mkdir(place, { recursive: true });
    await rename(place, `${place}.away`);
    await writeFile(place, "no folder any more");
    return async () => {
      await rm(place);
      await rename(`${place}.away`, place);
    };
  };
  const uploadsBack = await away(uploads);
  expect((await put(url, bytes)).status).toBe(503);
  await uploadsBack();
  expect((await put(url, bytes)).status).toBe(200);
  const blobsBack = await away(blobs);
  await completeUpload(ann, { fileId, parts: [] });
  await until(async () => {
    const [row] = await sql()<{ tried: number }[]>`
      select attempts as tried from graphile_worker.jobs where key = ${`media:process ${fileId}`} and last_error is not null`;
    return (row?.tried ?? 0) > 0;
  });
  expect((await filesStatus(ann, [fileId])).files).toMatchObject([{ state: "processing" }]);
  await blobsBack();
  expect(await outcomeOf(ann, fileId)).toBe("ready");
  expect((await served(fileId)).equals(bytes)).toBe(true);
});
