import * as contract from "#contracts/messages/message.ts";
import { reactToMessage } from "#server/messages/changes/react.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { pageMessages } from "#server/messages/page.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { idempotentProcedure, router } from "#server/trpc/init.ts";

export const messagesRouter = router({
  /** Stores one message once: the same `clientId` again answers the first. */
  send: idempotentProcedure
    .input(contract.messageSendInput)
    .output(contract.messageSendOutput)
    .mutation(({ ctx, input }) => sendMessage(ctx.me, input)),

  /** A page of history in seq order, with the head of the conversation from the same snapshot. */
  page: idempotentProcedure
    .input(contract.messagePageInput)
    .output(contract.messagePage)
    .query(({ ctx, input }) => pageMessages(ctx.me, input)),

  /** 撤回: takes a message of mine back, within two minutes. A placeholder stays. */
  recall: idempotentProcedure
    .input(contract.messageRecallInput)
    .output(contract.messageChangeOutput)
    .mutation(({ ctx, input }) => recallMessage(ctx.me, input)),

  /** Adds or removes one of my reactions. */
  react: idempotentProcedure
    .input(contract.messageReactInput)
    .output(contract.messageChangeOutput)
    .mutation(({ ctx, input }) => reactToMessage(ctx.me, input)),
});
