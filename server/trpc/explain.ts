import { isReason, type Reason } from "#contracts/refusals.ts";
import { Refusal } from "#server/refusal.ts";

/** What Prisma, and pg under it, say without a code. */
const brokenConnection = /Can't reach database server|Connection terminated unexpectedly/;

/** Prisma 7 puts what Postgres said (57P03 while it restarts) into an error of its own, P2039, and the code inside it. */
function codeOf(error: Error): string {
  const meta = "meta" in error ? error.meta : undefined;
  // Prisma types it as a record of anything.
  const told = (meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined)
    ?.driverAdapterError;
  const code = told?.cause?.originalCode ?? ("code" in error ? error.code : undefined);
  return typeof code === "string" ? code : "";
}

export type Explanation = { reason: Reason; params: Record<string, string | number> };

/**
 * Postgres and the network saying "not now": connection classes 08 and 57, nothing left of something (53: disk, memory,
 * connections), a disk that fails, timeouts, locks.
 */
const unavailableCodes =
  /^(08|53|57P0|57014|58030|55P03|40P01|40001|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH|CONNECT|P1001|P1002|P1008|P1017|P2024|P2028)/;

/** Which of the three kinds of error this is, in the words of `contracts/refusals.ts`. */
export function explain(error: unknown): Explanation {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if (at instanceof Refusal) return { reason: at.reason, params: at.params };
    // Verbs parse no JSON; only the body of a call can be broken.
    if (at instanceof SyntaxError && at.message.includes("JSON")) return { reason: "input_invalid", params: {} };
    const fromInput = explainInput(at);
    if (fromInput) return fromInput;
    if (unavailableCodes.test(codeOf(at))) return { reason: "unavailable", params: {} };
    if (at.name === "DriverAdapterError" || brokenConnection.test(at.message)) {
      return { reason: "unavailable", params: {} };
    }
  }
  return { reason: "broken", params: {} };
}

type Issue = { message: string; path: (string | number)[]; params?: Record<string, string | number> };

/** A failed check of `contracts/` carries its reason as the message; anything else is `input_invalid`. */
function explainInput(error: Error): Explanation | null {
  if (!("issues" in error) || !Array.isArray(error.issues)) return null;
  const [issue] = error.issues as Issue[];
  if (!issue) return null;
  const params = { ...issue.params, field: issue.path.join(".") };
  return { reason: isReason(issue.message) ? issue.message : "input_invalid", params };
}
