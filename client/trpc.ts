"use client";

import { createTRPCClient, httpBatchLink, type TRPCClient, type TRPCLink } from "@trpc/client";
import { tap } from "@trpc/server/observable";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { RpcLink } from "#client/realtime/rpc-link.ts";
import { reasonOf } from "#client/refusal.ts";
import type { AppRouter } from "#server/trpc/root.ts";

/** `useTRPC` gives typed query and mutation options for every procedure. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Api = TRPCClient<AppRouter>;

/** When any call finds that the session has ended elsewhere, the page reloads at the sign-in. */
const leaveWhenSignedOut: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        error: (error) => {
          if (reasonOf(error).reason === "unauthenticated") window.location.assign("/sign-in");
        },
      }),
    );

/** Over the socket where it is open; other calls of one tick travel together. Ten queries per batch fit into a URL. */
export function createApi(rpcLink?: RpcLink): Api {
  const http = httpBatchLink<AppRouter>({ url: "/api/trpc", maxItems: 10 });
  return createTRPCClient<AppRouter>({
    links: rpcLink ? [leaveWhenSignedOut, rpcLink.link, http] : [leaveWhenSignedOut, http],
  });
}
