"use client";

import { useQuery } from "@tanstack/react-query";
import { reasonOf } from "#client/refusal.ts";
import { useTRPC } from "#client/trpc.ts";
import type { CommunityCard } from "#contracts/communities.ts";

type Invite = { card: CommunityCard | null; status: "pending" | "error" | "missing" | "ready"; retry: () => void };

/** What an invite link leads to. A code that was mistyped, renewed or never existed is simply missing. */
export function useInvite(code: string): Invite {
  const query = useQuery(useTRPC().communities.findByInvite.queryOptions({ code }, { staleTime: 0 }));
  const card = query.data?.found ?? null;
  const retry = () => void query.refetch();
  if (query.data) return { card, status: card ? "ready" : "missing", retry };
  if (!query.isError) return { card, status: "pending", retry };
  return { card, status: reasonOf(query.error).reason === "invalid_input" ? "missing" : "error", retry };
}
