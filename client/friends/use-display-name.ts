"use client";

import { useCallback } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { People } from "#client/people/use-people.ts";
import type { Friend } from "#contracts/friends.ts";
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

const aliases = new WeakMap<readonly Friend[], ReadonlyMap<string, string>>();

/** Made once for each list: every row of every list asks. */
function aliasesOf(friends: readonly Friend[]): ReadonlyMap<string, string> {
  const made = aliases.get(friends);
  if (made) return made;
  const named = new Map(friends.filter(({ alias }) => alias !== "").map(({ person, alias }) => [person.id, alias]));
  aliases.set(friends, named);
  return named;
}

/** My own alias for a friend, else the display name. */
export function useDisplayName(): (person: Person) => string {
  const { friends } = useFriendList();
  const named = aliasesOf(friends);
  return useCallback((person) => named.get(person.id) ?? person.displayName, [named]);
}
