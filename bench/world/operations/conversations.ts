/** Sending, reading, catching up, and changes of messages. */
import { randomUUID } from "node:crypto";
import { type Operations, type Place, range } from "#bench/world/operations/operation.ts";
import { revsBefore, sizesOf } from "#bench/world/sizes.ts";
import { everyoneId } from "#contracts/messages/kinds/text.ts";
import { mediaGroups } from "#contracts/messages/media.ts";
import { changesSince } from "#server/conversations/changes-since.ts";
import { listDrafts } from "#server/conversations/drafts/list.ts";
import { saveDraft } from "#server/conversations/drafts/save.ts";
import { createFolder, deleteFolder, orderFolders, renameFolder } from "#server/conversations/folders/change.ts";
import { fileConversation } from "#server/conversations/folders/file.ts";
import { listFolders } from "#server/conversations/folders/list.ts";
import { getConversation } from "#server/conversations/get.ts";
import { listHeads } from "#server/conversations/heads.ts";
import { listConversations } from "#server/conversations/list.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { openNotes } from "#server/conversations/notes.ts";
import { configureConversation } from "#server/conversations/settings/configure.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
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
import { listScheduled } from "#server/messages/schedule/list.ts";
import { rescheduleMessage, scheduleMessage, unscheduleMessage } from "#server/messages/schedule/schedule.ts";
import { sendDue, sendScheduledNow } from "#server/messages/schedule/send-scheduled.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { sendRates } from "#server/messages/send/send-result.ts";
import { readSent, sendPlainMessages } from "#server/messages/store.ts";

const say = (me: Me, conversationId: string, clientId: string = randomUUID()) =>
  sendMessage(me, { conversationId, clientId, content: { kind: "text", text: "a message" } });

/** On the express path; the second time each is known. */
async function sayPlain(sendings: readonly { me: Me; conversationId: string }[]): Promise<void> {
  const content = JSON.stringify({ kind: "text", text: "a message" });
  const messages = sendings.map((one) => ({ ...one, clientId: randomUUID(), content, preview: "a message" }));
  for (let time = 0; time < 2; time += 1) {
    await sendPlainMessages(sql(), { messages, forms: null, batch: '{"batch":"plans/1"}' }, sendRates());
  }
}

const direct = ({ id }: Place) => id("direct", 7);
const large = ({ id, world }: Place) => id("community", sizesOf(world).large);
/** The last message of the large community, without those that the operations themselves sent. */
const lastOfLarge = ({ world }: Place) => sizesOf(world).inLarge;

export const conversationOperations: Operations = {
  "send to a friend": (place) => say(place.me(7), direct(place)),
  "send to a community": (place) => say(place.me(7), place.id("community", 1)),
  "send to the large community": (place) => say(place.me(7), large(place)),
  "send many at once": ({ me, id }) => Promise.all(range(41, 40).map((n) => say(me(n), id("direct", n)))),
  "send a plain message": (place) => sayPlain([{ me: place.me(7), conversationId: direct(place) }]),
  "send many plain messages": ({ me, id }) =>
    sayPlain(range(41, 40).map((n) => ({ me: me(n), conversationId: id("direct", n) }))),
  "send the same again": async (place) => {
    const clientId = randomUUID();
    await say(place.me(7), direct(place), clientId);
    await say(place.me(7), direct(place), clientId);
    await readSent(sql(), direct(place), place.me(7).personId, clientId);
  },
  "send a file and recall it": async (place) => {
    const me = place.me(7);
    const content = { kind: "file" as const, file: { fileId: place.id("file", 7) }, caption: "" };
    const { message } = await sendMessage(me, { conversationId: direct(place), clientId: randomUUID(), content });
    await recallMessage(me, { conversationId: direct(place), seq: message.seq });
  },
  "read the receipts of a conversation": (place) => listReceipts(place.me(7), { conversationId: direct(place) }),
  "read the receipts of my last messages": (place) => listLastReceipts(place.me(7)),
  "read the passport of a message": async (place) => {
    const { message } = await say(place.me(7), direct(place));
    await getInformation(place.me(7), message);
  },
  "react in a large community": async (place) => {
    const reaction = { conversationId: large(place), seq: lastOfLarge(place), emoji: "🎉" };
    await reactToMessage(place.me(7), { ...reaction, reacted: true });
    await reactToMessage(place.me(7), { ...reaction, reacted: false });
  },
  "reply in the large community": async (place) => {
    const content = { kind: "text" as const, text: "indeed", replyTo: Math.floor(lastOfLarge(place) / 2) };
    await sendMessage(place.me(7), { conversationId: large(place), clientId: randomUUID(), content });
  },
  "edit a message and recall it": async (place) => {
    const { message } = await say(place.me(7), direct(place));
    const edited = { conversationId: direct(place), seq: message.seq };
    await editMessage(place.me(7), { ...edited, text: "other words", editedAt: null });
    await listEdits(place.me(7), edited);
    await recallMessage(place.me(7), edited);
  },
  "forward from the large community, each and merged": async (place) => {
    const last = lastOfLarge(place);
    const seqs = [last - 2, last - 1, last];
    for (const as of ["each", "merged"] as const) {
      const forwarded = { clientId: randomUUID(), conversationId: large(place), seqs, as, showSource: true };
      await forwardMessages(place.me(7), { ...forwarded, targets: [direct(place), large(place)] });
    }
  },
  "merge into a friend's, open it and recall it": async (place) => {
    const me = place.me(7);
    const { message } = await say(me, direct(place));
    const forwarded = { clientId: randomUUID(), conversationId: direct(place), seqs: [message.seq], showSource: true };
    await forwardMessages(me, { ...forwarded, as: "merged", targets: [direct(place)] });
    const record = { conversationId: direct(place), seq: message.seq + 1 };
    await readRecordItems(me, record);
    await recallMessage(me, record);
  },
  "report a message in the large community": async (place) => {
    const reported = { conversationId: large(place), seq: 1, reason: "spam", note: "" } as const;
    await reportMessage(place.me(7), reported);
  },
  "pin a message, list the pinned and unpin it": async (place) => {
    const pinned = { conversationId: direct(place), seq: 1 };
    await pinMessage(place.me(7), { ...pinned, pinned: true });
    await listPinned(place.me(7), pinned);
    await pinMessage(place.me(7), { ...pinned, pinned: false });
  },
  "list the pinned messages of a large community": (place) => listPinned(place.me(7), { conversationId: large(place) }),
  "page through the media of the large community": async (place) => {
    const middle = Math.floor(lastOfLarge(place) / 2);
    for (const of of mediaGroups) {
      await listMedia(place.me(7), { conversationId: large(place), of });
      await listMedia(place.me(7), { conversationId: large(place), of, around: middle });
      await listMedia(place.me(7), { conversationId: large(place), of, after: middle });
    }
  },
  "delete messages for me and bring them back": async (place) => {
    const last = lastOfLarge(place);
    const seqs = { conversationId: large(place), seqs: [last, last - 1] };
    await hideMessages(place.me(7), { ...seqs, hidden: true });
    await listMarks(place.me(7), seqs);
    await hideMessages(place.me(7), { ...seqs, hidden: false });
  },
  "star messages, page through the starred and remove the stars": async (place) => {
    const seqs = { conversationId: direct(place), seqs: [1, 2] };
    await starMessages(place.me(7), { ...seqs, starred: true });
    const { next } = await listStarred(place.me(7), { limit: 1 });
    await listStarred(place.me(7), { ...(next ? { after: next } : {}) });
    await starMessages(place.me(7), { ...seqs, starred: false });
  },
  "hear a voice": async (place) => {
    const me = place.me(7);
    const { message } = await say(me, direct(place));
    await sql()`update messages set kind = 'voice' where conversation_id = ${direct(place)} and seq = ${message.seq}`;
    await hearVoices(me, { conversationId: direct(place), seqs: [message.seq] });
  },
  "mention a friend and recall it": async (place) => {
    const mentions = [{ personId: place.id("person", 8), start: 0, length: 2 }];
    const content = { kind: "text" as const, text: "@8", mentions };
    const sending = { conversationId: direct(place), clientId: randomUUID(), content };
    const { message } = await sendMessage(place.me(7), sending);
    await recallMessage(place.me(7), { conversationId: direct(place), seq: message.seq });
  },
  "mention all of a community, recall it, and page through mentions": async (place) => {
    const [conversationId, owner] = [place.id("community", 5), place.me(81)];
    const mentions = [{ personId: everyoneId, start: 0, length: 4 }];
    const content = { kind: "text" as const, text: "@all", mentions };
    const { message } = await sendMessage(owner, { conversationId, clientId: randomUUID(), content });
    await recallMessage(owner, { conversationId, seq: message.seq });
    const { next } = await listMentioned(place.me(7), { limit: 1 });
    await listMentioned(place.me(7), { ...(next ? { after: next } : {}) });
  },
  "pin and unpin a conversation": async (place) => {
    for (const pinned of [true, false]) {
      await configureConversation(place.me(7), { conversationId: direct(place), pinned });
    }
  },
  "schedule a file, write it anew, send it and recall it": async (place) => {
    const me = place.me(7);
    const clientId = randomUUID();
    const file = { kind: "file" as const, file: { fileId: place.id("file", 7) }, caption: "" };
    const sendAt = new Date(Date.now() + 86_400_000).toISOString();
    await scheduleMessage(me, { conversationId: direct(place), clientId, content: file, sendAt });
    await rescheduleMessage(me, { clientId, sendAt, content: { ...file, caption: "a file" } });
    await listScheduled(me);
    // Not due yet.
    await sendDue({ personId: me.personId, clientId });
    await sendScheduledNow(me, { clientId });
    const sent = await readSent(sql(), direct(place), me.personId, clientId);
    await recallMessage(me, { conversationId: direct(place), seq: sent?.seq ?? 0 });
    await unscheduleMessage(me, { clientId });
  },
  "store a draft, list the drafts and take it away": async (place) => {
    const draft = { conversationId: direct(place), replyTo: null };
    for (const text of ["a draft", "a draft that goes on"]) await saveDraft(place.me(7), { ...draft, text });
    await listDrafts(place.me(7));
    await saveDraft(place.me(7), { ...draft, text: "" });
  },
  "make folders, file a conversation, order and delete them": async (place) => {
    const me = place.me(7);
    const [one, two] = [randomUUID(), randomUUID()];
    for (const folderId of [one, two]) await createFolder(me, { folderId, name: "a folder" });
    for (const inside of [true, false, true]) {
      await fileConversation(me, { folderId: one, conversationId: direct(place), inside });
    }
    await listFolders(me);
    await orderFolders(me, { folderIds: [two, one] });
    await renameFolder(me, { folderId: one, name: "another" });
    for (const folderId of [one, two]) await deleteFolder(me, { folderId });
  },
  "list my conversations": ({ me }) => listConversations(me(7)),
  "open my notes": ({ me }) => openNotes(me(7)),
  "get a conversation": (place) => getConversation(place.me(7), { conversationId: direct(place) }),
  "get the heads of my conversations": ({ me }) => listHeads(me(7)),
  "page to the newest": (place) => pageMessages(place.me(7), { conversationId: direct(place) }),
  "page in a long history": async (place) => {
    const conversationId = large(place);
    const middle = Math.floor(lastOfLarge(place) / 2);
    await pageMessages(place.me(7), { conversationId });
    await pageMessages(place.me(7), { conversationId, before: middle });
    await pageMessages(place.me(7), { conversationId, after: middle });
    await pageMessages(place.me(7), { conversationId, around: middle });
  },
  "page over messages with many reactions": (place) =>
    pageMessages(place.me(7), { conversationId: large(place), before: lastOfLarge(place) + 1 }),
  "catch up in a direct conversation": (place) =>
    changesSince(place.me(7), { conversationId: direct(place), rev: revsBefore }),
  "catch up in a large community": (place) =>
    changesSince(place.me(7), { conversationId: large(place), rev: revsBefore + lastOfLarge(place) - 20 }),
  "catch up from long ago": (place) => changesSince(place.me(7), { conversationId: large(place), rev: 0 }),
  "mark as read": async (place) => {
    const { message } = await say(place.me(8), direct(place));
    await markRead(place.me(7), { conversationId: direct(place), seq: message.seq });
  },
};
