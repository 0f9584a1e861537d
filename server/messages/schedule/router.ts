import * as contract from "#contracts/messages/schedule.ts";
import { listScheduled } from "#server/messages/schedule/list.ts";
import { rescheduleMessage, scheduleMessage, unscheduleMessage } from "#server/messages/schedule/schedule.ts";
import { sendScheduledNow } from "#server/messages/schedule/send-scheduled.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Apart from the other procedures of messages, which the worker serves, too: it adds no jobs. */
export const scheduleRouter = router({
  /** Keeps a message and sends it later. */
  schedule: procedure
    .input(contract.scheduleInput)
    .output(contract.scheduleOutput)
    .mutation(({ ctx, input }) => scheduleMessage(ctx.me, input)),

  /** My messages that wait for their time, and those that could not be sent at it. */
  scheduled: procedure.output(contract.scheduledList).query(({ ctx }) => listScheduled(ctx.me)),

  /** Gives a scheduled message another time, or other content as well. */
  reschedule: procedure
    .input(contract.rescheduleInput)
    .output(contract.scheduleOutput)
    .mutation(({ ctx, input }) => rescheduleMessage(ctx.me, input)),

  /** Takes a scheduled message away. */
  unschedule: procedure
    .input(contract.scheduledRef)
    .output(contract.unscheduleOutput)
    .mutation(({ ctx, input }) => unscheduleMessage(ctx.me, input)),

  /** Sends a scheduled message at once. */
  sendScheduled: procedure
    .input(contract.scheduledRef)
    .output(contract.unscheduleOutput)
    .mutation(({ ctx, input }) => sendScheduledNow(ctx.me, input)),
});
