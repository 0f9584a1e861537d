import { backoffMs, pause } from "#client/backoff.ts";
import { createListeners } from "#client/listeners.ts";
import { uploadFile } from "#client/media/upload-file.ts";
import { UploadPartError } from "#client/media/upload-part.ts";
import { deleteUpload, type StoredUpload, storedUploads, storeUpload } from "#client/media/upload-storage.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import type { Api } from "#client/trpc.ts";
import { fileIdOf } from "#contracts/file-id.ts";
import type { Purpose } from "#contracts/media.ts";
import type { Reason } from "#contracts/refusals.ts";

/** `sent` and `bytes` count bytes that left this device. */
export type Upload = {
  state: "waiting" | "uploading" | "processing" | "ready" | "failed";
  sent: number;
  bytes: number;
  reason: Reason | null;
};

export type Uploads = {
  /** Starts the upload and returns the file's id, which messages can reference at once. */
  add(file: Blob, name: string, purpose: Purpose): string;
  get(fileId: string): Upload | undefined;
  /** An object URL of the local file, shown until the server's version is ready. */
  localUrl(fileId: string): string | undefined;
  subscribe(listener: () => void): () => void;
  retry(fileId: string): void;
  cancel(fileId: string): void;
  resume(isWanted: (fileId: string) => boolean): Promise<void>;
};

/** Parallel uploads: more would only make each slower. */
const atOnce = 2;

type Job = StoredUpload & { upload: Upload; ended: AbortController; running: boolean };

/** The uploads of this tab, each with an object URL for the screen. */
function uploadState() {
  const { notify, subscribe } = createListeners();
  const jobs = new Map<string, Job>();
  const urls = new Map<string, string>();
  return {
    jobs,
    urls,
    notify,
    subscribe,
    change: (job: Job, to: Partial<Upload>) => {
      job.upload = { ...job.upload, ...to };
      notify();
    },
    register: (kept: StoredUpload) => {
      const upload: Upload = { state: "waiting", sent: 0, bytes: kept.file.size, reason: null };
      jobs.set(kept.fileId, { ...kept, upload, ended: new AbortController(), running: false });
      urls.set(kept.fileId, URL.createObjectURL(kept.file));
    },
    remove: (fileId: string) => {
      jobs.delete(fileId);
      URL.revokeObjectURL(urls.get(fileId) ?? "");
      urls.delete(fileId);
      notify();
    },
  };
}

/**
 * Uploads files in parts, resumes after a lost connection or a reload, and retries until it succeeds. Only a
 * refusal or `cancel` ends an upload.
 */
export function createUploads(api: Api, ownerId: string): Uploads {
  const { jobs, urls, notify, subscribe, change, register, remove } = uploadState();

  function pump(): void {
    const running = [...jobs.values()].filter((job) => job.running).length;
    const waiting = [...jobs.values()].filter((job) => !job.running && job.upload.state === "waiting");
    for (const job of waiting.slice(0, Math.max(0, atOnce - running))) {
      job.running = true;
      void run(job).finally(() => {
        job.running = false;
        pump();
      });
    }
  }

  async function run(job: Job): Promise<void> {
    const { signal } = job.ended;
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        await uploadFile(api, { ...job, signal }, (progress) => change(job, progress));
        change(job, { state: "ready", sent: job.file.size });
        return void deleteUpload(job.fileId);
      } catch (error) {
        if (signal.aborted) return;
        const { reason, params } = reasonOf(error);
        // Rate limited: the server says when to try again.
        if (reason === "rate_limited") await pause(Number(params.retryAfter ?? 1) * 1_000);
        else if (!(error instanceof UploadPartError) && !isRetryable(reason)) {
          return change(job, { state: "failed", reason });
        } else await pause(backoffMs(tries));
      }
    }
  }

  function cancel(fileId: string): void {
    const job = jobs.get(fileId);
    if (!job) return;
    job.ended.abort();
    remove(fileId);
    void deleteUpload(fileId);
    if (job.upload.state !== "ready") void api.media.cancel.mutate({ fileId }).catch(() => {}); // it expires by itself
  }

  return {
    add: (file, name, purpose) => {
      const clientId = crypto.randomUUID();
      const fileId = fileIdOf(ownerId, clientId);
      const kept: StoredUpload = { fileId, clientId, ownerId, file, name, purpose, at: Date.now() };
      register(kept);
      void storeUpload(kept);
      notify();
      pump();
      return kept.fileId;
    },
    get: (fileId) => jobs.get(fileId)?.upload,
    localUrl: (fileId) => urls.get(fileId),
    subscribe,
    retry: (fileId) => {
      const job = jobs.get(fileId);
      if (job?.upload.state !== "failed") return;
      change(job, { state: "waiting", reason: null });
      pump();
    },
    cancel,
    /** Restarts the uploads that a reload interrupted and that a message still needs (`isWanted`). */
    resume: async (isWanted) => {
      for (const kept of await storedUploads(ownerId)) {
        if (isWanted(kept.fileId) && !jobs.has(kept.fileId)) register(kept);
      }
      notify();
      pump();
    },
  };
}
