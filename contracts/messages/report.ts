import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { id, optionalText, positive } from "#contracts/text.ts";

/** Why a message is reported. */
export const reportReasons = ["spam", "abuse", "violence", "sexual", "fraud", "other"] as const;

export const messageReportInput = z.object({
  conversationId: id,
  seq: positive,
  reason: z.enum(reportReasons),
  note: optionalText(limits.reportNote.max),
});
export type MessageReportInput = z.infer<typeof messageReportInput>;
export const messageReportOutput = z.object({ done: z.literal(true) });
