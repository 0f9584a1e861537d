"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { pagedStateOf } from "#client/query-state.ts";
import { createSearch, type Searchable } from "#client/search/create-search.ts";
import { readTyped } from "#client/search/typed-filters.ts";
import { useTRPCClient } from "#client/trpc.ts";
import { useSettled } from "#client/use-settled.ts";
import { limits } from "#contracts/limits.ts";
import type { SearchCursor, SearchInput, SearchPage } from "#contracts/messages/search.ts";

/** A person or a conversation that a filter may name. */
export type Named = Searchable & { id: string };
export type SearchHit = SearchPage["hits"][number];

/** A question is asked when nothing was typed for so long. */
const settledMs = 200;
/** Results that a search asks for at a time. */
const perPage = 20;

/** The ids of what the names mean, by their beginnings; null when one of them means nothing. */
function idsOf(names: readonly string[], among: readonly Named[], most: number): string[] | null {
  const find = createSearch(among, undefined);
  const found = names.map((name) => find(name).slice(0, most));
  return found.some((one) => one.length === 0) ? null : [...new Set(found.flat().map(({ id }) => id))].slice(0, most);
}

type Filters = Omit<SearchInput, "after" | "limit">;

/** What is asked for; null when that is nothing, or when a name in it means no one. */
function questionOf(typed: string, people: readonly Named[], places: readonly Named[], only?: string): Filters | null {
  const { words, from, in: inside, kinds, has, since, until } = readTyped(typed);
  const question: Filters = { query: words.slice(0, limits.searchQuery.max) };
  if (from.length > 0) {
    const ids = idsOf(from, people, limits.searchedSenders);
    if (!ids) return null;
    question.from = ids;
  }
  if (only !== undefined) question.in = [only];
  else if (inside.length > 0) {
    const ids = idsOf(inside, places, limits.searchedConversations);
    if (!ids) return null;
    question.in = ids;
  }
  if (kinds.length > 0) question.kinds = kinds;
  if (has.length > 0) question.has = has;
  if (since !== undefined) question.since = since;
  if (until !== undefined) question.until = until;
  return words === "" && from.length + kinds.length + has.length === 0 ? null : question;
}

type SearchOptions = {
  typed: string;
  people: readonly Named[];
  places: readonly Named[];
  /** A conversation, for a search inside it. */
  only?: string;
  active: boolean;
};

/** The messages that a typed question finds, the last sent first, page by page. Asked again each time that it is typed. */
export function useMessageSearch({ typed, people, places, only, active }: SearchOptions) {
  const api = useTRPCClient();
  const settled = useSettled(typed, settledMs);
  const question = useMemo(() => questionOf(settled, people, places, only), [settled, people, places, only]);
  const first: SearchCursor | null = null;
  const query = useInfiniteQuery({
    queryKey: ["messageSearch", question],
    queryFn: ({ pageParam, signal }) =>
      api.messages.search.query(
        { query: "", ...question, limit: perPage, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: first as SearchCursor | null, // the type of a literal null is null
    getNextPageParam: (page) => page.next,
    enabled: active && question !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    // Private, and soon out of date.
    gcTime: 60_000,
  });
  const pages = question === null ? undefined : query.data?.pages;
  const page = pages?.[0];
  return {
    ...pagedStateOf(query),
    hits: useMemo(() => pages?.flatMap(({ hits }) => hits) ?? [], [pages]),
    counts: page?.counts ?? [],
    exact: page?.exact ?? true,
    behind: page?.behind ?? false,
    /** Nothing is asked for: there is no question yet, or it names what is not there. */
    idle: question === null,
    searching: settled !== typed || query.isPlaceholderData || (question !== null && query.isPending),
  };
}
