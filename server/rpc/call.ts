import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import type { RpcCall, RpcResult } from "#contracts/rpc.ts";
import { conversationsRouter } from "#server/conversations/router.ts";
import type { Me } from "#server/me.ts";
import { messagesRouter } from "#server/messages/router.ts";
import { router } from "#server/trpc/init.ts";
import { nameError } from "#server/trpc/name-error.ts";

/** The routers with procedures for the socket, the same that HTTP serves; nothing here imports Next. */
export const rpcRouter = router({ messages: messagesRouter, conversations: conversationsRouter });

// By path at run time; the type has them by router.
const procedures = rpcRouter._def.procedures as unknown as Record<string, { _def: { meta?: { idempotent?: true } } }>;

/** Whether a path names a procedure that may be called over the socket: one that is marked as idempotent. */
export const isRpcPath = (path: string): boolean =>
  Object.hasOwn(procedures, path) && procedures[path]?._def.meta?.idempotent === true;

const noHeaders = new Headers();

/**
 * One RPC call from the socket, for a person with a session that the worker has checked: the same validation,
 * authorisation, limits and answers as over HTTP. A path that is no procedure of the socket is answered with `useHttp`.
 * Never throws: what goes wrong is the answer's `error`.
 */
export async function callOverSocket(me: Me, { id, path, input }: RpcCall): Promise<RpcResult> {
  if (!isRpcPath(path)) return { id, useHttp: true };
  const ctx = { findMe: async () => me, headers: noHeaders, address: "", requestId: crypto.randomUUID() };
  try {
    const data = await callTRPCProcedure({
      router: rpcRouter,
      path,
      // A frame does not say which it is; there are no subscriptions in these routers.
      type: "query",
      allowMethodOverride: true,
      ctx,
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
    return { id, result: { data } };
  } catch (cause) {
    const config = rpcRouter._def._config;
    const error = getTRPCErrorFromUnknown(cause);
    // Errors outside the procedure; its own are logged already.
    if (error.code === "INTERNAL_SERVER_ERROR") {
      nameError(error, { path, requestId: ctx.requestId, personId: me.personId });
    }
    return { id, error: getTRPCErrorShape({ config, error, type: "unknown", path, input, ctx }) };
  }
}
