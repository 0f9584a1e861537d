import * as contract from "#contracts/messages/message.ts";
import { pageMessages } from "#server/messages/page.ts";
import { sendMessage } from "#server/messages/send.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const messagesRouter = router({
  /** Stores one message once: the same `clientId` again answers the first. */
  send: procedure
    .input(contract.messageSendInput)
    .output(contract.messageSendOutput)
    .mutation(({ ctx, input }) => sendMessage(ctx.me, input)),

  /** A page of history in seq order, with the head of the conversation from the same snapshot. */
  page: procedure
    .input(contract.messagePageInput)
    .output(contract.messagePage)
    .query(({ ctx, input }) => pageMessages(ctx.me, input)),
});
