import * as contract from "#contracts/conversations.ts";
import { changesSince } from "#server/conversations/changes-since.ts";
import { getConversation } from "#server/conversations/get.ts";
import { listConversations } from "#server/conversations/list.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { procedure, router } from "#server/trpc/init.ts";

export const conversationsRouter = router({
  /** All my conversations, newest activity first, and my own rev. */
  list: procedure.output(contract.conversationList).query(({ ctx }) => listConversations(ctx.me)),

  /** One conversation as I see it. */
  get: procedure
    .input(contract.conversationInput)
    .output(contract.conversation)
    .query(({ ctx, input }) => getConversation(ctx.me, input)),

  /** State, never events: the rows changed after `rev`, in rev order, with the head. */
  changesSince: procedure
    .input(contract.changesSinceInput)
    .output(contract.changesSinceOutput)
    .query(({ ctx, input }) => changesSince(ctx.me, input)),

  /** Moves my read mark forward; never back. */
  markRead: procedure
    .input(contract.markReadInput)
    .output(contract.markReadOutput)
    .mutation(({ ctx, input }) => markRead(ctx.me, input)),
});
