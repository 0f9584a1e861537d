"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";
import type { Person } from "#contracts/people.ts";

const none: Person[] = [];

/** People whom I, the owner, removed from a community. */
export function useBanned(communityId: string): Person[] {
  return useQuery(useTRPC().communities.banned.queryOptions({ communityId }, { staleTime: 0 })).data?.people ?? none;
}
