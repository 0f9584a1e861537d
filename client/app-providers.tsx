"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { MeProvider } from "#client/accounts/use-me.ts";
import { createLane, type Lane } from "#client/live/lane.ts";
import { LiveProvider } from "#client/live/live-provider.tsx";
import { createQueryClient } from "#client/query-client.ts";
import { createApi, TRPCProvider } from "#client/trpc.ts";
import type { Self } from "#contracts/accounts.ts";

/** For pages of the signed out: calls, and nothing that listens. */
export function PublicProviders({ lane, children }: { lane?: Lane; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [api] = useState(() => createApi(lane));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={api} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** For everything behind the door. `me` comes from the server, so the first paint knows whose page it is. */
export function AppProviders({ me, children }: { me: Self; children: ReactNode }) {
  const [lane] = useState(createLane);
  return (
    <PublicProviders lane={lane}>
      <MeProvider me={me}>
        <LiveProvider lane={lane}>{children}</LiveProvider>
      </MeProvider>
    </PublicProviders>
  );
}
