"use client";

import { type UseQueryResult, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useTRPC } from "#client/trpc.ts";
import { limits } from "#contracts/limits.ts";
import type { Person } from "#contracts/people.ts";

/** Names and avatars have no `rev`: they are fetched again after five minutes. */
const staleAfter = 5 * 60_000;

/** People by id. `isPending`: some are still loading, so a missing person may yet appear. */
export class People extends Map<string, Person> {
  isPending = false;
}

function chunksOf(ids: string[], meId: string): string[][] {
  const wanted = [...new Set(ids)].filter((id) => id !== meId).sort();
  return Array.from({ length: Math.ceil(wanted.length / limits.peopleAtOnce) }, (_, at) =>
    wanted.slice(at * limits.peopleAtOnce, (at + 1) * limits.peopleAtOnce),
  );
}

/**
 * Loads people for a `usePeople` of the same ids that follows. Resolves when they are there, when loading failed, or after
 * `mostMs` milliseconds; never rejects.
 */
export function usePreloadPeople(): (ids: string[], mostMs: number) => Promise<void> {
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  return async (ids, mostMs) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const loaded = Promise.allSettled(
      chunksOf(ids, me.id).map((chunk) =>
        client.ensureQueryData({ ...trpc.people.get.queryOptions({ ids: chunk }), staleTime: staleAfter }),
      ),
    );
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, mostMs);
    });
    await Promise.race([loaded, late]);
    clearTimeout(timer);
  };
}

/**
 * Loads people by id, in fixed chunks of the sorted ids, so that lists that differ by one share most cached answers.
 */
export function usePeople(ids: string[]): People {
  const me = useMe();
  const trpc = useTRPC();
  // The same function while I am the same, so that the same answers give the same object, and rows that got it need no drawing.
  const combine = useCallback(
    (results: UseQueryResult<{ people: Person[] }, unknown>[]) => {
      const known = new People(results.flatMap((result) => result.data?.people ?? []).map((one) => [one.id, one]));
      known.isPending = results.some((result) => result.isPending || result.isPlaceholderData);
      return known.set(me.id, me);
    },
    [me],
  );
  return useQueries({
    queries: chunksOf(ids, me.id).map((chunk) => ({
      ...trpc.people.get.queryOptions({ ids: chunk }),
      staleTime: staleAfter,
      placeholderData: (before: { people: Person[] } | undefined) => before,
    })),
    combine,
  });
}
