/** Caches of a tab with one conversation in it, and events of it. */
import { QueryClient } from "@tanstack/react-query";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Person } from "#contracts/people.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { untouched } from "#tests/_settings.ts";

const at = "2026-01-01T00:00:00.000Z";
export const conversation: Conversation = {
  id: "room",
  kind: "community",
  peer: null,
  community: null,
  memberCount: 2,
  role: "member",
  roleIds: [],
  muted: null,
  rules: null,
  rev: 5,
  lastSeq: 2,
  visibleFromSeq: 1,
  lastReadSeq: 2,
  unreadNotices: [],
  unreadMentions: [],
  settings: untouched,
  lastMessage: null,
  lastMessageAt: at,
  closedAt: null,
};
export const timeline: Timeline = {
  rev: 5,
  lastSeq: 2,
  messages: [],
  ownReactions: {},
  hasOlder: true,
  hasNewer: false,
};
export const ben: Person = {
  id: "ben",
  number: 2,
  handle: "ben",
  displayName: "Ben",
  gender: "unset",
  bio: "",
  avatarSeed: 0,
  avatarId: null,
  version: 1,
};
export const member = {
  role: "member",
  roleIds: [] as string[],
  muted: null,
  visibleFromSeq: 1,
  joinedAt: at,
  leftAt: null,
  rev: 6,
} as const;
export const members = { rev: 5, members: [], people: [ben, { ...ben, id: "dan" }] };
export const message = (content: Message["content"]): Message => ({
  conversationId: "room",
  seq: 3,
  rev: 6,
  senderId: "ben",
  clientId: "c3",
  content,
  preview: "hello",
  sentAt: at,
  editedAt: null,
  reactions: [],
});

export function cacheWith(entries: (readonly [readonly unknown[], unknown])[]) {
  const queryClient = new QueryClient();
  for (const [key, data] of entries) queryClient.setQueryData(key, data);
  return { queryClient, keys: queryKeys, meId: "ann" };
}
/** The caches of one conversation at these revs, and the friends, which are none of its business. */
export const room = (revs: { conversation: number; timeline: number; members: number }) =>
  cacheWith([
    [queryKeys.inbox, { rev: 9, conversations: [{ ...conversation, rev: revs.conversation }] }],
    [queryKeys.timeline("room"), { ...timeline, rev: revs.timeline }],
    [queryKeys.members("room"), { ...members, rev: revs.members }],
    [queryKeys.friends, { rev: 9, friends: [], requests: [], blocked: [] }],
  ]);
export type Cache = ReturnType<typeof cacheWith>;
export const get = <T>({ queryClient }: Cache, key: readonly unknown[]) => queryClient.getQueryData<T>(key);
export const conversationsOf = (cache: Cache) =>
  get<{ conversations: Conversation[] }>(cache, queryKeys.inbox)?.conversations;
export const revsOf = (cache: Cache) => [
  conversationsOf(cache)?.[0]?.rev,
  get<Timeline>(cache, queryKeys.timeline("room"))?.rev,
  get<{ rev: number }>(cache, queryKeys.members("room"))?.rev,
];

export const head = { scope: "conversation", conversationId: "room", rev: 6 } as const;
export const sent: ConversationEvent = { type: "message.sent", ...head, message: message({ kind: "text" }) };
export const bare: ConversationEvent = { type: "conversation.rev_changed", ...head };
export const joined = (personId: string): ConversationEvent => ({
  type: "member.changed",
  ...head,
  member: { ...member, personId },
  memberCount: 3,
});
