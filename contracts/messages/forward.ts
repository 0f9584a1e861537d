import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { reasons } from "#contracts/refusals.ts";
import { bodyText, id, positive, time } from "#contracts/text.ts";

const distinct = <Of>() => z.refine<Of[]>((all) => new Set(all).size === all.length, { error: "invalid_input" });

/**
 * Messages of one conversation, and where they go: each for itself in the order of their `seq`, or merged into one record.
 * `clientId` is of the device's choice, and the same when it asks again.
 */
export const messageForwardInput = z.object({
  clientId: id,
  conversationId: id,
  seqs: z.array(positive).check(z.minLength(1), z.maxLength(limits.forward.messages), distinct()),
  targets: z.array(id).check(z.minLength(1), z.maxLength(limits.forward.targets), distinct()),
  as: z.enum(["each", "merged"]),
  /** Whether the messages name their first sender. A record always does. */
  showSource: z.boolean(),
  /** A text of mine, sent after them. */
  note: z.optional(bodyText(limits.caption.max)),
});
export type MessageForwardInput = z.infer<typeof messageForwardInput>;

/** One per target, in their order. `duplicate`: it had them all before. `retryAfter` in seconds, when `rate_limited`. */
const forwarded = z.object({
  conversationId: id,
  outcome: z.enum(["stored", "duplicate", "refused"]),
  reason: z.nullable(z.enum(reasons)),
  retryAfter: z.nullable(z.number()),
});
export type Forwarded = z.infer<typeof forwarded>;
export const messageForwardOutput = z.object({ results: z.array(forwarded) });
export type MessageForwardOutput = z.infer<typeof messageForwardOutput>;

/** A message of a record; `items` are those of a record inside it. */
export type RecordItem = {
  name: string;
  sentAt: string;
  content: { kind: string; [key: string]: unknown };
  preview: string;
  items?: RecordItem[] | undefined;
};
const recordItem: z.ZodMiniType<RecordItem> = z.object({
  name: z.string(),
  sentAt: time,
  content: z.looseObject({ kind: z.string() }),
  preview: z.string(),
  items: z.optional(z.lazy(() => z.array(recordItem))),
});

export const messageRecordInput = z.object({ conversationId: id, seq: positive });
export const messageRecordOutput = z.object({ items: z.array(recordItem) });
export type MessageRecordOutput = z.infer<typeof messageRecordOutput>;
