import { isReason, type Reason } from "#contracts/refusals.ts";
import { Refusal } from "#server/refusal.ts";

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
    if ("code" in at && typeof at.code === "string" && unavailableCodes.test(at.code)) {
      return { reason: "unavailable", params: {} };
    }
    if (at.name === "DriverAdapterError" || at.message.includes("Can't reach database server")) {
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
