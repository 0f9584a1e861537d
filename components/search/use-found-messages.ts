"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { usePeople } from "#client/people/use-people.ts";
import { useMessageSearch } from "#client/search/use-message-search.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { useNamedPeople, useNamedPlaces } from "#components/search/use-named.ts";
import type { FoundMessageItem } from "#components/search/use-search-groups.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { Person } from "#contracts/people.ts";

const noOne: Person[] = [];
/** Conversations of which the chips say how many results they have. */
const mostCounts = 6;

/** The messages that a typed search finds in all my conversations, as items of the results, and what their chips say. */
export function useFoundMessages(conversations: readonly Conversation[], typed: string, active: boolean) {
  const t = useTranslations("search");
  const someone = useTranslations("messages")("someone");
  const meId = useMe().id;
  const people = useNamedPeople(noOne);
  const places = useNamedPlaces(conversations);
  const search = useMessageSearch({ typed, people, places, active });
  const { hits, counts, exact } = search;
  const senders = usePeople(hits.map(({ message }) => message.senderId));
  const nameIn = useDisplayNames();
  const nameOf = useConversationName();
  const byId = useMemo(() => new Map(conversations.map((one) => [one.id, one])), [conversations]);
  const items = hits.flatMap(({ message, excerpt }): FoundMessageItem[] => {
    const conversation = byId.get(message.conversationId);
    if (!conversation) return [];
    const sender = message.senderId === meId ? t("you") : nameIn(senders, message.senderId, someone);
    const target = { group: "messages", conversation, message, excerpt, sender } as const;
    const key = `${message.conversationId} ${message.seq}`;
    return [{ key, label: nameOf(conversation), names: [], codes: [], target }];
  });
  const chips = counts.slice(0, counts.length > 1 ? mostCounts : 0).flatMap(({ conversationId, count }) => {
    const conversation = byId.get(conversationId);
    const name = conversation && nameOf(conversation);
    return name ? [{ name, label: t(exact ? "inChat" : "inChatMany", { name, count }) }] : [];
  });
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return { ...search, items, chips, total, people, places };
}
