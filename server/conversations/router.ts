import * as contract from "#contracts/conversations.ts";
import * as drafts from "#contracts/drafts.ts";
import { changesSince } from "#server/conversations/changes-since.ts";
import { listDrafts } from "#server/conversations/drafts/list.ts";
import { saveDraft } from "#server/conversations/drafts/save.ts";
import { getConversation } from "#server/conversations/get.ts";
import { listHeads } from "#server/conversations/heads.ts";
import { listConversations } from "#server/conversations/list.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { configureConversation } from "#server/conversations/settings/configure.ts";
import { idempotentProcedure, router } from "#server/trpc/init.ts";

export const conversationsRouter = router({
  /** All my conversations, newest activity first, and my own rev. */
  list: idempotentProcedure.output(contract.conversationList).query(({ ctx }) => listConversations(ctx.me)),

  /** One conversation as I see it. */
  get: idempotentProcedure
    .input(contract.conversationInput)
    .output(contract.conversation)
    .query(({ ctx, input }) => getConversation(ctx.me, input)),

  /** State, never events: the rows changed after `rev`, in rev order, with the head. */
  changesSince: idempotentProcedure
    .input(contract.changesSinceInput)
    .output(contract.changesSinceOutput)
    .query(({ ctx, input }) => changesSince(ctx.me, input)),

  /** The revs of all my conversations and my own rev: where am I behind? */
  heads: idempotentProcedure.output(contract.headList).query(({ ctx }) => listHeads(ctx.me)),

  /** Moves my read mark forward; never back. */
  markRead: idempotentProcedure
    .input(contract.markReadInput)
    .output(contract.markReadOutput)
    .mutation(({ ctx, input }) => markRead(ctx.me, input)),

  /** How I have a conversation in my list: pinned, muted, archived, hidden, marked unread; on all my devices. */
  configure: idempotentProcedure
    .input(contract.configureInput)
    .output(contract.configureOutput)
    .mutation(({ ctx, input }) => configureConversation(ctx.me, input)),

  /** What I have written and not sent yet, in all my conversations. */
  drafts: idempotentProcedure.output(drafts.draftList).query(({ ctx }) => listDrafts(ctx.me)),

  /** Stores what I have written in a conversation and not sent yet, for all my devices. */
  saveDraft: idempotentProcedure
    .input(drafts.draftSaveInput)
    .output(drafts.draftSaveOutput)
    .mutation(({ ctx, input }) => saveDraft(ctx.me, input)),
});
