import * as z from "zod/mini";
import { sendable } from "#contracts/messages/kinds/index.ts";
import { reasons } from "#contracts/refusals.ts";
import { count, id, positive, time } from "#contracts/text.ts";

/**
 * A message of mine that waits for its time. `clientId` is that of the message that it becomes. `content` is what was
 * given to send, open like that of a message. `failure`: why it was not sent when it was due; null while it waits.
 */
export const scheduledMessage = z.object({
  clientId: id,
  conversationId: id,
  content: z.looseObject({ kind: z.string() }),
  preview: z.string(),
  sendAt: time,
  failure: z.nullable(z.enum(reasons)),
});
export type ScheduledMessage = z.infer<typeof scheduledMessage>;

/** All of mine, the next one first. */
export const scheduledList = z.object({ rev: count, messages: z.array(scheduledMessage) });
export type ScheduledList = z.infer<typeof scheduledList>;

/** `clientId` is of the device's choice, and the same when it asks again. */
export const scheduleInput = z.object({ conversationId: id, clientId: id, content: sendable, sendAt: time });
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** A new time, and other content where there is one. */
export const rescheduleInput = z.object({ clientId: id, sendAt: time, content: z.optional(sendable) });
export type RescheduleInput = z.infer<typeof rescheduleInput>;

export const scheduledRef = z.object({ clientId: id });
export type ScheduledRef = z.infer<typeof scheduledRef>;

/** `rev`: that of my own data with this change. */
export const scheduleOutput = z.object({ rev: positive, message: scheduledMessage });
export type ScheduleOutput = z.infer<typeof scheduleOutput>;
export const unscheduleOutput = z.object({ rev: count });
export type UnscheduleOutput = z.infer<typeof unscheduleOutput>;
