import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "#server/trpc/root.ts";

/** Every verb of the server with its types; nothing of the server is loaded, only the shape. */
export type Api = TRPCClient<AppRouter>;

/** A call without an answer by then has failed. Every call of this client may safely be made again. */
const patience = 15_000;

/**
 * `token` is what `accounts.signIn` answered; without one only the verbs of the signed out work. `signal` ends every
 * call: it stands here because @trpc/client 11.22.1 never takes its listener off a signal that it gets with a call.
 */
export function createApi(url: string, { token, signal }: { token?: string; signal?: AbortSignal } = {}): Api {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        headers: token ? { authorization: `Bearer ${token}` } : {},
        fetch: (address, request) => {
          const signals = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
          return fetch(address, { ...request, signal: AbortSignal.any(signals) });
        },
      }),
    ],
  });
}
