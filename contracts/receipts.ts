import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, positive, time } from "#contracts/text.ts";

/** What kind of device received something. A program is what signs in with a bearer token. */
const deviceClass = z.enum(["phone", "computer", "program"]);
export type DeviceClass = z.infer<typeof deviceClass>;

/**
 * Data of `client-delivered` on the inbox: how far this device has received conversations, as `seq` by conversation.
 * Idempotent; a client says it anew after it has connected. Without an answer.
 */
export const deliveredEvent = "client-delivered";
export const deliveredReport = z.object({
  device: deviceClass,
  delivered: z
    .record(id, positive)
    .check(z.refine((delivered) => Object.keys(delivered).length <= limits.deliveredAtOnce)),
});
export type DeliveredReport = z.infer<typeof deliveredReport>;

/** How far a member has received and read a conversation; what is left out has not changed. Neither goes back. */
const receiptChange = z.object({
  personId: id,
  deliveredSeq: z.optional(positive),
  readSeq: z.optional(positive),
});
/**
 * Data of `conversation.receipts` on the inbox, outside every numbering: a client that may have missed one asks with
 * `messages.receipts`.
 */
export const receiptsEvent = "conversation.receipts";
export const receipts = z.object({ conversationId: id, changes: z.array(receiptChange) });
export type Receipts = z.infer<typeof receipts>;
export type ReceiptChange = z.infer<typeof receiptChange>;

/** Of a member who shares it. They are a recipient of what was sent after `joinedAt`. What is read is delivered. */
const receiptMark = z.object({ personId: id, joinedAt: time, deliveredSeq: count, readSeq: count });
export type ReceiptMark = z.infer<typeof receiptMark>;
export const receiptsInput = z.object({ conversationId: id });
/** Empty where receipts are not shared: by me, by all others, or in a large conversation. */
export const receiptsOutput = z.object({ marks: z.array(receiptMark) });
export type ReceiptsOutput = z.infer<typeof receiptsOutput>;

/** Of a conversation with a last message of mine: how far all who share it have received and read it. */
const lastReceipt = z.object({ conversationId: id, deliveredSeq: count, readSeq: count });
export const lastReceiptsOutput = z.object({ receipts: z.array(lastReceipt) });
export type LastReceiptsOutput = z.infer<typeof lastReceiptsOutput>;

export const informationInput = z.object({ conversationId: id, seq: positive });
/** When something was received or read at the latest: marks are kept for a conversation, not for each message. */
const recipient = z.object({
  personId: id,
  state: z.enum(["sent", "delivered", "read"]),
  at: z.nullable(time),
});
export type Recipient = z.infer<typeof recipient>;
/** The passport of a message: where it is, and who has it. */
export const informationOutput = z.object({
  seq: positive,
  rev: positive,
  storedAt: time,
  editedAt: z.nullable(time),
  /** Earlier versions that are kept. */
  edits: count,
  /** Mine that have received it. */
  devices: z.array(z.object({ device: deviceClass, at: time })),
  /** Null unless the message is mine and receipts are shared here; those who do not share are counted in `hidden`. */
  recipients: z.nullable(z.array(recipient)),
  hidden: count,
});
export type Information = z.infer<typeof informationOutput>;
