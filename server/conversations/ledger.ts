import type { ConversationEnvelope } from "#contracts/bus.ts";
import type { Member } from "#contracts/communities.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import { type Content, previewOf } from "#contracts/messages/kinds/index.ts";
import type { ReactionChange } from "#contracts/messages/message.ts";
import { publish } from "#server/bus/publish.ts";
import { readRules } from "#server/communities/roles/store.ts";
import { type MemberRow, toCommunity, toMember } from "#server/communities/view.ts";
import { deleteDraft } from "#server/conversations/drafts/store.ts";
import { deleteFromFolders } from "#server/conversations/folders/store.ts";
import { updateMember, upsertMember } from "#server/conversations/members/store.ts";
import { deleteSettings } from "#server/conversations/settings/store.ts";
import {
  type LockedConversation,
  lockConversation,
  markSentAsRead,
  readCommunityRow,
  writeConversation,
} from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import { deleteReceipts } from "#server/messages/receipts/store.ts";
import { insertMessage } from "#server/messages/store.ts";
import { type MessageRow, toMessage } from "#server/messages/view.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The only way to change a conversation: its row is locked, each change takes the next `rev` and writes one event,
 * and committing writes the counters and publishes, all in the operation's transaction. An operation that opens a ledger must
 * close it, or its changes keep numbers that the conversation does not know.
 */
export type Ledger = {
  /** As it was when it was locked. */
  before: LockedConversation;
  conversation: LockedConversation;
  envelopes: ConversationEnvelope[];
  newMessage: boolean;
};

export async function beginChanges(tx: Tx, conversationId: string): Promise<Ledger> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation) throw new Refusal("not_found");
  return { before: { ...conversation }, conversation, envelopes: [], newMessage: false };
}

/** The sender has read what they sent: their mark moves with it, on every device, by the same event. */
export async function addMessage(
  tx: Tx,
  ledger: Ledger,
  message: { senderId: string; clientId: string; content: Content },
): Promise<MessageRow> {
  const { conversation } = ledger;
  conversation.lastSeq += 1;
  conversation.rev += 1;
  const row = await insertMessage(tx, {
    conversationId: conversation.id,
    seq: conversation.lastSeq,
    rev: conversation.rev,
    senderId: message.senderId,
    clientId: message.clientId,
    content: message.content,
    preview: previewOf(message.content),
  });
  await markSentAsRead(tx, conversation.id, message.senderId, row.seq);
  // What the product says moves nothing up in the list.
  if (message.content.kind !== "notice") ledger.newMessage = true;
  record(ledger, { type: "message.sent", rev: row.rev, message: toMessage(row) });
  return row;
}

/** What the product says; the same road as a message, so it has a `seq` and everyone sees it once. */
export async function addNotice(
  tx: Tx,
  ledger: Ledger,
  senderId: string,
  content: Omit<Extract<Content, { kind: "notice" }>, "kind">,
): Promise<MessageRow> {
  return addMessage(tx, ledger, { senderId, clientId: crypto.randomUUID(), content: { kind: "notice", ...content } });
}

/** `history`: may the newcomer read what was said before? */
export async function addMember(
  tx: Tx,
  ledger: Ledger,
  personId: string,
  role: Member["role"],
  history: boolean,
): Promise<void> {
  const { conversation } = ledger;
  conversation.rev += 1;
  conversation.memberCount += 1;
  const visibleFromSeq = history ? 1 : conversation.lastSeq + 1;
  const row = await upsertMember(tx, conversation.id, {
    personId,
    role,
    visibleFromSeq,
    lastReadSeq: conversation.lastSeq,
    rev: conversation.rev,
  });
  recordMember(ledger, row);
}

export async function removeMember(tx: Tx, ledger: Ledger, personId: string): Promise<void> {
  ledger.conversation.rev += 1;
  ledger.conversation.memberCount -= 1;
  const to = { role: "member" as const, roleIds: [], left: true };
  recordMember(ledger, await updateMember(tx, ledger.conversation.id, personId, ledger.conversation.rev, to));
  await deleteSettings(tx, personId, ledger.conversation.id);
  await deleteFromFolders(tx, personId, ledger.conversation.id);
  await deleteDraft(tx, { personId, conversationId: ledger.conversation.id });
  await deleteReceipts(tx, personId, ledger.conversation.id);
}

/** Changes what is given of a member who stays one. */
export async function changeMember(
  tx: Tx,
  ledger: Ledger,
  personId: string,
  to: Partial<Pick<Member, "role" | "roleIds" | "muted">>,
): Promise<void> {
  ledger.conversation.rev += 1;
  recordMember(ledger, await updateMember(tx, ledger.conversation.id, personId, ledger.conversation.rev, to));
}

/** Call after the community's row (or `closedAt`) was changed: the metadata travel as they are now. */
export async function changeMetadata(tx: Tx, ledger: Ledger): Promise<void> {
  const { conversation } = ledger;
  conversation.rev += 1;
  conversation.metadataRev = conversation.rev;
  const community = await readCommunityRow(tx, conversation.id);
  record(ledger, {
    type: "conversation.changed",
    rev: conversation.rev,
    metadata: {
      community: community && toCommunity(community),
      rules: community && (await readRules(tx, conversation.id)),
      closedAt: conversation.closedAt?.toISOString() ?? null,
    },
  });
}

/** The caller has written the row with the next rev. */
export function recordMessageChange(ledger: Ledger, row: MessageRow, reactions?: ReactionChange[]): void {
  ledger.conversation.rev = row.rev;
  record(ledger, { type: "message.changed", rev: row.rev, message: toMessage(row), reactions });
}

export async function commitChanges(tx: Tx, ledger: Ledger): Promise<void> {
  if (ledger.envelopes.length === 0) return;
  await writeConversation(tx, ledger.before, ledger.conversation, ledger.newMessage);
  await publish(tx, ledger.envelopes);
}

function recordMember(ledger: Ledger, row: MemberRow): void {
  const { memberCount } = ledger.conversation;
  record(ledger, { type: "member.changed", rev: row.rev, member: toMember(row), memberCount });
}

/** An event of the conversation that the ledger holds. */
type Recorded = ConversationEvent extends infer Each
  ? Each extends ConversationEvent
    ? Omit<Each, "scope" | "conversationId">
    : never
  : never;

function record({ conversation: { id }, envelopes }: Ledger, event: Recorded): void {
  const whole = { ...event, scope: "conversation", conversationId: id } as ConversationEvent; // Omit over the union, put back
  envelopes.push({ conversationId: id, rev: event.rev, event: whole });
}
