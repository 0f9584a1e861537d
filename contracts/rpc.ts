import * as z from "zod/mini";

/**
 * Frequent API calls over the connection to the worker, in frames of our own beside those of the Pusher protocol.
 * `im:call` asks, `im:result` answers with what HTTP would have answered; answers come in any order.
 */
export const rpcEvents = { call: "im:call", result: "im:result", resync: "im:resync" } as const;

/** The procedures that clients call over the socket: those of the worker's router that are `idempotent`. */
const rpcPaths: ReadonlySet<string> = new Set([
  "conversations.list",
  "conversations.get",
  "conversations.changesSince",
  "conversations.heads",
  "conversations.markRead",
  "conversations.configure",
  "conversations.drafts",
  "conversations.saveDraft",
  "messages.send",
  "messages.page",
  "messages.recall",
  "messages.edit",
  "messages.edits",
  "messages.react",
  "messages.receipts",
  "messages.lastReceipts",
  "messages.information",
  "messages.forward",
  "messages.record",
  "messages.report",
  "messages.pin",
  "messages.pinned",
  "messages.media",
  "messages.hide",
  "messages.star",
  "messages.hear",
  "messages.marks",
  "messages.starred",
  "messages.mentioned",
]);

export const isRpc = (path: string): boolean => rpcPaths.has(path);

export const maxRpcIdLength = 64;

/** `id` is the caller's own, unique among its calls under way. */
export const rpcCall = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(maxRpcIdLength)),
  path: z.string().check(z.maxLength(100)),
  input: z.optional(z.unknown()),
});
export type RpcCall = z.infer<typeof rpcCall>;

/**
 * Exactly one of the three; `error` is what tRPC sends over HTTP. `useHttp`: call it over HTTP, because the procedure is
 * not idempotent, the answer is too large for the socket or too many calls are under way; whether the call was executed
 * is not known.
 */
export const rpcResult = z.object({
  id: z.string(),
  useHttp: z.optional(z.literal(true)),
  result: z.optional(z.object({ data: z.optional(z.unknown()) })),
  error: z.optional(
    z.object({
      message: z.string(),
      code: z.number(),
      data: z.looseObject({ code: z.string(), httpStatus: z.number() }),
    }),
  ),
});
export type RpcResult = z.infer<typeof rpcResult>;

/** A larger call goes over HTTP: bytes of the frame, which the worker bounds at 64 KiB. */
export const maxRpcCallBytes = 60 * 1024;
/**
 * A larger answer is not sent: it would delay all events behind it. A page of a hundred ordinary messages
 * fits; with the 64 KiB that a reader may be behind it stays below what a socket may hold.
 */
export const maxRpcResultBytes = 160 * 1024;
/** Calls of one socket under way at once; a client sends no more than half of it over the socket. */
export const maxRpcCallsAtOnce = 64;
