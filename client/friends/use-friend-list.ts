"use client";

import { useQuery } from "@tanstack/react-query";
import { newer } from "#client/realtime/newer.ts";
import { useTRPC } from "#client/trpc.ts";
import type { FriendList } from "#contracts/friends.ts";

const empty: FriendList = { rev: 0, friends: [], requests: [], blocked: [] };

/** Friends, pending requests and blocked people, updated by events. */
export function useFriendList() {
  const query = useQuery({ ...useTRPC().friends.list.queryOptions(), structuralSharing: newer });
  const { friends, requests, blocked } = query.data ?? empty;
  const status: "pending" | "error" | "ready" = query.data ? "ready" : query.isError ? "error" : "pending";
  return { friends, requests, blocked, status, retry: () => void query.refetch() };
}
