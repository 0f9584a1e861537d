import { limits } from "#contracts/limits.ts";
import { allows, previewOf } from "#contracts/messages/kinds/index.ts";
import type { MessageChangeOutput, MessageRecallInput } from "#contracts/messages/message.ts";
import { recordAction } from "#server/communities/moderation/store.ts";
import { readRights } from "#server/communities/roles/store.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { deleteAnswers } from "#server/messages/answers/store.ts";
import { changeMessage } from "#server/messages/change-message.ts";
import { deleteEdits, deleteReactions } from "#server/messages/changes/store.ts";
import { deleteRecord } from "#server/messages/forward/store.ts";
import { detachFiles } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * 撤回: the sender takes a message back within `limits.recallSeconds`; in a community a member with delete_messages removes one
 * of a member below them, or of a person who left, at any time. A placeholder stays in its place; content, files, the messages
 * of a record, earlier versions, answers and reactions are removed, and it is no longer pinned. Recalling again is
 * harmless. Refuses `not_found`, `forbidden` for a message of another person or of a kind that cannot be recalled, and
 * `recall_expired`.
 */
export async function recallMessage(me: Me, { conversationId, seq }: MessageRecallInput): Promise<MessageChangeOutput> {
  const message = await changeMessage(me, { conversationId, seq }, async (tx, row) => {
    const own = row.senderId === me.personId;
    if (!own) await authorizeRemoval(tx, me, conversationId, row.senderId);
    if (row.kind === "recalled") return null;
    if (!allows(row.kind, "recall")) throw new Refusal("forbidden");
    if (own && Date.now() - row.sentAt.getTime() > limits.recallSeconds * 1_000) throw new Refusal("recall_expired");
    await detachFiles(tx, conversationId, seq);
    await deleteReactions(tx, conversationId, seq);
    await deleteEdits(tx, conversationId, seq);
    await deleteRecord(tx, conversationId, seq);
    if (row.kind === "poll" || row.kind === "signup") await deleteAnswers(tx, { conversationId, seq });
    if (!own) await recordAction(tx, me, conversationId, { action: "message_removed", personId: row.senderId, seq });
    const content = { kind: "recalled" as const, ...(own ? {} : { byAdmin: true as const }) };
    return { content, preview: previewOf(content), reactions: null, editedAt: null, pinnedAt: null };
  });
  return { message };
}

async function authorizeRemoval(tx: Tx, me: Me, communityId: string, senderId: string): Promise<void> {
  const mine = await readRights(tx, communityId, me.personId);
  if (!mine?.permissions.includes("delete_messages")) throw new Refusal("forbidden");
  const theirs = await readRights(tx, communityId, senderId);
  if (theirs && theirs.rank <= mine.rank) throw new Refusal("forbidden");
}
