"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { isHidden } from "#client/conversations/settings.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { createSearch, isChinese, type Searchable } from "#client/search/create-search.ts";
import type { SearchHit } from "#client/search/use-message-search.ts";
import { useReadings } from "#client/search/use-readings.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Person } from "#contracts/people.ts";

const actions = ["friend", "community", "notes", "starred", "settings", "wallet"] as const;
export type SearchAction = (typeof actions)[number];

type Target =
  | { group: "chats"; conversationId: string; conversation: Conversation }
  | { group: "people"; conversationId: string; person: Person }
  | { group: "actions"; action: SearchAction };
type Item<Of> = Searchable & { key: string; label: string; target: Of };
/** What is found by its name. */
export type NamedItem = Item<Target>;
export type FoundMessageItem = Item<{ group: "messages"; conversation: Conversation; sender: string } & SearchHit>;
export type SearchItem = NamedItem | FoundMessageItem;
export type SearchGroup = { name: "recent" | "messages" | Target["group"]; items: SearchItem[] };

/** As many as one looks through; more letters find the rest. */
const most = { recent: 8, chats: 30, people: 30, actions: 6 };

const codesOf = ({ handle, number }: Person) => [handle, String(number)];

/** Everything that can be found: chats by activity, friends whose chat is not in the list, actions. */
export function useSearchItems(conversations: readonly Conversation[]) {
  const t = useTranslations();
  const { friends } = useFriendList();
  const nameOf = useConversationName();
  return useMemo(() => {
    const ofFriends = new Set(friends.map((friend) => friend.conversationId));
    const open = conversations.filter((one) => !(isHidden(one) && ofFriends.has(one.id)));
    const openIds = new Set(open.map(({ id }) => id));
    const chats = open.map((conversation): NamedItem => {
      const { id, peer, community } = conversation;
      const label = nameOf(conversation);
      const codes = peer ? codesOf(peer) : community ? [String(community.number)] : [];
      const names = peer ? [label, peer.displayName] : [label];
      return { key: id, label, names, codes, target: { group: "chats", conversationId: id, conversation } };
    });
    const people = friends
      .filter(({ conversationId }) => !openIds.has(conversationId))
      .map(({ person, alias, conversationId }): NamedItem => {
        const label = alias || person.displayName;
        const names = [label, person.displayName];
        const target = { group: "people", conversationId, person } as const;
        return { key: conversationId, label, names, codes: codesOf(person), target };
      });
    const labels = {
      friend: t("conversations.newFriend"),
      community: t("conversations.newCommunity"),
      notes: t("conversations.notes"),
      settings: t("search.openSettings"),
      wallet: t("search.openWallet"),
      starred: t("search.openStarred"),
    };
    // Once they are there they are found as a chat.
    const hasNotes = conversations.some(({ kind }) => kind === "notes");
    const offered = actions.filter((action) => action !== "notes" || !hasNotes);
    const doing = offered.map((action): NamedItem => {
      // "New chat" is what the menu of both is called.
      const names = action === "friend" ? [labels[action], t("conversations.new")] : [labels[action]];
      return { key: action, label: labels[action], names, codes: [], target: { group: "actions", action } };
    });
    return { chats, people, doing };
  }, [conversations, friends, nameOf, t]);
}

/** What a query finds, in groups without empty ones; for an empty query the recent chats and the actions. */
export function useSearchGroups(
  conversations: readonly Conversation[],
  { query, openId, active }: { query: string; openId: string | null; active: boolean },
): SearchGroup[] {
  const { chats, people, doing } = useSearchItems(conversations);
  const wanted = active && [...chats, ...people, ...doing].some(({ names }) => names.some(isChinese));
  const readingsOf = useReadings(wanted);
  const search = useMemo(
    () => ({
      chats: createSearch(chats, readingsOf),
      people: createSearch(people, readingsOf),
      actions: createSearch(doing, readingsOf),
    }),
    [chats, people, doing, readingsOf],
  );
  return useMemo(() => {
    if (!active) return [];
    const recent = chats.filter(
      ({ target }) => target.group === "chats" && target.conversationId !== openId && !isHidden(target.conversation),
    );
    const groups: SearchGroup[] =
      query.trim() === ""
        ? [
            { name: "recent", items: recent.slice(0, most.recent) },
            { name: "actions", items: doing },
          ]
        : [
            { name: "chats", items: search.chats(query).slice(0, most.chats) },
            { name: "people", items: search.people(query).slice(0, most.people) },
            { name: "actions", items: search.actions(query).slice(0, most.actions) },
          ];
    return groups.filter(({ items }) => items.length > 0);
  }, [active, query, openId, chats, doing, search]);
}
