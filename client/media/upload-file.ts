import { pause } from "#client/backoff.ts";
import { sha256Of } from "#client/media/checksum.ts";
import { uploadPart } from "#client/media/upload-part.ts";
import type { Api } from "#client/trpc.ts";
import type { Purpose } from "#contracts/media.ts";
import type { Reason } from "#contracts/refusals.ts";

/** One upload. `purpose` decides the accepted types and the maximum size. */
export type UploadRequest = {
  fileId: string;
  clientId: string;
  file: Blob;
  name: string;
  purpose: Purpose;
  signal: AbortSignal;
};

/** Progress of an attempt; `sent` in bytes. */
export type Progress = { state: "uploading" | "processing"; sent: number };

/** One attempt: asks which parts are missing, sends them, completes the upload and waits until the file is ready. */
export async function uploadFile(
  api: Api,
  bringing: UploadRequest,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const { fileId, clientId, file, name, purpose, signal } = bringing;
  const sha256 = await sha256Of(file, signal);
  const plan = await api.media.begin.mutate({ clientId, name, bytes: file.size, sha256, purpose });
  if (plan.state === "uploading") {
    const parts = await sendParts(bringing, plan, (sent) => onProgress({ state: "uploading", sent }));
    onProgress({ state: "processing", sent: file.size });
    await api.media.complete.mutate({ fileId, parts });
  }
  onProgress({ state: "processing", sent: file.size });
  await untilReady(api, fileId, signal);
}

type Plan = { partBytes: number; parts: { n: number; url: string }[] };

/** Parallel parts of one file, so that the line is busy while the server acknowledges one. */
const partsAtOnce = 2;

async function sendParts({ file, signal }: UploadRequest, { partBytes, parts }: Plan, onSent: (bytes: number) => void) {
  const partOf = (n: number) => file.slice((n - 1) * partBytes, Math.min(n * partBytes, file.size));
  const missing = parts.reduce((sum, { n }) => sum + partOf(n).size, 0);
  const sent = new Map<number, number>();
  const report = () => onSent(file.size - missing + [...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  report();
  const done: { n: number; etag: string }[] = [];
  const queue = [...parts];
  const sendNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { n, url } = next;
      const count = (bytes: number) => {
        sent.set(n, bytes);
        report();
      };
      done.push({ n, etag: await uploadPart(url, partOf(n), { onSent: count, signal }) });
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, sendNext));
  return done;
}

async function untilReady(api: Api, fileId: string, signal: AbortSignal): Promise<void> {
  for (let wait = 150; ; wait = Math.min(2_000, wait * 1.5)) {
    signal.throwIfAborted();
    const [status] = (await api.media.status.query({ fileIds: [fileId] })).files;
    // Cancelled on another device, or expired: it will never be ready.
    if (!status) throw new UploadRejected("file_not_found");
    if (status.state === "ready") return;
    if (status.state === "refused") throw new UploadRejected(status.reason ?? "internal_error");
    await pause(wait);
  }
}

/** The server rejected the file's content. Shaped like a tRPC error, so that `reasonOf` reads it. */
export class UploadRejected extends Error {
  readonly data: { reason: Reason; params: Record<string, never> };
  constructor(reason: Reason) {
    super(reason);
    this.data = { reason, params: {} };
  }
}
