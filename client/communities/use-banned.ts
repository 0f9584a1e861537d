"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";
import type { Ban } from "#contracts/communities.ts";

const none: Ban[] = [];

/** People who are kept out of a community, for those who may ban. */
export function useBanned(communityId: string): Ban[] {
  return useQuery(useTRPC().communities.banned.queryOptions({ communityId }, { staleTime: 0 })).data?.bans ?? none;
}
