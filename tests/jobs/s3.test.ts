import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { collectGarbage } from "#jobs/media/gc-storage.ts";
import { sql } from "#server/db/sql.ts";
import { newPerson, reasonFor } from "#tests/_people.ts";
import { startS3 } from "#tests/_s3.ts";
import { recordings, secrets, secretWords } from "#tests/jobs/_recordings.ts";
import * as samples from "#tests/jobs/_samples.ts";

const credentials = {
  bucket: "letters",
  region: "eu-test-1",
  accessKey: "someone",
  secretKey: randomBytes(20).toString("base64"),
};
const s3 = await startS3(credentials);
Object.assign(process.env, {
  MEDIA_STORAGE: "s3",
  S3_ENDPOINT: s3.endpoint,
  S3_BUCKET: credentials.bucket,
  S3_REGION: credentials.region,
  S3_ACCESS_KEY: credentials.accessKey,
  S3_SECRET_KEY: credentials.secretKey,
});
// The environment is read once, at the first use.
const { outcomeOf, sha256, until, upload, uploaded, withMedia } = await import("#tests/jobs/_media.ts");
const { createUpload } = await import("#server/media/create-upload.ts");
const { completeUpload } = await import("#server/media/complete-upload.ts");
const { rememberReadings } = await import("#jobs/media/readings.ts");
const { mayStillRead } = await import("#server/media/reading.ts");
const { revokeOtherSessions } = await import("#server/accounts/sessions.ts");
const { cancelUpload } = await import("#server/media/cancel-upload.ts");
const { fileAddress } = await import("#server/media/address.ts");
const { createS3 } = await import("#server/media/storage/s3.ts");
const { PartsMissing } = await import("#server/media/storage/storage.ts");

const mediaClock = { ms: 0 };
const media = withMedia(rememberReadings(mayStillRead, { now: () => mediaClock.ms }));
afterAll(() => s3.close());

const partBytes = 8 * 1024 * 1024;
const announcement = (bytes: Buffer) => ({
  clientId: randomUUID(),
  name: "notes.bin",
  bytes: bytes.length,
  sha256: sha256(bytes),
  purpose: "file" as const,
});
const put = (url: string, bytes: Buffer, headers = {}) =>
  fetch(url, { method: "PUT", body: new Uint8Array(bytes), headers });
const keysUnder = (prefix: string) => [...s3.objects.keys()].filter((key) => key.startsWith(prefix));

describe("in a bucket", () => {
  test("a picture is sent, made anew and fetched; nothing is left of its upload", async () => {
    const ann = await newPerson("ann");
    const { fileId, outcome } = await uploaded(media.base, ann, await samples.jpeg());
    expect(outcome).toBe("ready");
    const types = { original: "image/jpeg", display: "image/webp", thumb: "image/webp" };
    for (const variant of ["original", "display", "thumb"] as const) {
      const { url } = await fileAddress(ann, { fileId, variant }, media.base);
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(types[variant]);
      expect(response.headers.get("content-disposition")).toBe("inline");
      expect(response.headers.get("cache-control")).toBe("private, max-age=30");
    }
    await until(() => keysUnder("uploads/").length === 0);
    expect([...s3.uploads]).toEqual([]);
  });

  test("a file of several parts comes out as it went in, as a download under its name, from the middle too", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(2 * partBytes + 5);
    const name = 'ré"sumé 一+二 (final).html';
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "file", name });
    expect(outcome).toBe("ready");
    const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
    const whole = await fetch(url);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get("content-type")).toBe("application/octet-stream");
    expect(whole.headers.get("content-disposition")).toBe(
      `attachment; filename="r__sum_ _+_ (final).html"; filename*=UTF-8''r%C3%A9%22sum%C3%A9%20%E4%B8%80%2B%E4%BA%8C%20%28final%29.html`,
    );
    const middle = await fetch(url, { headers: { range: "bytes=100-199" } });
    expect(middle.status).toBe(206);
    expect(Buffer.from(await middle.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  });

  test("a recording is copied without its tags, and the copy is what lies there", async () => {
    const ann = await newPerson("ann");
    const bytes = await recordings["film.mp4"].make(secrets);
    const { fileId, outcome } = await uploaded(media.base, ann, bytes, { purpose: "video" });
    expect(outcome).toBe("ready");
    const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
    const copy = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(secretWords.filter((word) => bytes.includes(word))).toEqual(secretWords);
    expect(secretWords.filter((word) => copy.includes(word))).toEqual([]);
    const [blob] = await sql()<{ bytes: string }[]>`
      select b.bytes from files f join media_blobs b on b.id = f.blob_id where f.id = ${fileId}`;
    expect(Number(blob?.bytes)).toBe(copy.length);
  });

  test("files on screen pass through the media server, which checks each request", async () => {
    const ann = await newPerson("ann");
    const { fileId } = await uploaded(media.base, ann, await recordings["film.mp4"].make(), { purpose: "video" });
    const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
    const whole = await fetch(url, { redirect: "error" });
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect([whole.status, new URL(url).origin]).toEqual([200, media.base]);
    const ask = async (headers: Record<string, string>, method = "GET") => {
      const response = await fetch(url, { redirect: "error", method, headers });
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, said: response.headers.get("content-range"), body };
    };
    const size = bytes.length;
    expect(await ask({ range: "bytes=10-19" })).toEqual({
      status: 206,
      said: `bytes 10-19/${size}`,
      body: bytes.subarray(10, 20),
    });
    expect(await ask({ range: `bytes=${size}-` })).toMatchObject({ status: 416, body: Buffer.alloc(0) });
    const etag = whole.headers.get("etag") ?? "";
    expect(await ask({ range: "bytes=10-19", "if-range": '"other"' })).toMatchObject({ status: 200, body: bytes });
    expect(await ask({ range: "bytes=10-19", "if-range": etag })).toMatchObject({ status: 206 });
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(size)]);
    s3.down = true;
    // What a browser has it need not fetch again; the rest is to be tried again.
    expect((await ask({ "if-none-match": etag })).status).toBe(304);
    expect((await ask({})).status).toBe(503);
    s3.down = false;
    await revokeOtherSessions({ ...ann, sessionId: randomUUID() });
    mediaClock.ms += 30_000;
    expect((await ask({ "if-none-match": etag })).status).toBe(403);
    expect((await ask({ range: "bytes=10-19" })).status).toBe(403);
  });

  test("a download is led to the bucket for half a minute, while its reader may read it", async () => {
    const ann = await newPerson("ann");
    const { fileId } = await uploaded(media.base, ann, randomBytes(50), { purpose: "file", name: "a.txt" });
    const { url } = await fileAddress(ann, { fileId, variant: "original" }, media.base);
    const led = await fetch(url, { redirect: "manual" });
    expect([led.status, led.headers.get("cache-control")]).toEqual([302, "private, no-store"]);
    const bucket = new URL(led.headers.get("location") ?? "");
    expect([bucket.origin, bucket.searchParams.get("X-Amz-Expires")]).toEqual([s3.endpoint, "30"]);
    await cancelUpload(ann, fileId);
    mediaClock.ms += 30_000;
    expect((await fetch(url, { redirect: "manual" })).status).toBe(403);
  });

  test("what everybody may see is led to the bucket without asking, for minutes", async () => {
    const ann = await newPerson("ann");
    const { fileId } = await uploaded(media.base, ann, await samples.png(50, 50), { purpose: "avatar" });
    const { url } = await fileAddress(ann, { fileId, variant: "thumb" }, media.base);
    expect([new URL(url).origin, new URL(url).searchParams.get("X-Amz-Expires")]).toEqual([s3.endpoint, "900"]);
  });

  test("browsers of any page may send parts and read their ETags", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(500);
    const { parts } = await createUpload(ann, announcement(bytes), media.base);
    const response = await put(parts[0]?.url ?? "", bytes, { origin: "https://chat.example" });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-expose-headers")).toContain("ETag");
    expect(response.headers.get("etag")).toMatch(/^"[0-9a-f]{32}"$/);
  });

  test("it is resumed, completed twice, and a part may be named twice", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(partBytes + 9);
    const said = announcement(bytes);
    const { fileId, ...begun } = await createUpload(ann, said, media.base);
    const etags: { n: number; etag: string }[] = [];
    for (const { n, url } of (await createUpload(ann, said, media.base)).parts) {
      const response = await put(url, bytes.subarray((n - 1) * partBytes, n * partBytes));
      etags.push({ n, etag: response.headers.get("etag") ?? "" });
    }
    expect(begun.parts).toHaveLength(2);
    expect(await reasonFor(completeUpload(ann, { fileId, parts: etags.slice(1) }))).toBe("upload_incomplete");
    const parts = [...etags, ...etags];
    await Promise.all([1, 2].map(() => completeUpload(ann, { fileId, parts })));
    expect(await outcomeOf(ann, fileId)).toBe("ready");
  });

  test("an invented ETag is refused, and the upload may start again", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(100);
    const said = announcement(bytes);
    const { fileId, parts } = await createUpload(ann, said, media.base);
    await put(parts[0]?.url ?? "", bytes);
    await completeUpload(ann, { fileId, parts: [{ n: 1, etag: '"</ETag><Part>"' }] });
    expect(await outcomeOf(ann, fileId)).toBe("upload_incomplete");
    await upload(media.base, ann, bytes, { ...said });
    expect(await outcomeOf(ann, fileId)).toBe("ready");
  });

  test("bytes that are not those announced are refused, and go", async () => {
    const ann = await newPerson("ann");
    const said = announcement(randomBytes(300));
    const { fileId, parts } = await createUpload(ann, said, media.base);
    const response = await put(parts[0]?.url ?? "", randomBytes(300));
    await completeUpload(ann, { fileId, parts: [{ n: 1, etag: response.headers.get("etag") ?? "" }] });
    expect(await outcomeOf(ann, fileId)).toBe("checksum_mismatch");
    await until(() => !s3.objects.has(`uploads/${fileId}`));
  });

  test("what is begun and not needed is not left under way", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(400);
    const before = s3.uploads.size;
    expect((await uploaded(media.base, ann, bytes, { purpose: "file" })).outcome).toBe("ready");
    expect((await uploaded(media.base, ann, bytes, { purpose: "file" })).outcome).toBe("ready");
    const said = announcement(randomBytes(10));
    const begin = () => createUpload(ann, said, media.base);
    const [{ fileId }] = await Promise.all([begin(), begin(), begin()]);
    expect(s3.uploads.size).toBe(before + 1);
    await cancelUpload(ann, fileId);
    await until(() => s3.uploads.size === before);
  });

  test("a storage that is away for a while delays a file, and refuses none", async () => {
    const ann = await newPerson("ann");
    const bytes = randomBytes(200);
    const said = announcement(bytes);
    const { fileId, parts } = await createUpload(ann, said, media.base);
    const response = await put(parts[0]?.url ?? "", bytes);
    s3.down = true;
    await completeUpload(ann, { fileId, parts: [{ n: 1, etag: response.headers.get("etag") ?? "" }] });
    await until(() => s3.refused.some((one) => one.includes(fileId) && one.includes("503")));
    s3.down = false;
    expect(await outcomeOf(ann, fileId)).toBe("ready");
  });

  test("an error that comes late, with status 200, is an error", async () => {
    const storage = createS3({ endpoint: s3.endpoint, ...credentials });
    const [fileId, bytes] = [randomUUID(), randomBytes(90)];
    const state = await storage.beginUpload(fileId);
    const etag = await put(await storage.partAddress("", { fileId, state }, { n: 1, offset: 0, bytes: 90 }), bytes);
    const complete = () => storage.completeUpload({ fileId, state }, [{ n: 1, etag: etag.headers.get("etag") ?? "" }]);
    const copy = () => storage.promoteUpload(fileId, randomUUID(), "original");
    // Spaces keep the connection open until the storage knows; a proxy's page and a cut answer are no success either.
    for (s3.late of [
      `  \n \n<?xml version="1.0"?><Error xmlns="x"><Code>InternalError</Code></Error>`,
      "<s3:Error xmlns:s3='x'><s3:Code>InternalError</s3:Code></s3:Error>",
      "<html><p>Bad gateway",
      "<CompleteMultipartUploadResult><ETag>",
      "",
    ]) {
      await expect(complete()).rejects.toThrow("complete: 200");
    }
    s3.late = null;
    await complete();
    s3.late = "<Error><Code>InternalError</Code></Error>";
    await expect(copy()).rejects.toThrow("copy: 200");
    s3.late = "";
    await expect(copy()).rejects.toThrow("copy: 200");
    s3.late = null;
    await copy();
    await storage.dropUpload({ fileId, state: "" });
  });

  test("collecting goes through all pages and takes what no row points to, once it is old", async () => {
    const ann = await newPerson("ann");
    const kept = await Promise.all(
      [41, 42, 43].map(async (width) => uploaded(media.base, ann, await samples.png(width, 40))),
    );
    const [strays, young] = [Array.from({ length: 5 }, () => randomUUID()), randomUUID()];
    const object = { bytes: Buffer.from("x"), type: "", at: new Date(0) };
    for (const id of strays) {
      s3.objects.set(`blobs/${id}/original`, object);
      s3.objects.set(`uploads/${id}`, object);
    }
    s3.objects.set(`blobs/${young}/original`, { ...object, at: new Date() });
    s3.objects.set("blobs/notes.txt", object);
    const blobs = await sql()<{ id: string }[]>`
      select blob_id as id from files where id = any(${kept.map(({ fileId }) => fileId)}::uuid[])`;
    for (const key of blobs.flatMap(({ id }) => keysUnder(`blobs/${id}`))) {
      s3.objects.set(key, { ...(s3.objects.get(key) ?? object), at: new Date(0) });
    }
    await collectGarbage();
    for (const id of strays) expect([...keysUnder(`blobs/${id}`), ...keysUnder(`uploads/${id}`)]).toEqual([]);
    for (const { id } of blobs) expect(keysUnder(`blobs/${id}`)).toHaveLength(3);
    expect(keysUnder(`blobs/${young}`)).toHaveLength(1);
    expect(s3.objects.has("blobs/notes.txt")).toBe(true);
  });
});

describe("the storage verifies signatures, so accepted requests are really signed", () => {
  const statusOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status;

  test("an address that was changed, has expired, or has another signer opens nothing", async () => {
    const ann = await newPerson("ann");
    const { fileId } = await uploaded(media.base, ann, randomBytes(64), { purpose: "file", name: "a.txt" });
    const ours = (await fileAddress(ann, { fileId, variant: "original" }, media.base)).url;
    const url = (await fetch(ours, { redirect: "manual" })).headers.get("location") ?? "";
    expect(await statusOf(url)).toBe(200);
    const other = new URL(url);
    for (const changed of [
      url.replace("application%2Foctet-stream", "text%2Fhtml"),
      url.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=604800"),
      url.replace(/X-Amz-Signature=..../, "X-Amz-Signature=0000"),
      url.replace(/blobs\/[^/]+/, `blobs/${randomUUID()}`),
      url.replace(/&?X-Amz-Signature=[^&]*/, ""),
      `${other.origin}${other.pathname}`,
    ]) {
      expect(await statusOf(changed)).toBe(403);
    }
    for (const method of ["DELETE", "PUT"]) expect(await statusOf(url, { method })).toBe(403);
    const settings = { type: "s3" as const, endpoint: s3.endpoint, ...credentials };
    const serving = { type: "text/plain", name: null };
    const addressOf = (storage: ReturnType<typeof createS3>, seconds: number) =>
      storage.variantAddress("", "x", "original", serving, new Date(Date.now() + seconds * 1_000));
    const stranger = createS3({ ...settings, secretKey: "guessed" });
    expect(await statusOf(await addressOf(stranger, 60))).toBe(403);
    await expect(stranger.putVariant("x", "original", Buffer.from("x"), "text/plain")).rejects.toThrow("403");
    const short = await addressOf(createS3(settings), 3);
    expect(await statusOf(short)).toBe(404);
    await until(async () => (await statusOf(short)) === 403);
    expect(s3.refused.some((one) => one.includes("RequestTimeTooSkewed"))).toBe(true);
  });

  test("a part of another length than announced is not taken", async () => {
    const ann = await newPerson("ann");
    const { parts } = await createUpload(ann, announcement(randomBytes(300)), media.base);
    for (const length of [299, 301, 30_000]) {
      expect((await put(parts[0]?.url ?? "", randomBytes(length))).status).toBe(403);
    }
    expect((await put(parts[0]?.url ?? "", randomBytes(300))).status).toBe(200);
  });

  test("parts that are not there are said to be missing", async () => {
    const storage = createS3({ endpoint: s3.endpoint, ...credentials });
    await expect(
      storage.completeUpload({ fileId: randomUUID(), state: randomUUID() }, [{ n: 1, etag: '"x"' }]),
    ).rejects.toThrow(PartsMissing);
  });
});
