import { mentionedIn } from "#contracts/messages/kinds/index.ts";
import type { Tx } from "#server/db/sql.ts";
import type { MessageRow } from "#server/messages/view.ts";

/** The people whom a message mentions, without its sender. */
export const mentionedBy = (senderId: string, content: { kind: string }): string[] =>
  mentionedIn(content).filter((id) => id !== senderId);

/** Writes whom a message mentions after its content changed. */
export async function replaceMentions(
  tx: Tx,
  before: MessageRow,
  { conversationId, seq, senderId, content }: MessageRow,
): Promise<void> {
  const old = mentionedBy(senderId, before.content);
  const now = mentionedBy(senderId, content);
  if (old.length > 0) {
    await tx`
      delete from mentions
      where person_id = any(${old}::uuid[]) and conversation_id = ${conversationId} and seq = ${seq}
    `;
  }
  if (now.length > 0) {
    await tx`
      insert into mentions (person_id, conversation_id, seq)
      select person_id, ${conversationId}, ${seq} from unnest(${now}::uuid[]) as n (person_id)
    `;
  }
}
