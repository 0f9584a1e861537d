import { isReason, type Reason } from "#contracts/refusals.ts";
import { codeOf, isUnavailable } from "#server/db/unavailable.ts";
import { Refusal } from "#server/refusal.ts";

export type Explanation = { reason: Reason; params: Record<string, string | number> };

/**
 * Postgres refusing characters that no text of its own can hold: NUL in text (22021) or in JSON (22P05), and half of a
 * surrogate pair in JSON (22P02). Contracts clean typed text; these came in another field.
 */
const unstorableCodes = new Set(["22021", "22P05", "22P02"]);

/** Which of the three kinds of error this is, in the words of `contracts/refusals.ts`. */
export function explain(error: unknown): Explanation {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if (at instanceof Refusal) return { reason: at.reason, params: at.params };
    // Verbs parse no JSON; only the body of a call can be broken.
    if (at instanceof SyntaxError && at.message.includes("JSON")) return { reason: "invalid_input", params: {} };
    if (unstorableCodes.has(codeOf(at))) return { reason: "invalid_characters", params: {} };
    const fromInput = explainInput(at);
    if (fromInput) return fromInput;
    if (isUnavailable(at)) return { reason: "unavailable", params: {} };
  }
  return { reason: "internal_error", params: {} };
}

type Issue = { message: string; path: (string | number)[]; params?: Record<string, string | number> };

/** A failed check of `contracts/` carries its reason as the message; anything else is `invalid_input`. */
function explainInput(error: Error): Explanation | null {
  if (!("issues" in error) || !Array.isArray(error.issues)) return null;
  const [issue] = error.issues as Issue[];
  if (!issue) return null;
  const params = { ...issue.params, field: issue.path.join(".") };
  return { reason: isReason(issue.message) ? issue.message : "invalid_input", params };
}
