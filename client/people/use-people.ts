"use client";

import { useQueries } from "@tanstack/react-query";
import { useMe } from "#client/accounts/use-me.ts";
import { useTRPC } from "#client/trpc.ts";
import { limits } from "#contracts/limits.ts";
import type { Person } from "#contracts/people.ts";

/** Names and faces are outside `rev`: they are asked for again after five minutes. */
const staleAfter = 5 * 60_000;

/** Who these ids are. Asked in fixed chunks of the sorted ids, so that lists that differ by one share most answers. */
export function usePeople(ids: string[]): Map<string, Person> {
  const me = useMe();
  const trpc = useTRPC();
  const wanted = [...new Set(ids)].filter((id) => id !== me.id).sort();
  const chunks = Array.from({ length: Math.ceil(wanted.length / limits.peopleAtOnce) }, (_, at) =>
    wanted.slice(at * limits.peopleAtOnce, (at + 1) * limits.peopleAtOnce),
  );
  const people = useQueries({
    queries: chunks.map((chunk) => ({
      ...trpc.people.get.queryOptions({ ids: chunk }),
      staleTime: staleAfter,
      placeholderData: (before: { people: Person[] } | undefined) => before,
    })),
    combine: (results) => new Map(results.flatMap((result) => result.data?.people ?? []).map((one) => [one.id, one])),
  });
  return new Map(people).set(me.id, me);
}
