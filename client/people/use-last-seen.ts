"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useOnline } from "#client/realtime/use-online.ts";
import { useTRPC } from "#client/trpc.ts";

/** Only friends are told of by the worker; of others it is asked again. */
const askAgainMs = 60_000;

/** Whether a person is online, and when they were last, as an ISO time; null for what they do not show to me. */
export function useLastSeen(personId: string | undefined): { online: boolean; at: string | null } {
  const me = useMe();
  const online = useOnline(personId);
  const isShown = personId !== undefined && personId !== me.id && me.presenceFor !== "nobody" && !online;
  const { data, refetch } = useQuery({
    ...useTRPC().people.lastSeen.queryOptions({ personId: personId ?? "" }),
    enabled: isShown,
    staleTime: askAgainMs / 2,
    refetchInterval: askAgainMs,
  });
  const was = useRef(online);
  useEffect(() => {
    // The worker stores the time with the change that it tells of.
    if (was.current && !online && isShown) void refetch();
    was.current = online;
  }, [online, isShown, refetch]);
  const lastSeen = isShown ? data?.lastSeen : null;
  return { online: online || (lastSeen?.online ?? false), at: lastSeen?.at ?? null };
}
