"use client";

import { useMemo } from "react";
import { readOnlyReasonOf } from "#client/conversations/read-only-reason.ts";
import { isHidden } from "#client/conversations/settings.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { createSearch, isChinese } from "#client/search/create-search.ts";
import { useReadings } from "#client/search/use-readings.ts";
import { type NamedItem, useSearchItems } from "#components/search/use-search-groups.ts";

/** As many as one looks through; letters find the rest. */
const most = 100;

export type Target = NamedItem & { target: Exclude<NamedItem["target"], { group: "actions" }> };
const isTarget = (item: NamedItem): item is Target => item.target.group !== "actions";

/** The conversations that I may write in, by activity and then by name, or those of friends alone; those that a query finds, the best first. */
export function useTargets(query: string, only: "all" | "friends" = "all"): { found: Target[]; all: Target[] } {
  const { conversations } = useConversations();
  const friendList = useFriendList();
  const { chats, people } = useSearchItems(conversations);
  const all = useMemo(() => {
    const open = chats.filter(isTarget).filter(({ target }) => {
      if (target.group !== "chats" || (only === "friends" && target.conversation.kind !== "direct")) return false;
      const known = friendList.status === "ready" || target.conversation.kind !== "direct";
      return !known || readOnlyReasonOf(target.conversation, friendList) === null;
    });
    return [...open, ...people.filter(isTarget)];
  }, [chats, people, friendList, only]);
  const readingsOf = useReadings(all.some(({ names }) => names.some(isChinese)));
  const search = useMemo(() => createSearch(all, readingsOf), [all, readingsOf]);
  return useMemo(() => {
    const listed = all.filter(({ target }) => target.group !== "chats" || !isHidden(target.conversation));
    return { all, found: (query.trim() === "" ? listed : search(query)).slice(0, most) };
  }, [all, search, query]);
}
