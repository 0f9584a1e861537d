"use client";

import { useQuery } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";

/** Where days begin in a conversation. `days` are their beginnings in the reader's zone, rising, and the end of the last. */
export function usePositions(conversationId: string, days: readonly Date[]) {
  const times = days.map((day) => day.toISOString());
  const query = useQuery({
    ...useTRPC().messages.positions.queryOptions({ conversationId, times }),
    // The month of today grows.
    staleTime: 10_000,
  });
  return { positions: query.data, ...stateOf(query) };
}

/** The first message of each day that has one, by the day's number in `days`. */
export function firstOfDays(seqs: readonly number[]): Map<number, number> {
  const pairs = seqs.slice(1).map((next, at) => [at, seqs[at] ?? next, next] as const);
  return new Map(pairs.flatMap(([at, seq, next]) => (seq < next ? [[at, seq] as const] : [])));
}
