import type { JobOf, Task } from "#contracts/jobs.ts";
import { abortUpload } from "#jobs/media/abort-upload.ts";
import { expireOrphans } from "#jobs/media/expire-orphans.ts";
import { collectGarbage } from "#jobs/media/gc-storage.ts";
import { processFile } from "#jobs/media/process.ts";
import { previewPage } from "#jobs/previews/preview.ts";
import { installBuiltinPacks } from "#jobs/stickers/builtin-packs.ts";
import { publishResults } from "#server/messages/answers/publish-results.ts";
import { sendDue } from "#server/messages/schedule/send-scheduled.ts";
import { announceClaim } from "#server/wallet/announce-claim.ts";
import { refundPacket } from "#server/wallet/refund.ts";

/**
 * What is done for each task. Each may run twice (a process dies after the work, before it is noted), so twice is once.
 */
export const tasks: { [T in Task]: (payload: JobOf<T>) => Promise<void> } = {
  "media:process": ({ fileId, large }) => processFile(fileId, large),
  "media:expire-orphans": () => expireOrphans(),
  "stickers:install-builtin": () => installBuiltinPacks(),
  "media:abort-upload": ({ fileId, storageUploadId }) => abortUpload(fileId, storageUploadId),
  "media:gc-storage": () => collectGarbage(),
  "links:preview": ({ url }) => previewPage(url),
  "packets:announce-claim": (opening) => announceClaim(opening),
  "messages:publish-results": (key) => publishResults(key),
  "messages:send-scheduled": (due) => sendDue(due),
  "packets:refund": ({ packetId }) => refundPacket(packetId),
};
