import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { fileAddress } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { signedAddress } from "#server/media/signature.ts";
import { filesStatus } from "#server/media/status.ts";
import { storageUsage } from "#server/media/usage.ts";
import { callerOf, newPerson, reasonFor, type TestPerson } from "#tests/_people.ts";
import {
  announcement,
  dribble,
  outcomeOf,
  placeOf,
  put,
  sha256,
  someBytes,
  until,
  uploaded,
  withMedia,
} from "#tests/jobs/_media.ts";

const media = withMedia();
let ann: TestPerson;
let ben: TestPerson;
beforeAll(async () => {
  [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
});

const begin = (me: Me, bytes: Buffer, more = {}) => createUpload(me, announcement(bytes, more), media.base);

/** Announces and answers what is to be sent. */
async function begun(bytes: Buffer) {
  const clientId = randomUUID();
  const { fileId, parts } = await begin(ann, bytes, { clientId });
  return { fileId, clientId, parts, url: parts[0]?.url ?? "" };
}
describe("an address opens what it was made for, and nothing else", () => {
  test("forged, foreign, expired or for something else: 403, and nothing is written", async () => {
    const bytes = someBytes();
    const { fileId, url } = await begun(bytes);
    const other = await begun(someBytes());
    const expired = signedAddress(media.base, "PUT", `/parts/${fileId}/1`, { offset: "0", bytes: "1000" }, new Date());
    const read = signedAddress(media.base, "GET", `/parts/${fileId}/1`, {}, new Date(Date.now() + 60_000));
    const wrong = [
      url.replace(/sig=..../, "sig=AAAA"),
      url.replace(/&sig=.*/, ""),
      url.replace("offset=0", "offset=8"),
      url.replace("bytes=1000", "bytes=1001"),
      url.replace(/exp=\d+/, "exp=99999999999"),
      url.replace(fileId, other.fileId),
      url.replace("/1?", "/2?"),
      url.replace("/parts/", "/parts/..%2f"),
      `${url}&bytes=5`,
      expired,
      read,
    ];
    for (const one of wrong) expect((await put(one, bytes)).status).toBe(403);
    expect(existsSync(placeOf(fileId))).toBe(false);
    expect((await fetch(url)).status).toBe(404);
    expect((await put(url, bytes)).status).toBe(200);
  });

  test("one byte more or less than announced, or an unknown number", async () => {
    const { url } = await begun(someBytes());
    for (const length of [999, 1_001, 0]) expect((await put(url, someBytes(length))).status).toBe(413);
    const chunked = await fetch(url, {
      method: "PUT",
      body: new Blob([new Uint8Array(someBytes())]).stream(),
      duplex: "half",
    } as RequestInit); // `duplex` is not in these types yet
    expect(chunked.status).toBe(411);
    const liar = await dribble(url, 1_000, someBytes(100));
    liar.request.destroy();
    await liar.ended;
  });

  test("an address of what was cancelled is over, and leaves nothing on the disk", async () => {
    const { fileId, url } = await begun(someBytes());
    const slow = await dribble(url, 1_000, someBytes(500));
    await until(() => existsSync(placeOf(fileId)));
    await cancelUpload(ann, fileId);
    slow.request.end(someBytes(500));
    expect(await slow.ended).toBe(410);
    expect((await put(url, someBytes())).status).toBe(410);
    expect(existsSync(placeOf(fileId))).toBe(false);
  });

  test("cancelling takes away what had been sent", async () => {
    const { fileId, url } = await begun(someBytes());
    await put(url, someBytes());
    expect(existsSync(placeOf(fileId))).toBe(true);
    await cancelUpload(ann, fileId);
    await until(() => !existsSync(placeOf(fileId)));
    expect((await filesStatus(ann, [fileId])).files).toEqual([]);
  });
});

describe("a file belongs to the person who announced it", () => {
  test("its id opens nothing for anybody else", async () => {
    const bytes = someBytes();
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "file" });
    expect(outcome).toBe("ready");
    expect(await reasonFor(completeUpload(ben, { fileId, parts: [] }))).toBe("not_found");
    expect(await filesStatus(ben, [fileId])).toEqual({ files: [] });
    await cancelUpload(ben, fileId);
    expect(await outcomeOf(ann, fileId)).toBe("ready");
    expect(await reasonFor(fileAddress(ben, { fileId, variant: "original" }, media.base))).toBe("not_found");
    expect(await reasonFor(callerOf(null).media.status({ fileIds: [fileId] }))).not.toBe("no refusal");
  });

  /**
   * The id of a file says nothing to those who know it: announcing under another person's is announcing a file of one's
   * own.
   */
  test("an id of another person's upload is answered like an unused one", async () => {
    const bytes = someBytes();
    const { fileId, clientId } = await begun(bytes);
    const asked = [fileId, clientId, randomUUID()];
    const answers = await Promise.all(asked.map((id) => begin(ben, bytes, { clientId: id })));
    for (const answer of answers) expect(answer).toMatchObject({ state: "uploading", parts: [{ n: 1 }] });
    expect(new Set([fileId, ...answers.map((answer) => answer.fileId)]).size).toBe(4);
  });

  test("an id names one file: other metadata under it are refused", async () => {
    const bytes = someBytes();
    const { clientId } = await begun(bytes);
    for (const more of [{ purpose: "video" }, { sha256: sha256(someBytes()) }, { bytes: 999 }]) {
      expect(await reasonFor(begin(ann, bytes, { clientId, ...more }))).toBe("file_id_reused");
    }
  });

  test("a person's equal files are stored once; two people's equal files are stored twice", async () => {
    const bytes = someBytes();
    const blobOf = async (fileId: string) =>
      (await sql()<{ blobId: string }[]>`select blob_id from files where id = ${fileId}`)[0]?.blobId;
    const together = await Promise.all([1, 2, 3].map(() => uploaded(media.base, ann, bytes, { purpose: "file" })));
    for (const { outcome } of together) expect(outcome).toBe("ready");
    const later = await begin(ann, bytes);
    expect(later).toMatchObject({ state: "ready", parts: [] });
    const mine = await Promise.all([...together, later].map((file) => blobOf(file.fileId)));
    expect(new Set(mine).size).toBe(1);
    const { fileId } = await uploaded(media.base, ben, bytes, { purpose: "file" });
    expect(mine).not.toContain(await blobOf(fileId));
    const [blob = ""] = mine;
    expect(await readdir(path.join(process.env.MEDIA_DIR ?? "", "blobs", blob?.slice(-2) ?? "", blob ?? ""))).toEqual([
      "original",
    ]);
    for (const one of [...together, { fileId }]) await until(() => !existsSync(placeOf(one.fileId)));
  });
});

describe("what is not taken at all", () => {
  test.each([
    ["nothing", { bytes: 0 }, "file_empty"],
    ["a voice of more than a minute can be", { bytes: limits.fileBytes.voice + 1, purpose: "voice" }, "file_too_large"],
    ["a file larger than there are", { bytes: limits.fileBytes.file + 1 }, "file_too_large"],
  ] as const)("%s", async (_, more, reason) => {
    expect(await reasonFor(begin(ann, someBytes(), more))).toBe(reason);
  });

  test.each([
    ["a checksum that is none", { sha256: "g".repeat(64) }],
    ["an id that is none", { clientId: "../../etc/passwd" }],
    ["a purpose that is none", { purpose: "program" }],
    ["less than nothing", { bytes: -1 }],
    ["half a byte", { bytes: 1.5 }],
    ["a name with a null in it", { name: "a\0.txt" }],
    ["no name", { name: "  " }],
  ])("%s is not even asked about", async (_, more) => {
    const call = callerOf(ann).media.begin({ ...announcement(someBytes()), ...more } as never); // what types would not let pass
    await expect(call).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("more than one person may keep, also two at once, also under ids that were refused before", async () => {
    const eve = await newPerson("eve");
    const most = env().mediaQuotaBytes;
    const size = limits.fileBytes.file;
    const large = () => ({
      clientId: randomUUID(),
      name: "large",
      bytes: size,
      sha256: randomBytes(32).toString("hex"),
      purpose: "file" as const,
    });
    const refused = large();
    const { fileId } = await createUpload(eve, refused, media.base);
    await sql()`update files set rejection_reason = 'checksum_mismatch', completed_at = now() where id = ${fileId}`;
    const fits = Math.floor(most / size);
    const asked = Array.from({ length: fits + 3 }, () => reasonFor(createUpload(eve, large(), media.base)));
    const answers = await Promise.all(asked);
    expect(answers.filter((one) => one === "no refusal")).toHaveLength(fits);
    expect(answers.filter((one) => one === "quota_exceeded")).toHaveLength(3);
    expect(await reasonFor(createUpload(eve, refused, media.base))).toBe("quota_exceeded");
    expect(await storageUsage(eve)).toEqual({ used: fits * size, quota: most });
  });
});
