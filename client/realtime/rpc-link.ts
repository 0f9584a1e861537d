import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { isRpc, maxRpcCallsAtOnce, type RpcCall, type RpcResult } from "#contracts/rpc.ts";
import type { AppRouter } from "#server/trpc/root.ts";

/** Sends a call to the worker; false when there is no connection. */
type Send = (call: RpcCall) => boolean;

/**
 * Frequent calls go over the open socket. Without one, or when it breaks before the answer, the same call goes over
 * HTTP. Every procedure on the socket is idempotent (a message keeps its `clientId`), so falling back during a call is
 * safe.
 */
export type RpcLink = {
  link: TRPCLink<AppRouter>;
  attach(send: Send): void;
  /** The connection broke: all pending calls fall back to HTTP. */
  detach(): void;
  answered(result: RpcResult): void;
};

/** A call that is not answered by then falls back to HTTP. */
const answerWithinMs = 5_000;

export function createRpcLink(): RpcLink {
  const pending = new Map<string, { answer: (result: RpcResult) => void; fallBack: () => void }>();
  let send: Send | null = null;
  let count = 0;

  /** Null when there is no connection. Rejects when the call should fall back to HTTP. */
  function ask(path: string, input: unknown): Promise<RpcResult> | null {
    count += 1;
    const id = String(count);
    if (pending.size >= maxRpcCallsAtOnce / 2 || !send?.({ id, path, input })) return null;
    return new Promise<RpcResult>((resolve, reject) => {
      const fallBack = () => {
        clearTimeout(timer);
        pending.delete(id);
        reject(new Error("the socket did not answer"));
      };
      const timer = setTimeout(fallBack, answerWithinMs);
      const answer = (result: RpcResult) => {
        clearTimeout(timer);
        pending.delete(id);
        resolve(result);
      };
      pending.set(id, { answer, fallBack });
    });
  }

  const link: TRPCLink<AppRouter> =
    () =>
    ({ op, next }) =>
      observable((observer) => {
        const asked = isRpc(op.path) ? ask(op.path, op.input) : null;
        if (!asked) return next(op).subscribe(observer);
        let over = false;
        let fallback: { unsubscribe(): void } | undefined;
        asked.then(
          ({ result, error }) => {
            if (over) return;
            if (error) return observer.error(TRPCClientError.from({ error }));
            observer.next({ result: { type: "data", data: result?.data } });
            observer.complete();
          },
          () => {
            if (!over) fallback = next(op).subscribe(observer);
          },
        );
        return () => {
          over = true;
          fallback?.unsubscribe();
        };
      });

  return {
    link,
    attach: (over) => {
      send = over;
    },
    detach: () => {
      send = null;
      for (const { fallBack } of [...pending.values()]) fallBack();
    },
    answered: (result) => {
      const waiting = pending.get(result.id);
      if (result.useHttp) waiting?.fallBack();
      else waiting?.answer(result);
    },
  };
}
