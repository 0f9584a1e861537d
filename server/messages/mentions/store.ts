import { mentionedIn, mentionsEveryone } from "#contracts/messages/kinds/index.ts";
import type { MentionCursor } from "#contracts/messages/mentioned.ts";
import type { Tx } from "#server/db/sql.ts";
import { notHidden } from "#server/messages/marks/store.ts";
import { messageColumns } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";

/** The people whom a message mentions by name, without its sender. */
export const mentionedBy = (senderId: string, content: { kind: string }): string[] =>
  mentionedIn(content).filter((id) => id !== senderId);

type Said = Pick<MessageRow, "conversationId" | "seq" | "senderId" | "sentAt">;

/**
 * Writes that a message mentions all members but its sender, those that the conversation has now. The caller holds its
 * lock, and this is a statement of its own, so that it sees who joined before.
 */
export async function mentionEveryone(tx: Tx, { conversationId, seq, senderId, sentAt }: Said): Promise<void> {
  await tx`
    insert into mentions (person_id, conversation_id, seq, sent_at)
    select o.person_id, o.conversation_id, ${seq}, ${sentAt} from memberships o
    where o.conversation_id = ${conversationId} and o.left_at is null and o.person_id <> ${senderId}
    on conflict do nothing
  `;
}

/** Writes whom a message mentions after its content changed. */
export async function replaceMentions(tx: Tx, before: MessageRow, after: MessageRow): Promise<void> {
  const { conversationId, seq, senderId, content, sentAt } = after;
  const old = mentionedBy(senderId, before.content);
  const now = mentionedBy(senderId, content);
  const mentioned = mentionsEveryone(before.content)
    ? tx`any(array(select o.person_id from memberships o where o.conversation_id = ${conversationId}))`
    : tx`any(${old}::uuid[])`;
  if (old.length > 0 || mentionsEveryone(before.content)) {
    await tx`
      delete from mentions where person_id = ${mentioned} and conversation_id = ${conversationId} and seq = ${seq}
    `;
  }
  if (now.length > 0) {
    await tx`
      insert into mentions (person_id, conversation_id, seq, sent_at)
      select person_id, ${conversationId}, ${seq}, ${sentAt} from unnest(${now}::uuid[]) as n (person_id)
    `;
  }
  if (mentionsEveryone(content)) await mentionEveryone(tx, after);
}

type Nothing = { [Column in keyof MessageRow]: null };
/** Where a mention stands in the order, and the message when the person may read it now. */
type MentionRow = { atTime: Date; atConversation: string; atSeq: number } & (MessageRow | Nothing);

/**
 * The next `limit` mentions of a person, the last sent first. The message is left out when they deleted it, or left its
 * conversation: so many are read, and no more, however many are passed over.
 */
export async function readMentioned(tx: Tx, personId: string, after: MentionCursor | null, limit: number) {
  const from = after
    ? tx`and (sent_at, conversation_id, seq) < (${after.sentAt}, ${after.conversationId}, ${after.seq})`
    : tx``;
  // `offset 0`: each message is read by its key, whatever the planner expects.
  return tx<MentionRow[]>`
    select s.sent_at as at_time, s.conversation_id as at_conversation, s.seq as at_seq, m.*
    from (
      select conversation_id, seq, sent_at from mentions where person_id = ${personId} ${from}
      order by sent_at desc, conversation_id desc, seq desc limit ${limit}) as s
    left join lateral (
      select ${messageColumns(tx)} from messages m
      where m.conversation_id = s.conversation_id and m.seq = s.seq
        and exists (
          select from memberships o
          where o.conversation_id = s.conversation_id and o.person_id = ${personId} and o.left_at is null
            and o.visible_from_seq <= s.seq)
        and ${notHidden(tx, personId)}
      offset 0) as m on true
    order by s.sent_at desc, s.conversation_id desc, s.seq desc
  `;
}
