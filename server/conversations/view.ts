import { type Conversation, conversationKind, type MessageHead } from "#contracts/conversations.ts";
import { notice } from "#contracts/messages/kinds/notice.ts";
import type { CommunityRules } from "#contracts/permissions.ts";
import { type CommunityRow, toCommunity, toMuted, toRole } from "#server/communities/view.ts";
import { type SettingsRow, toSettings } from "#server/conversations/settings/view.ts";
import { type PersonRow, toPerson } from "#server/people/view.ts";

/** One row of the inbox query: the conversation, my membership, and JSON for what stands beside it. */
export type ConversationRow = SettingsRow & {
  id: string;
  kind: string;
  memberCount: number;
  rev: number;
  lastSeq: number;
  lastMessageAt: Date;
  closedAt: Date | null;
  role: string;
  roleIds: string[];
  wordTaken: boolean;
  wordTakenUntil: Date | null;
  rules: CommunityRules | null;
  visibleFromSeq: number;
  lastReadSeq: number;
  unreadNotices: number[];
  unreadMentions: number[];
  peer: PersonRow | null;
  community: CommunityRow | null;
  lastMessage: { seq: number; senderId: string; preview: string; content: { kind: string }; sentAt: string } | null;
};

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    kind: conversationKind.parse(row.kind),
    peer: row.peer && toPerson(row.peer),
    community: row.community && toCommunity(row.community),
    memberCount: row.memberCount,
    role: toRole(row.role),
    roleIds: row.roleIds,
    muted: toMuted({ muted: row.wordTaken, mutedUntil: row.wordTakenUntil }),
    rules: row.rules,
    rev: row.rev,
    lastSeq: row.lastSeq,
    visibleFromSeq: row.visibleFromSeq,
    lastReadSeq: row.lastReadSeq,
    unreadNotices: row.unreadNotices,
    unreadMentions: row.unreadMentions,
    settings: toSettings(row),
    lastMessage: row.lastMessage && toMessageHead({ ...row.lastMessage, sentAt: new Date(row.lastMessage.sentAt) }),
    lastMessageAt: row.lastMessageAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

function toMessageHead(row: {
  seq: number;
  senderId: string;
  preview: string;
  content: { kind: string };
  sentAt: Date;
}): MessageHead {
  const said = notice.schema.safeParse(row.content);
  return {
    seq: row.seq,
    senderId: row.senderId,
    kind: row.content.kind,
    preview: row.preview,
    notice: said.success ? said.data : null,
    sentAt: row.sentAt.toISOString(),
  };
}
