import * as z from "zod/mini";
import { webAddress } from "#contracts/messages/parts.ts";
import { id, positive } from "#contracts/text.ts";

/**
 * Work that takes time: who asks writes it into the database, the jobs process does it. Task → what it must be told.
 */
export const jobs = {
  /** Look into a file that was uploaded whole. `large`: it waits behind those that are not. */
  "media:process": z.object({ fileId: id, large: z.optional(z.boolean()) }),
  /** Take away what nothing points to. */
  "media:expire-orphans": z.object({}),
  /** Bring the packs that come with the product into storage. */
  "stickers:install-builtin": z.object({}),
  /** Take away what was uploaded of a file that is gone; `storageUploadId`: the storage's own name of the upload. */
  "media:abort-upload": z.object({ fileId: id, storageUploadId: z.string() }),
  /** Take away bytes that no row points to. */
  "media:gc-storage": z.object({}),
  /** Fetch what a page says of itself. */
  "links:preview": z.object({ url: webAddress }),
  /** Say in the conversation who opened a red packet. */
  "packets:announce-claim": z.object({ packetId: id, personId: id }),
  /** Tell the members of a conversation the results of a poll or sign-up. */
  "messages:publish-results": z.object({ conversationId: id, seq: positive }),
  /** Send a message that is due. */
  "messages:send-scheduled": z.object({ personId: id, clientId: id }),
  /** Refund the unclaimed rest to the sender. */
  "packets:refund": z.object({ packetId: id }),
} as const;

export type Task = keyof typeof jobs;
export type JobOf<T extends Task> = z.infer<(typeof jobs)[T]>;
