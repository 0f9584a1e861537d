import type { QueryClient } from "@tanstack/react-query";
import { reduceCommunities, reduceMembers } from "#client/communities/reduce-communities.ts";
import { reduceConversation, reduceInbox, replaceConversation } from "#client/conversations/reduce-inbox.ts";
import { reduceContacts } from "#client/friends/reduce-contacts.ts";
import { reduceTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { compareRev } from "#client/realtime/compare-rev.ts";
import type { QueryKeys } from "#client/realtime/query-keys.ts";
import type { CommunityList, MemberList } from "#contracts/communities.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import type { FriendList } from "#contracts/friends.ts";
import type { Message } from "#contracts/messages.ts";

/** What was missed and must be asked for. Each cached piece judges an event by its own `rev`. */
export type Gap = "inbox" | "conversation" | "timeline" | "members" | "friends" | "communities";

/** Where the cached pieces live, and who I am. */
export type Cache = { queryClient: QueryClient; keys: QueryKeys; meId: string };

/**
 * Applies one event to every cached piece that it is next for, and names the pieces that missed something before it.
 * A piece that is not cached needs nothing: it is read whole when it is first shown.
 */
export function applyConversationEvent(cache: Cache, event: ConversationEvent): Set<Gap> {
  const { queryClient, keys, meId } = cache;
  const gaps = new Set<Gap>();
  const id = event.conversationId;
  const bare = event.type === "conversation.advanced";

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
    else if (verdict === "next") queryClient.setQueryData(keys.timeline(id), reduceTimeline(timeline, event));
  }

  const members = queryClient.getQueryData<MemberList>(keys.members(id));
  if (members) {
    const verdict = compareRev(members.rev, event.rev);
    // Somebody who joins brings a person whom the cached list does not hold.
    const newcomer =
      event.type === "member.changed" && !members.people.some((person) => person.id === event.member.personId);
    if (verdict === "gap" || (verdict === "next" && (bare || newcomer))) gaps.add("members");
    else if (verdict === "next") queryClient.setQueryData(keys.members(id), reduceMembers(members, event));
  }
  if (event.type === "conversation.changed") gaps.add("communities");
  if (event.type === "message.sent") askPacketAnew(cache, event.message);
  return gaps;
}

/** A red packet is asked for, not told: its notice says when what is cached of it is old. */
function askPacketAnew({ queryClient, keys }: Cache, { content }: Message): void {
  if (content.notice !== "red_packet_opened" || typeof content.packetId !== "string") return;
  void queryClient.invalidateQueries({ queryKey: keys.packet(content.packetId) });
}

/** The same for what is mine alone. Every piece counts every event, also one that changes nothing in it. */
export function applyPersonEvent(cache: Cache, event: PersonEvent): Set<Gap> {
  const { queryClient, keys } = cache;
  const gaps = new Set<Gap>();
  const bare = event.type === "person.advanced";
  if (event.type === "inbox.removed") {
    // Whoever comes back may begin elsewhere: a kept stretch would never touch what follows.
    queryClient.removeQueries({ queryKey: keys.timeline(event.removedId) });
    queryClient.removeQueries({ queryKey: keys.members(event.removedId) });
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
  if (event.type === "inbox.added" && event.conversation.kind === "community") gaps.add("communities");
  return gaps;
}
