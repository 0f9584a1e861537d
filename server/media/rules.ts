import { limits } from "#contracts/limits.ts";
import type { Purpose } from "#contracts/media.ts";
import type { FileRow, MediaKind } from "#server/media/store.ts";

export const mediaKindOf = (purpose: Purpose): MediaKind =>
  purpose === "avatar" || purpose === "icon" || purpose === "sticker" ? "image" : purpose;

export const countParts = ({ bytes, partBytes }: Pick<FileRow, "bytes" | "partBytes">): number =>
  Math.max(1, Math.ceil(bytes / partBytes));

export function partOf({ bytes, partBytes }: Pick<FileRow, "bytes" | "partBytes">, n: number) {
  const offset = (n - 1) * partBytes;
  return { n, offset, bytes: Math.min(partBytes, bytes - offset) };
}

export const partBytesFor = (bytes: number): number =>
  // S3 takes at most 10,000 parts; ours stay well below.
  Math.max(limits.partBytes, Math.ceil(bytes / 5_000));

export const stateOf = ({
  rejectionReason,
  blobId,
  completedAt,
}: Pick<FileRow, "rejectionReason" | "blobId" | "completedAt">) =>
  rejectionReason !== null ? "refused" : blobId !== null ? "ready" : completedAt !== null ? "processing" : "uploading";
