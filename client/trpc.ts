"use client";

import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "#server/trpc/root.ts";

/** `useTRPC` gives query and mutation options with the types of every verb. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Api = TRPCClient<AppRouter>;

/** Calls of one tick travel together; ten keep a batch of queries inside a URL. */
export function createApi(): Api {
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc", maxItems: 10 })] });
}
