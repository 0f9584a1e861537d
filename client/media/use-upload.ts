"use client";

import { useSyncExternalStore } from "react";
import { fileAddress } from "#client/media/file-address.ts";
import type { Upload, Uploads } from "#client/media/uploads.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import type { Variant } from "#contracts/media.ts";

export const useUploads = (): Uploads => useRealtime().uploads;

/** How far a file of mine is; undefined for every other file. */
export function useUpload(fileId: string): Upload | undefined {
  const uploads = useUploads();
  return useSyncExternalStore(
    uploads.subscribe,
    () => uploads.get(fileId),
    () => undefined,
  );
}

/** What to show of a file: as long as this tab has it from its own disk, nothing is fetched. */
export function useFileAddress(fileId: string, variant: Variant): string {
  const uploads = useUploads();
  const local = useSyncExternalStore(
    uploads.subscribe,
    () => uploads.localUrl(fileId),
    () => undefined,
  );
  return local ?? fileAddress(fileId, variant);
}
