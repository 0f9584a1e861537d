/**
 * Whose address a request comes from, for throttling only. `next start` writes the socket's address where no proxy
 * wrote one; behind a proxy the last hop it added is the one that a client cannot choose.
 */
export function addressOf(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
