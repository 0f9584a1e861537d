"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe } from "#client/accounts/use-me.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";

/** Of whom a profile is: by id, and for people I have not met by a number or handle that finds them; or by that alone. */
export type ProfileOf = { personId: string; query?: string } | { personId: null; query: string };

export type Relation = "self" | "friend" | "sent" | "received" | "blocked" | "none";

/** People change and communities are joined; a card that is opened again asks again. */
const staleAfter = 30_000;

/** How I stand to a person, as the list of my friends says. */
export function useRelation(personId: string | undefined): Relation {
  const me = useMe();
  const { friends, requests, blocked } = useFriendList();
  if (personId === me.id) return "self";
  if (blocked.some(({ id }) => id === personId)) return "blocked";
  if (friends.some(({ person }) => person.id === personId)) return "friend";
  const request = requests.find(({ person }) => person.id === personId);
  return request?.direction ?? "none";
}

/** The person whom a number or handle finds, asked for when `wanted`. */
export function useFound(query: string | undefined, wanted: boolean) {
  const found = useQuery({
    ...useTRPC().friends.find.queryOptions({ query: query ?? "" }),
    staleTime: staleAfter,
    enabled: wanted && query !== undefined,
  });
  return { person: found.data?.found?.person ?? null, ...stateOf(found) };
}

/** A person's profile, with what we have in common. `person` is null where it is not for me to see. */
export function useProfile({ personId, query }: { personId: string; query?: string }) {
  const met = useQuery({ ...useTRPC().people.profile.queryOptions({ personId }), staleTime: staleAfter });
  const isStranger = met.data?.profile === null && query !== undefined;
  const found = useFound(query, isStranger);
  // A number or handle that another person has by now shows no one.
  const {
    person = found.person?.id === personId ? found.person : null,
    communities = [],
    communityCount = 0,
  } = met.data?.profile ?? {};
  const { status, retry } = isStranger ? found : stateOf(met);
  return { person, communities, communityCount, status, retry };
}
