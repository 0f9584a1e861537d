"use client";

import { useQuery } from "@tanstack/react-query";
import { type QueryState, stateOf } from "#client/query-state.ts";
import { reasonOf } from "#client/refusal.ts";
import { useTRPC } from "#client/trpc.ts";
import type { CommunityCard } from "#contracts/communities.ts";

type Invite = Pick<QueryState, "retry"> & { card: CommunityCard | null; status: QueryState["status"] | "missing" };

/** What an invite link leads to. A code that was mistyped, renewed or never existed is simply missing. */
export function useInvite(code: string): Invite {
  const query = useQuery(useTRPC().communities.findByInvite.queryOptions({ code }, { staleTime: 0 }));
  const card = query.data?.found ?? null;
  const { status, retry } = stateOf(query);
  const isMissing = status === "error" ? reasonOf(query.error).reason === "invalid_input" : status === "ready" && !card;
  return { card, status: isMissing ? "missing" : status, retry };
}
