import type { Change } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import type { ReactionChange } from "#contracts/messages/message.ts";
import type { CommunityRules } from "#contracts/permissions.ts";
import { readRules } from "#server/communities/roles/store.ts";
import { type CommunityRow, type MemberRow, toCommunity, toMember } from "#server/communities/view.ts";
import { readCommunityRow } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import { readReactionChanges, readReactionsOf } from "#server/messages/changes/store.ts";
import { messageColumns } from "#server/messages/store.ts";
import { type MessageRow, toMessage } from "#server/messages/view.ts";

/** One changed row of a conversation, as it is now. */
export type ChangedRow = {
  rev: number;
  message?: MessageRow;
  /** Reactions to this message that were added or removed: those of the reader, or those after the asked `rev`. */
  reactions?: ReactionChange[];
  member?: MemberRow;
  memberCount?: number;
  metadata?: { community: CommunityRow | null; rules: CommunityRules | null; closedAt: Date | null };
};

export type ConversationHead = { rev: number; lastSeq: number };

/**
 * Every row of the conversation changed after `rev`, ordered, at most `limit`. Only index scans; the caller holds a snapshot, so the head agrees with the rows. `complete` is false when more follow. Reactions
 * are those after `rev`, by everyone; or all of one reader, who may have asked for an earlier page already: then a
 * reaction of theirs can be older than `rev` while the row of its message, which changed again, is not.
 */
export async function readChanges(
  tx: Tx,
  conversationId: string,
  rev: number,
  limit: number,
  readerId?: string,
): Promise<{ head: ConversationHead; rows: ChangedRow[]; complete: boolean }> {
  const [conversation] = await tx<
    (ConversationHead & { metadataRev: number; memberCount: number; closedAt: Date | null })[]
  >`
    select rev, last_seq, metadata_rev, member_count, closed_at from conversations where id = ${conversationId}
  `;
  if (!conversation) return { head: { rev: 0, lastSeq: 0 }, rows: [], complete: true };
  const head = { rev: conversation.rev, lastSeq: conversation.lastSeq };
  // Who is further behind than this opens the conversation afresh.
  if (head.rev <= rev || head.rev - rev > limits.changes.reset) return { head, rows: [], complete: true };
  // Each change takes one rev, so of the messages only the last `head.rev - rev` can have been sent after `rev`.
  const sentAfter = head.lastSeq - (head.rev - rev);
  const messages = await tx<MessageRow[]>`
    (select ${messageColumns(tx)} from messages m
     where m.conversation_id = ${conversationId} and m.seq > ${sentAfter} and m.rev > ${rev} and m.changed_at is null
     order by m.seq limit ${limit + 1})
    union all
    (select ${messageColumns(tx)} from messages m
     where m.conversation_id = ${conversationId} and m.rev > ${rev} and m.changed_at is not null
     order by m.rev limit ${limit + 1})
    order by rev limit ${limit + 1}
  `;
  const changed = messages.flatMap(({ seq, changedAt }) => (changedAt ? [seq] : []));
  const reactions =
    changed.length === 0
      ? []
      : readerId === undefined
        ? await readReactionChanges(tx, conversationId, rev)
        : await readReactionsOf(tx, conversationId, readerId, changed);
  const members = await tx<MemberRow[]>`
    select person_id, role, role_ids, muted, muted_until, visible_from_seq, joined_at, left_at, rev from memberships
    where conversation_id = ${conversationId} and rev > ${rev} order by rev limit ${limit + 1}
  `;
  const rows: ChangedRow[] = [
    ...messages.map((message) => ({
      rev: message.rev,
      message,
      reactions: reactions.flatMap(({ seq, ...change }) => (seq === message.seq ? [change] : [])),
    })),
    ...members.map((member) => ({ rev: member.rev, member, memberCount: conversation.memberCount })),
  ];
  if (conversation.metadataRev > rev) {
    const community = await readCommunityRow(tx, conversationId);
    const rules = community && (await readRules(tx, conversationId));
    rows.push({ rev: conversation.metadataRev, metadata: { community, rules, closedAt: conversation.closedAt } });
  }
  rows.sort((a, b) => a.rev - b.rev);
  return { head, rows: rows.slice(0, limit), complete: rows.length <= limit };
}

export function toChange(row: ChangedRow): Change {
  return {
    rev: row.rev,
    message: row.message && toMessage(row.message),
    reactions: row.reactions,
    member: row.member && toMember(row.member),
    memberCount: row.memberCount,
    metadata: row.metadata && {
      community: row.metadata.community && toCommunity(row.metadata.community),
      rules: row.metadata.rules,
      closedAt: row.metadata.closedAt?.toISOString() ?? null,
    },
  };
}
