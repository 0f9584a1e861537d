import { isReason, type Reason } from "#contracts/refusals.ts";

export type RefusalInfo = { reason: Reason; params: Record<string, string | number>; requestId: string | null };

/** Reads the refusal from an error; a request that never reached the server is `unavailable`. */
export function reasonOf(error: unknown): RefusalInfo {
  const data = error instanceof Error && "data" in error ? error.data : null;
  if (typeof data === "object" && data !== null && "reason" in data && typeof data.reason === "string") {
    const said = data as { reason: string; params?: Record<string, string | number>; requestId?: string };
    return {
      reason: isReason(said.reason) ? said.reason : "internal_error",
      params: said.params ?? {},
      requestId: said.requestId || null,
    };
  }
  return { reason: "unavailable", params: {}, requestId: null };
}

/** Whether retrying can succeed without the person changing anything. */
export function isRetryable(reason: Reason): boolean {
  return reason === "unavailable" || reason === "internal_error";
}
