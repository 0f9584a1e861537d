import type { Reason } from "#contracts/refusals.ts";

/** A file that will not do, for a reason that its owner is told. Trying again would change nothing. */
export class FileRejected extends Error {
  override name = "FileRejected";
  readonly reason: Reason;
  constructor(reason: Reason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}
