import type { FileStatus } from "#contracts/media.ts";
import { isReason } from "#contracts/refusals.ts";
import { stateOf } from "#server/media/rules.ts";
import type { FileRow } from "#server/media/store.ts";

export function toStatus(file: FileRow): FileStatus {
  const { id, rejectionReason } = file;
  const reason = rejectionReason === null ? null : isReason(rejectionReason) ? rejectionReason : "internal_error";
  return { fileId: id, state: stateOf(file), reason };
}
