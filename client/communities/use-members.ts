"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { stateOf } from "#client/query-state.ts";
import { newer } from "#client/realtime/newer.ts";
import { useTRPC } from "#client/trpc.ts";
import type { Member } from "#contracts/communities.ts";

const none: Member[] = [];

/** The members of a community with their profiles, updated by events. Empty while there is no id. */
export function useMembers(communityId: string | null) {
  const options = useTRPC().communities.members.queryOptions({ communityId: communityId ?? "" });
  const query = useQuery({ ...options, structuralSharing: newer, enabled: communityId !== null });
  const people = useMemo(() => new Map(query.data?.people.map((person) => [person.id, person])), [query.data]);
  return { members: query.data?.members ?? none, people, ...stateOf(query) };
}
