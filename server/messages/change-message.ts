import type { NoticeContent } from "#contracts/messages/kinds/index.ts";
import type { Message, ReactionChange } from "#contracts/messages/message.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { addNotice, beginChanges, commitChanges, recordMessageChange } from "#server/conversations/ledger.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { replaceMentions } from "#server/messages/mentions/store.ts";
import { readMessage, updateMessage } from "#server/messages/store.ts";
import { type MessageRow, toMessage } from "#server/messages/view.ts";
import { Refusal } from "#server/refusal.ts";

type Changed = Partial<Pick<MessageRow, "content" | "preview" | "reactions" | "editedAt" | "pinnedAt">> & {
  /** Who added or removed a reaction, for the event. */
  reactionChanges?: ReactionChange[];
  /** What the product says of it in the conversation. */
  notice?: Omit<NoticeContent, "kind">;
};

/** Decides what changes of a message; null: nothing. */
export type Decide = (tx: Tx, message: MessageRow, rev: number) => Promise<Changed | null>;
type MessageRef = { conversationId: string; seq: number };

/**
 * The one road for every change of a stored message: locks the conversation, checks that `me` may read the message,
 * asks `decide` what changes, and writes that with the next `rev` and one event. `decide` runs under the lock; it
 * returns null when there is nothing to change, so that repeating a change is harmless. Returns the message as it is
 * then. Refuses `not_found` for what I may not read, and what `decide` refuses.
 */
export const changeMessage = (me: Me, ref: MessageRef, decide: Decide): Promise<Message> =>
  transaction((tx) => changeMessageWithin(tx, me, ref, decide));

/** The same in the transaction of an operation that writes something else with it, and has locked people before. */
export async function changeMessageWithin(
  tx: Tx,
  me: Me,
  { conversationId, seq }: MessageRef,
  decide: Decide,
): Promise<Message> {
  const ledger = await beginChanges(tx, conversationId);
  const { visibleFromSeq } = await authorizeMember(tx, me, conversationId);
  const row = seq < visibleFromSeq ? null : await readMessage(tx, conversationId, seq);
  if (!row) throw new Refusal("not_found");
  const rev = ledger.conversation.rev + 1;
  const changed = await decide(tx, row, rev);
  if (!changed) return toMessage(row);
  const { reactionChanges, notice, ...columns } = changed;
  const next = { ...row, ...columns, rev };
  await updateMessage(tx, next);
  if (columns.content) await replaceMentions(tx, row, next);
  recordMessageChange(ledger, next, reactionChanges);
  if (notice) await addNotice(tx, ledger, me.personId, notice);
  await commitChanges(tx, ledger);
  return toMessage(next);
}
