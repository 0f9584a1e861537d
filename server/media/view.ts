import type { FileStatus } from "#contracts/media.ts";
import { isReason } from "#contracts/refusals.ts";
import { stateOf } from "#server/media/rules.ts";
import type { FileRow } from "#server/media/store.ts";

export function toStatus(file: FileRow): FileStatus {
  const { id, refused } = file;
  const reason = refused === null ? null : isReason(refused) ? refused : "broken";
  return { fileId: id, state: stateOf(file), reason };
}
