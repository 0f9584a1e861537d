"use client";

import { useCallback, useMemo } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { People } from "#client/people/use-people.ts";
import type { Person } from "#contracts/people.ts";

/** Until it is known who it is: shorter than any word, so nothing jumps when the name comes. */
const notYetKnown = "…";

/** The name of one of `people`; `unknown` is for who is not known to me at all. */
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

/** What I call somebody: my own remark for a friend, else the name they chose. */
export function useDisplayName(): (person: Person) => string {
  const { friends } = useFriendList();
  const remarks = useMemo(() => {
    const named = friends.filter((friend) => friend.remark !== "");
    return new Map(named.map((friend) => [friend.person.id, friend.remark]));
  }, [friends]);
  return useCallback((person) => remarks.get(person.id) ?? person.displayName, [remarks]);
}
