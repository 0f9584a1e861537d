"use client";

import { useQuery } from "@tanstack/react-query";
import { stateOf } from "#client/query-state.ts";
import { newer } from "#client/realtime/newer.ts";
import { useTRPC } from "#client/trpc.ts";
import type { FriendList } from "#contracts/friends.ts";

const empty: FriendList = { rev: 0, friends: [], requests: [], blocked: [] };

/** Friends, pending requests and blocked people, updated by events. */
export function useFriendList() {
  const query = useQuery({ ...useTRPC().friends.list.queryOptions(), structuralSharing: newer });
  const { friends, requests, blocked } = query.data ?? empty;
  return { friends, requests, blocked, ...stateOf(query) };
}
