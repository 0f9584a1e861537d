import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import type { RpcCall, RpcResult } from "#contracts/rpc.ts";
import { conversationsRouter } from "#server/conversations/router.ts";
import type { Me } from "#server/me.ts";
import { messagesRouter } from "#server/messages/router.ts";
import { syncRouter } from "#server/sync/router.ts";
import { router } from "#server/trpc/init.ts";
import { nameError } from "#server/trpc/name-error.ts";

/** The shelves of `contracts/rpc.ts`, the same procedures that HTTP serves; nothing here imports Next. */
export const laneRouter = router({
  messages: messagesRouter,
  conversations: conversationsRouter,
  sync: syncRouter,
});

/** Is it a verb that the lane serves? */
export const isLanePath = (path: string) => Object.hasOwn(laneRouter._def.procedures, path);

const noHeaders = new Headers();

/**
 * One RPC call from the socket, for a person with a session that the worker has checked: the same validation,
 * authorisation, limits and answers as over HTTP. Never throws: what goes wrong is the answer's `error`.
 */
export async function callOnLane(me: Me, { id, path, input }: RpcCall): Promise<RpcResult> {
  const ctx = { findMe: async () => me, headers: noHeaders, address: "", requestId: crypto.randomUUID() };
  try {
    const data = await callTRPCProcedure({
      router: laneRouter,
      path,
      // A frame does not say which it is; there are no subscriptions on these shelves.
      type: "query",
      allowMethodOverride: true,
      ctx,
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
    return { id, result: { data } };
  } catch (cause) {
    const config = laneRouter._def._config;
    const error = getTRPCErrorFromUnknown(cause);
    // What happened outside the procedure; what it answered itself is logged already.
    if (error.code === "INTERNAL_SERVER_ERROR") {
      nameError(error, { path, requestId: ctx.requestId, personId: me.personId });
    }
    return { id, error: getTRPCErrorShape({ config, error, type: "unknown", path, input, ctx }) };
  }
}
