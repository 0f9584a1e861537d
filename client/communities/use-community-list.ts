"use client";

import { useQuery } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { newer } from "#client/realtime/newer.ts";
import { useTRPC } from "#client/trpc.ts";
import type { CommunityList } from "#contracts/communities.ts";

const none: CommunityList = { rev: 0, communities: [], requests: [] };

/** My communities and the requests to join that concern me, updated by events. */
export function useCommunityList() {
  const query = useQuery({ ...useTRPC().communities.list.queryOptions(), structuralSharing: newer });
  const { communities, requests } = query.data ?? none;
  return { communities, requests, ...stateOf(query) };
}
