import type { QueryKey } from "@tanstack/react-query";
import type { MediaGroup } from "#contracts/messages/media.ts";

/** The query keys of everything that events update. Built once, from the tRPC proxy, in `realtime-provider.tsx`. */
export type QueryKeys = {
  me: QueryKey;
  inbox: QueryKey;
  friends: QueryKey;
  communities: QueryKey;
  members: (communityId: string) => QueryKey;
  packet: (packetId: string) => QueryKey;
  scheduled: QueryKey;
  drafts: QueryKey;
  folders: QueryKey;
  receipts: (conversationId: string) => QueryKey;
  lastReceipts: QueryKey;
  /** The passports of all messages that are open. */
  information: QueryKey;
  timeline: (conversationId: string) => QueryKey;
  /** Messages outside the loaded timeline that others answer: one, or all of a conversation. */
  quoted: (conversationId: string, seq?: number) => QueryKey;
  /** What I deleted for me and starred: in one conversation, or in all that are cached. */
  marks: (conversationId?: string) => QueryKey;
  pinned: (conversationId: string) => QueryKey;
  /** Pages of what a conversation has of a group, or of all; or of all conversations. */
  media: (conversationId?: string, of?: MediaGroup) => QueryKey;
  /** My starred messages, as pages. */
  starred: QueryKey;
  /** The messages that mention me, as pages. */
  mentioned: QueryKey;
};

export const timelineKey = (conversationId: string): QueryKey => ["timeline", conversationId];
export const quotedKey = (conversationId: string, seq?: number): QueryKey =>
  seq === undefined ? ["quoted", conversationId] : ["quoted", conversationId, seq];
export const marksKey = (conversationId?: string): QueryKey =>
  conversationId === undefined ? ["marks"] : ["marks", conversationId];
export const pinnedKey = (conversationId: string): QueryKey => ["pinned", conversationId];
export const mediaKey = (...of: [conversationId?: string, of?: MediaGroup]): QueryKey => ["conversationMedia", ...of];
export const starredKey: QueryKey = ["starred"];
export const mentionedKey: QueryKey = ["mentioned"];
