import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import { limits } from "#contracts/limits.ts";
import type { S3Settings } from "#server/env.ts";
import { dispositionOf } from "#server/media/serving.ts";
import { errorCodeOf, listedIn, readAnswer, uploadIdOf } from "#server/media/storage/s3-answers.ts";
import {
  type LocalFile,
  type Part,
  PartsMissing,
  type Storage,
  type StorageKind,
  WrongSize,
} from "#server/media/storage/storage.ts";

class S3Error extends Error {
  override name = "S3Error";
  readonly status: number;
  constructor(what: string, status: number, body: string) {
    super(`${what}: ${status} ${body.slice(0, 300)}`);
    this.status = status;
  }
}

/** Signed calls to one bucket. */
function createBucket({ endpoint, region, bucket, accessKey, secretKey }: S3Settings) {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    region,
    service: "s3",
    retries: 3,
  });
  const address = (key: string, parameters: Record<string, string> = {}) => {
    const query = new URLSearchParams(parameters).toString();
    return `${endpoint}/${bucket}/${key}${query ? `?${query}` : ""}`;
  };
  const ask = async (what: string, url: string, init: RequestInit = {}): Promise<Response> => {
    const response = await client.fetch(url, init);
    if (!response.ok) throw new S3Error(what, response.status, await readAnswer(response));
    return response;
  };
  return {
    fetch: (url: string, init: RequestInit) => client.fetch(url, init),
    address,
    ask,
    /** `bytes`: signed with it, so that a body of another length is refused. */
    presign: async (url: string, method: string, seconds: number, bytes?: number) => {
      const withExpiry = `${url}${url.includes("?") ? "&" : "?"}X-Amz-Expires=${seconds}`;
      const headers: Record<string, string> = bytes === undefined ? {} : { "content-length": String(bytes) };
      const signed = await client.sign(withExpiry, { method, headers, aws: { signQuery: true, allHeaders: true } });
      // A plus is a space to some storages and a plus to others.
      return signed.url.replaceAll("+", "%20");
    },
    drop: (key: string) => ask("delete", address(key), { method: "DELETE" }).then(() => {}),
  };
}

const uploadKey = (fileId: string) => `uploads/${fileId}`;
const blobKey = (blobId: string, variant: string) => `blobs/${blobId}/${variant}`;

/**
 * Any storage that speaks S3, addressed by path. Bytes go from the browser to it and back; only looking into them takes
 * them through the jobs process. Wants CORS for PUT from the pages, with ETag exposed (docs/media.md).
 */
export function createS3(settings: S3Settings): Storage {
  const { fetch, address, ask, presign, drop } = createBucket(settings);
  const { bucket } = settings;
  return {
    beginUpload: async (fileId) => {
      const response = await ask("begin", `${address(uploadKey(fileId))}?uploads=`, { method: "POST" });
      const id = uploadIdOf(await readAnswer(response));
      if (!id) throw new Error("the storage named no upload");
      return id;
    },
    partAddress: (_base, { fileId, state }, { n, bytes }) =>
      presign(
        address(uploadKey(fileId), { partNumber: String(n), uploadId: state }),
        "PUT",
        limits.uploadHours * 3_600,
        bytes,
      ),
    completeUpload: (upload, parts) => complete({ fetch, address }, upload, parts),
    dropUpload: async ({ fileId, state }) => {
      if (state !== "") await fetch(address(uploadKey(fileId), { uploadId: state }), { method: "DELETE" });
      await drop(uploadKey(fileId));
    },
    downloadUpload: async (fileId, bytes) => {
      const local = await temporaryFile();
      try {
        const { body, headers } = await ask("read", address(uploadKey(fileId)));
        if (Number(headers.get("content-length")) !== bytes) {
          await body?.cancel();
          throw new WrongSize(`${fileId} is not of ${bytes} bytes`);
        }
        if (!body) throw new Error("the storage answered without a body");
        await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(local.path)); // the same, by another name
        return local;
      } catch (error) {
        await local.dispose();
        throw error;
      }
    },
    promoteUpload: async (fileId, blobId, variant) => {
      const headers = { "x-amz-copy-source": `/${bucket}/${uploadKey(fileId)}` };
      const response = await ask("copy", address(blobKey(blobId, variant)), { method: "PUT", headers });
      // Errors of a copy may come with status 200.
      const answer = await readAnswer(response);
      if (errorCodeOf(answer) !== null) throw new S3Error("copy", response.status, answer);
    },
    putVariant: async (blobId, variant, bytes, type) => {
      const body = new Uint8Array(bytes);
      await ask("write", address(blobKey(blobId, variant)), { method: "PUT", body, headers: { "content-type": type } });
    },
    makeVariant: async (blobId, variant, make) => {
      const local = await temporaryFile();
      try {
        const made = await make(local.path);
        const size = await putFile({ presign, address }, blobKey(blobId, variant), local.path);
        return { made, bytes: size };
      } finally {
        await local.dispose();
      }
    },
    listOld: (kind, before) => listOld({ ask, address }, kind, before),
    dropBlob: async (blobId) => {
      for (const variant of ["original", "display", "thumb"]) await drop(blobKey(blobId, variant));
    },
    variantAddress: (_base, blobId, variant, serving, expires) => {
      const seconds = Math.max(1, Math.round((expires.getTime() - Date.now()) / 1_000));
      const said = {
        "response-content-type": serving.type,
        "response-content-disposition": dispositionOf(serving),
        "response-cache-control": `private, max-age=${seconds}`,
      };
      return presign(address(blobKey(blobId, variant), said), "GET", seconds);
    },
  };
}

async function temporaryFile(): Promise<LocalFile> {
  const directory = await mkdtemp(path.join(tmpdir(), "imchat-media-"));
  return { path: path.join(directory, "file"), dispose: () => rm(directory, { recursive: true, force: true }) };
}

/**
 * Streams a file of this machine into the bucket, without a copy in memory. Tried once: the job comes again. Answers
 * its bytes.
 */
async function putFile(
  { presign, address }: Pick<ReturnType<typeof createBucket>, "presign" | "address">,
  key: string,
  local: string,
): Promise<number> {
  const { size } = await stat(local);
  const body = Readable.toWeb(createReadStream(local, { highWaterMark: 1024 * 1024 })) as BodyInit; // the same, by another name
  // Node wants `duplex` for a stream; the types of the web do not know it yet.
  const init = { method: "PUT", body, headers: { "content-length": String(size) }, duplex: "half" };
  const response = await globalThis.fetch(await presign(address(key), "PUT", 3_600, size), init);
  if (!response.ok) throw new S3Error("write", response.status, await readAnswer(response));
  return size;
}

/** In pages of a thousand, in the order of their keys; each id once, however many objects lie under it. */
async function* listOld(
  { ask, address }: Pick<ReturnType<typeof createBucket>, "ask" | "address">,
  kind: StorageKind,
  before: Date,
): AsyncIterable<string> {
  let last = "";
  for (let token: string | undefined = ""; token !== undefined; ) {
    const page: Record<string, string> = { "list-type": "2", prefix: `${kind}/` };
    if (token) page["continuation-token"] = token;
    const { objects, next } = listedIn(await readAnswer(await ask("list", address("", page))));
    for (const { key, modifiedAt } of objects) {
      const id = key.split("/")[1];
      if (!id || id === last || !(modifiedAt < before)) continue;
      last = id;
      yield id;
    }
    token = next;
  }
}

const partsAreMissing = new Set(["InvalidPart", "InvalidPartOrder", "NoSuchUpload"]);

const completion = (parts: readonly Part[]) =>
  `<CompleteMultipartUpload>${[...parts]
    .sort((a, b) => a.n - b.n)
    .map(({ n, etag }) => `<Part><PartNumber>${n}</PartNumber><ETag>${etag.replace(/[<>&]/g, "")}</ETag></Part>`)
    .join("")}</CompleteMultipartUpload>`;

async function complete(
  { fetch, address }: Pick<ReturnType<typeof createBucket>, "fetch" | "address">,
  { fileId, state }: { fileId: string; state: string },
  parts: readonly Part[],
) {
  const url = address(uploadKey(fileId), { uploadId: state });
  const response = await fetch(url, { method: "POST", body: completion(parts) });
  const answer = await readAnswer(response);
  // Errors of this call too may come with status 200.
  const code = errorCodeOf(answer);
  if (response.ok && code === null) return;
  // Asked again after it was done: the object is there.
  if ((await fetch(address(uploadKey(fileId)), { method: "HEAD" })).ok) return;
  if (code !== null && partsAreMissing.has(code)) throw new PartsMissing(answer.slice(0, 300));
  throw new S3Error("complete", response.status, answer);
}
