"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { MeProvider } from "#client/accounts/use-me.ts";
import { createQueryClient } from "#client/query-client.ts";
import { RealtimeProvider } from "#client/realtime/realtime-provider.tsx";
import { createRpcLink, type RpcLink } from "#client/realtime/rpc-link.ts";
import { createApi, TRPCProvider } from "#client/trpc.ts";
import type { Self } from "#contracts/accounts.ts";

/** For signed-out pages: API calls, no realtime connection. */
export function PublicProviders({ rpcLink, children }: { rpcLink?: RpcLink; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [api] = useState(() => createApi(rpcLink));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={api} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** For signed-in pages. `me` comes from the server, so the first paint already has the account. */
export function AppProviders({ me, children }: { me: Self; children: ReactNode }) {
  const [rpcLink] = useState(createRpcLink);
  return (
    <PublicProviders rpcLink={rpcLink}>
      <MeProvider me={me}>
        <RealtimeProvider rpcLink={rpcLink}>{children}</RealtimeProvider>
      </MeProvider>
    </PublicProviders>
  );
}
