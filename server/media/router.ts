import { done } from "#contracts/accounts.ts";
import * as contract from "#contracts/media.ts";
import { fileAddress, mediaBaseFor } from "#server/media/address.ts";
import { cancelUpload } from "#server/media/cancel-upload.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { filesStatus } from "#server/media/status.ts";
import { storageUsage } from "#server/media/usage.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const mediaRouter = router({
  /** Announces a file, or resumes it: which parts are missing, and where to PUT them. */
  begin: procedure
    .input(contract.beginInput)
    .output(contract.beginOutput)
    .mutation(({ ctx, input }) => createUpload(ctx.me, input, mediaBaseFor(ctx.headers))),

  /** All parts are sent; have them checked. */
  complete: procedure
    .input(contract.completeInput)
    .output(contract.fileStatus)
    .mutation(({ ctx, input }) => completeUpload(ctx.me, input)),

  /** How far files of mine are. */
  status: procedure
    .input(contract.statusInput)
    .output(contract.statusOutput)
    .query(({ ctx, input }) => filesStatus(ctx.me, input.fileIds)),

  /** Takes a file back that is in no message. */
  cancel: procedure
    .input(contract.fileInput)
    .output(done)
    .mutation(({ ctx, input }) => cancelUpload(ctx.me, input.fileId)),

  /** Where the bytes of a file are, for some minutes, for who may see it. */
  address: procedure
    .input(contract.addressInput)
    .output(contract.addressOutput)
    .query(({ ctx, input }) => fileAddress(ctx.me, input, mediaBaseFor(ctx.headers))),

  /** Bytes that my files take, and how many they may. */
  usage: procedure.output(contract.usageOutput).query(({ ctx }) => storageUsage(ctx.me)),
});
