"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { Named } from "#client/search/use-message-search.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Person } from "#contracts/people.ts";

/** People whom `from:` may name: myself, my friends, and others who are given. */
export function useNamedPeople(others: Iterable<Person>): Named[] {
  const t = useTranslations("search");
  const me = useMe();
  const { friends } = useFriendList();
  return useMemo(() => {
    const named = new Map<string, Named>();
    named.set(me.id, { id: me.id, names: [t("me"), me.displayName], codes: [me.handle, "me"] });
    for (const { person, alias } of friends) {
      const names = alias === "" ? [person.displayName] : [alias, person.displayName];
      named.set(person.id, { id: person.id, names, codes: [person.handle] });
    }
    for (const { id, displayName, handle } of others) {
      if (!named.has(id)) named.set(id, { id, names: [displayName], codes: [handle] });
    }
    return [...named.values()];
  }, [me, friends, others, t]);
}

/** Conversations that `in:` may name. */
export function useNamedPlaces(conversations: readonly Conversation[]): Named[] {
  const nameOf = useConversationName();
  return useMemo(
    () => conversations.map((one) => ({ id: one.id, names: [nameOf(one)], codes: [] })),
    [conversations, nameOf],
  );
}
