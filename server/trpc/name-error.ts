import { log } from "#server/log.ts";
import { type Explanation, explain } from "#server/trpc/explain.ts";

/** What a log line says of the call. */
export type About = { path: string; requestId: string; personId?: string | undefined };

const logged = new WeakSet<object>();

/**
 * Names an error in the words of `contracts/refusals.ts` and logs it, once however many layers it passes: a bug with its
 * stack, a dependency that is away as a warning, a refusal not at all. Everything between the socket and the operation
 * answers through this, so no error reaches a caller without a reason and a request id.
 */
export function nameError(error: unknown, about: About): Explanation {
  const explanation = explain(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (typeof cause === "object" && cause !== null) {
    if (logged.has(cause)) return explanation;
    logged.add(cause);
  }
  const { reason } = explanation;
  if (reason === "internal_error") log.error({ ...about, err: cause }, "a bug");
  if (reason === "unavailable") log.warn({ ...about, said: String(cause) }, "a dependency is away");
  return explanation;
}
