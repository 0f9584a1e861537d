"use client";

import { useCallback, useMemo } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { People } from "#client/people/use-people.ts";
import type { Person } from "#contracts/people.ts";

/** Placeholder while a name loads: shorter than any name, so the layout does not jump. */
const notYetKnown = "…";

/** The name of one of `people`; `unknown` when the id is not among them. */
export function useDisplayNames(): (people: People, id: string | null | undefined, unknown: string) => string {
  const nameOf = useDisplayName();
  return useCallback(
    (people, id, unknown) => {
      const person = id ? people.get(id) : undefined;
      if (person) return nameOf(person);
      return id && people.isPending ? notYetKnown : unknown;
    },
    [nameOf],
  );
}

/** My own alias for a friend, else the display name. */
export function useDisplayName(): (person: Person) => string {
  const { friends } = useFriendList();
  const aliass = useMemo(() => {
    const named = friends.filter((friend) => friend.alias !== "");
    return new Map(named.map((friend) => [friend.person.id, friend.alias]));
  }, [friends]);
  return useCallback((person) => aliass.get(person.id) ?? person.displayName, [aliass]);
}
