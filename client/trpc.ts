"use client";

import { createTRPCClient, httpBatchLink, type TRPCClient, type TRPCLink } from "@trpc/client";
import { tap } from "@trpc/server/observable";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { RpcLink } from "#client/realtime/rpc-link.ts";
import { reasonOf } from "#client/refusal.ts";
import type { AppRouter } from "#server/trpc/root.ts";

/** `useTRPC` gives query and mutation options with the types of every verb. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Api = TRPCClient<AppRouter>;

/** A session that ended elsewhere shows itself in whatever is asked next: the whole page starts over at the door. */
const leaveWhenSignedOut: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        error: (error) => {
          if (reasonOf(error).reason === "signed_out") window.location.assign("/sign-in");
        },
      }),
    );

/** Over the socket where it is open; other calls of one tick travel together. Ten keep a batch of queries inside a URL. */
export function createApi(rpcLink?: RpcLink): Api {
  const http = httpBatchLink<AppRouter>({ url: "/api/trpc", maxItems: 10 });
  return createTRPCClient<AppRouter>({
    links: rpcLink ? [leaveWhenSignedOut, rpcLink.link, http] : [leaveWhenSignedOut, http],
  });
}
