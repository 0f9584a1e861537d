import { conversationInput } from "#contracts/conversations.ts";
import * as forwarding from "#contracts/messages/forward.ts";
import * as marks from "#contracts/messages/marks.ts";
import * as media from "#contracts/messages/media.ts";
import { mentionedInput, mentionedPage } from "#contracts/messages/mentioned.ts";
import * as contract from "#contracts/messages/message.ts";
import * as reporting from "#contracts/messages/report.ts";
import * as receipts from "#contracts/receipts.ts";
import { editMessage } from "#server/messages/changes/edit.ts";
import { pinMessage } from "#server/messages/changes/pin.ts";
import { reactToMessage } from "#server/messages/changes/react.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { listEdits } from "#server/messages/edits.ts";
import { forwardMessages } from "#server/messages/forward/forward.ts";
import { readRecordItems } from "#server/messages/forward/record.ts";
import { hearVoices } from "#server/messages/marks/hear.ts";
import { hideMessages } from "#server/messages/marks/hide.ts";
import { listMarks, listStarred } from "#server/messages/marks/list.ts";
import { starMessages } from "#server/messages/marks/star.ts";
import { listMedia } from "#server/messages/media/list.ts";
import { listMentioned } from "#server/messages/mentions/list.ts";
import { pageMessages } from "#server/messages/page.ts";
import { listPinned } from "#server/messages/pins/list.ts";
import { getInformation } from "#server/messages/receipts/information.ts";
import { listLastReceipts, listReceipts } from "#server/messages/receipts/receipts.ts";
import { reportMessage } from "#server/messages/reports/report.ts";
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

  /** Writes the text or the caption of a message of mine anew, within a day. */
  edit: idempotentProcedure
    .input(contract.messageEditInput)
    .output(contract.messageChangeOutput)
    .mutation(({ ctx, input }) => editMessage(ctx.me, input)),

  /** What a message said before it was edited. */
  edits: idempotentProcedure
    .input(contract.messageEditsInput)
    .output(contract.messageEditsOutput)
    .query(({ ctx, input }) => listEdits(ctx.me, input)),

  /** Adds or removes one of my reactions. */
  react: idempotentProcedure
    .input(contract.messageReactInput)
    .output(contract.messageChangeOutput)
    .mutation(({ ctx, input }) => reactToMessage(ctx.me, input)),

  /** How far each other member has received and read a conversation, where it is shared. */
  receipts: idempotentProcedure
    .input(receipts.receiptsInput)
    .output(receipts.receiptsOutput)
    .query(({ ctx, input }) => listReceipts(ctx.me, input)),

  /** The same for my latest conversations with a last message of mine, for all recipients together. */
  lastReceipts: idempotentProcedure.output(receipts.lastReceiptsOutput).query(({ ctx }) => listLastReceipts(ctx.me)),

  /** The passport of a message: when it was stored, its edits, which devices have it and who has read it. */
  information: idempotentProcedure
    .input(receipts.informationInput)
    .output(receipts.informationOutput)
    .query(({ ctx, input }) => getInformation(ctx.me, input)),

  /** Sends messages that I may read to other conversations, each for itself or merged into one record. */
  forward: idempotentProcedure
    .input(forwarding.messageForwardInput)
    .output(forwarding.messageForwardOutput)
    .mutation(({ ctx, input }) => forwardMessages(ctx.me, input)),

  /** The messages inside a record. */
  record: idempotentProcedure
    .input(forwarding.messageRecordInput)
    .output(forwarding.messageRecordOutput)
    .query(({ ctx, input }) => readRecordItems(ctx.me, input)),

  /** Reports a message of another person to those who moderate. */
  report: idempotentProcedure
    .input(reporting.messageReportInput)
    .output(reporting.messageReportOutput)
    .mutation(({ ctx, input }) => reportMessage(ctx.me, input)),

  /** Pins a message in its conversation, or unpins it. */
  pin: idempotentProcedure
    .input(contract.messagePinInput)
    .output(contract.messageChangeOutput)
    .mutation(({ ctx, input }) => pinMessage(ctx.me, input)),

  /** The pinned messages of a conversation, the last pinned first. */
  pinned: idempotentProcedure
    .input(conversationInput)
    .output(contract.pinnedMessages)
    .query(({ ctx, input }) => listPinned(ctx.me, input)),

  /** A page of the pictures and films, files, links or voices of a conversation. */
  media: idempotentProcedure
    .input(media.mediaInput)
    .output(media.mediaPage)
    .query(({ ctx, input }) => listMedia(ctx.me, input)),

  /** Deletes messages for me alone, on all my devices, or brings them back. */
  hide: idempotentProcedure
    .input(marks.messageHideInput)
    .output(marks.messageHideOutput)
    .mutation(({ ctx, input }) => hideMessages(ctx.me, input)),

  /** Stars messages for me alone, on all my devices, or removes the stars. */
  star: idempotentProcedure
    .input(marks.messageStarInput)
    .output(marks.messageStarOutput)
    .mutation(({ ctx, input }) => starMessages(ctx.me, input)),

  /** Says that I have played voice messages, to all my devices. */
  hear: idempotentProcedure
    .input(marks.messageHearInput)
    .output(marks.messageHearOutput)
    .mutation(({ ctx, input }) => hearVoices(ctx.me, input)),

  /** What I deleted for me, starred and heard in a conversation. */
  marks: idempotentProcedure
    .input(conversationInput)
    .output(marks.messageMarks)
    .query(({ ctx, input }) => listMarks(ctx.me, input)),

  /** My starred messages of all conversations, the last starred first. */
  starred: idempotentProcedure
    .input(marks.starredInput)
    .output(marks.starredPage)
    .query(({ ctx, input }) => listStarred(ctx.me, input)),

  /** The messages that mention me, of all conversations, the last sent first. */
  mentioned: idempotentProcedure
    .input(mentionedInput)
    .output(mentionedPage)
    .query(({ ctx, input }) => listMentioned(ctx.me, input)),
});
