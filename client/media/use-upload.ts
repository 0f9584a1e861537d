"use client";

import { useSyncExternalStore } from "react";
import { fileAddress } from "#client/media/file-address.ts";
import type { Upload, Uploads } from "#client/media/uploads.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import type { Variant } from "#contracts/media.ts";

export const useUploads = (): Uploads => useRealtime().uploads;

/** The upload of one of my files; undefined for every other file. */
export function useUpload(fileId: string): Upload | undefined {
  const uploads = useUploads();
  return useSyncExternalStore(
    uploads.subscribe,
    () => uploads.get(fileId),
    () => undefined,
  );
}

/** The address to show: the local file while this tab has it, so that nothing is fetched. */
export function useFileAddress(fileId: string, variant: Variant): string {
  const uploads = useUploads();
  const local = useSyncExternalStore(
    uploads.subscribe,
    () => uploads.localUrl(fileId),
    () => undefined,
  );
  return local ?? fileAddress(fileId, variant);
}
