import type { Reason } from "#contracts/refusals.ts";

/** The product says no. Thrown by operations; `server/trpc/init.ts` turns it into the error code and the wire form. */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly params: Record<string, string | number>;

  constructor(reason: Reason, params: Record<string, string | number> = {}) {
    super(reason);
    this.name = "Refusal";
    this.reason = reason;
    this.params = params;
  }
}
