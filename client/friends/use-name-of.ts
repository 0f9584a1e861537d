"use client";

import { useCallback, useMemo } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { Person } from "#contracts/people.ts";

/** What I call somebody: my own remark for a friend, else the name they chose. */
export function useNameOf(): (person: Person) => string {
  const { friends } = useFriendList();
  const remarks = useMemo(() => {
    const named = friends.filter((friend) => friend.remark !== "");
    return new Map(named.map((friend) => [friend.person.id, friend.remark]));
  }, [friends]);
  return useCallback((person) => remarks.get(person.id) ?? person.displayName, [remarks]);
}
