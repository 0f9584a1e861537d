"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";
import type { Person } from "#contracts/people.ts";

const none: Person[] = [];

/** Whom I removed from a community of mine. */
export function useBanned(communityId: string): Person[] {
  return useQuery(useTRPC().communities.banned.queryOptions({ communityId }, { staleTime: 0 })).data?.people ?? none;
}
