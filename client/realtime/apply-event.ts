import type { QueryClient } from "@tanstack/react-query";
import { reduceCommunities, reduceMembers } from "#client/communities/reduce-communities.ts";
import { reduceDrafts } from "#client/conversations/reduce-drafts.ts";
import { reduceFolders } from "#client/conversations/reduce-folders.ts";

import { reduceConversation, reduceInbox, replaceConversation } from "#client/conversations/reduce-inbox.ts";
import { reduceContacts } from "#client/friends/reduce-contacts.ts";
import { reduceMarks } from "#client/messages/reduce-marks.ts";
import { reducePinned } from "#client/messages/reduce-pinned.ts";
import { reduceScheduled } from "#client/messages/reduce-scheduled.ts";
import { reduceTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { applyToMedia, askAnew } from "#client/realtime/apply-media.ts";
import { applyOwnReading } from "#client/realtime/apply-receipts.ts";
import { compareRev } from "#client/realtime/compare-rev.ts";
import type { QueryKeys } from "#client/realtime/query-keys.ts";
import type { CommunityList, MemberList } from "#contracts/communities.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import type { DraftList } from "#contracts/drafts.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import type { FolderList } from "#contracts/folders.ts";
import type { FriendList } from "#contracts/friends.ts";
import { mentionedIn, mentionsEveryone } from "#contracts/messages/kinds/index.ts";
import type { MessageMarks, StarredPage } from "#contracts/messages/marks.ts";
import type { MentionedPage } from "#contracts/messages/mentioned.ts";
import type { Message, PinnedMessages } from "#contracts/messages/message.ts";
import type { ScheduledList } from "#contracts/messages/schedule.ts";

/** Cached queries that missed an event and must catch up. Each compares an event with its own `rev`. */
export type Gap =
  | "inbox"
  | "conversation"
  | "timeline"
  | "members"
  | "friends"
  | "communities"
  | "marks"
  | "pinned"
  | "media"
  | "scheduled"
  | "drafts"
  | "folders";

/** The query cache, its keys, and my id. */
export type Cache = { queryClient: QueryClient; keys: QueryKeys; meId: string };

/**
 * Applies one event to every cached query for which it is the next one, and returns those that missed an event before
 * it. A query that is not cached needs nothing: it is loaded whole when it is first shown.
 */
export function applyConversationEvent(cache: Cache, event: ConversationEvent): Set<Gap> {
  const { queryClient, keys, meId } = cache;
  const gaps = new Set<Gap>();
  const id = event.conversationId;
  const bare = event.type === "conversation.rev_changed";

  const inbox = queryClient.getQueryData<ConversationList>(keys.inbox);
  const conversation = inbox?.conversations.find((known) => known.id === id);
  if (inbox && conversation) {
    const verdict = compareRev(conversation.rev, event.rev);
    if (verdict === "gap" || (bare && verdict === "next")) gaps.add("conversation");
    else if (verdict === "next") {
      queryClient.setQueryData(keys.inbox, replaceConversation(inbox, reduceConversation(conversation, event, meId)));
    }
  }

  const timeline = queryClient.getQueryData<Timeline>(keys.timeline(id));
  if (timeline) {
    const verdict = compareRev(timeline.rev, event.rev);
    if (verdict === "gap" || (bare && verdict === "next")) gaps.add("timeline");
    else if (verdict === "next") queryClient.setQueryData(keys.timeline(id), reduceTimeline(timeline, event, meId));
  }

  const members = queryClient.getQueryData<MemberList>(keys.members(id));
  if (members) {
    const verdict = compareRev(members.rev, event.rev);
    // The cached list lacks the profile of a person who just joined.
    const newcomer =
      event.type === "member.changed" && !members.people.some((person) => person.id === event.member.personId);
    if (verdict === "gap" || (verdict === "next" && (bare || newcomer))) gaps.add("members");
    else if (verdict === "next") queryClient.setQueryData(keys.members(id), reduceMembers(members, event));
  }

  const pinned = queryClient.getQueryData<PinnedMessages>(keys.pinned(id));
  if (pinned) {
    const verdict = compareRev(pinned.rev, event.rev);
    if (verdict === "gap" || (bare && verdict === "next")) gaps.add("pinned");
    else if (verdict === "next") queryClient.setQueryData(keys.pinned(id), reducePinned(pinned, event));
  }
  applyToMedia(cache, event, gaps);
  // With my role changes what the list shows me: the invite link, and requests to join.
  const isMine = event.type === "member.changed" && event.member.personId === meId && event.member.leftAt === null;
  if (event.type === "conversation.changed" || isMine) gaps.add("communities");
  if (event.type === "message.sent") {
    askPacketAnew(cache, event.message);
    applyOwnReading(cache, event.message);
  }
  if (event.type === "member.changed") void queryClient.invalidateQueries({ queryKey: keys.receipts(id) });
  if (event.type === "message.changed") {
    void queryClient.invalidateQueries({ queryKey: keys.quoted(id, event.message.seq) });
    if (isStarred(cache, event.message)) void queryClient.invalidateQueries({ queryKey: keys.starred });
  }
  if ("message" in event && changesMentioned(cache, event.message)) {
    void queryClient.invalidateQueries({ queryKey: keys.mentioned });
  }
  return gaps;
}

/** Red packets have no event of their own: the notice that one was opened invalidates the cached packet. */
function askPacketAnew({ queryClient, keys }: Cache, { content }: Message): void {
  if (content.notice !== "red_packet_opened" || typeof content.packetId !== "string") return;
  void queryClient.invalidateQueries({ queryKey: keys.packet(content.packetId) });
}

/** Whether a message mentions me now, or is on the pages of those that do. */
function changesMentioned({ queryClient, keys, meId }: Cache, { conversationId, seq, content }: Message): boolean {
  if (mentionsEveryone(content) || mentionedIn(content).includes(meId)) return true;
  const held = queryClient.getQueryData<{ pages: MentionedPage[] }>(keys.mentioned);
  const is = (message: Message) => message.conversationId === conversationId && message.seq === seq;
  return held?.pages.some(({ messages }) => messages.some(is)) ?? false;
}

type StarredPages = { pages: StarredPage[] };

/** Whether the pages of starred messages show this one. */
function isStarred({ queryClient, keys }: Cache, { conversationId, seq }: Message): boolean {
  const held = queryClient.getQueryData<StarredPages>(keys.starred);
  const is = ({ message }: { message: Message }) => message.conversationId === conversationId && message.seq === seq;
  return held?.pages.some(({ messages }) => messages.some(is)) ?? false;
}

/** The same for a person's own events. Every query counts every event, even one that does not change it. */
export function applyPersonEvent(cache: Cache, event: PersonEvent): Set<Gap> {
  const { queryClient, keys } = cache;
  const gaps = new Set<Gap>();
  const bare = event.type === "person.rev_changed";
  const isNew = event.rev > (queryClient.getQueryData<ConversationList>(keys.inbox)?.rev ?? 0);
  // One that is told again may be older than my coming back.
  if (event.type === "conversation.removed" && isNew) {
    // A member who comes back may see another part of the history, which a cached range would never connect to.
    queryClient.removeQueries({ queryKey: keys.timeline(event.conversationId) });
    queryClient.removeQueries({ queryKey: keys.members(event.conversationId) });
    queryClient.removeQueries({ queryKey: keys.quoted(event.conversationId) });
    queryClient.removeQueries({ queryKey: keys.marks(event.conversationId) });
    queryClient.removeQueries({ queryKey: keys.pinned(event.conversationId) });
    queryClient.removeQueries({ queryKey: keys.media(event.conversationId) });
  }

  function piece<T extends { rev: number }>(key: readonly unknown[], gap: Gap, after: (data: T) => T): void {
    const data = queryClient.getQueryData<T>(key);
    if (!data) return;
    const verdict = compareRev(data.rev, event.rev);
    if (verdict === "gap" || (verdict === "next" && bare)) gaps.add(gap);
    else if (verdict === "next") queryClient.setQueryData(key, after(data));
  }
  piece<ConversationList>(keys.inbox, "inbox", (data) => reduceInbox(data, event));
  piece<FriendList>(keys.friends, "friends", (data) => reduceContacts(data, event));
  piece<CommunityList>(keys.communities, "communities", (data) => reduceCommunities(data, event));
  for (const [key] of queryClient.getQueriesData<MessageMarks>({ queryKey: keys.marks() })) {
    piece<MessageMarks>(key, "marks", (data) => reduceMarks(data, event, String(key.at(-1))));
  }
  if (gaps.size > 0 || changesStarred.has(event.type)) {
    void queryClient.invalidateQueries({ queryKey: keys.starred });
    void queryClient.invalidateQueries({ queryKey: keys.mentioned });
  }
  piece<DraftList>(keys.drafts, "drafts", (data) => {
    // Too long for an event: the list is asked for, which is as new as it then is.
    if (event.type === "draft.changed" && event.draft === undefined) gaps.add("drafts");
    return gaps.has("drafts") ? data : reduceDrafts(data, event);
  });
  if (gaps.has("marks")) void askAnew(queryClient, keys.media());
  else if (event.type === "hidden_messages.changed") void askAnew(queryClient, keys.media(event.conversationId));
  piece<FolderList>(keys.folders, "folders", (data) => reduceFolders(data, event));
  piece<ScheduledList>(keys.scheduled, "scheduled", (data) => reduceScheduled(data, event));
  if (event.type === "conversation.added" && event.conversation.kind === "community") gaps.add("communities");
  return gaps;
}

/** Events after which other starred messages, or mentions, can be read: their pages are asked for anew. */
const changesStarred: ReadonlySet<string> = new Set<PersonEvent["type"]>([
  "starred_messages.changed",
  "hidden_messages.changed",
  "conversation.added",
  "conversation.removed",
]);
