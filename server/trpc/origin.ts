import { forwarded } from "#server/auth/address.ts";
import { env } from "#server/env.ts";

/** Where a call comes from: our own pages, programs that send no Origin, an allowed frontend, or somewhere else. */
export type Caller = "own" | "program" | "allowed" | "foreign";

export function callerOf(headers: Headers): Caller {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (!origin) return site && site !== "same-origin" && site !== "none" ? "foreign" : site ? "own" : "program";
  if (isOwnOrigin(origin, headers)) return "own";
  return env().corsOrigins.includes(origin) ? "allowed" : "foreign";
}

function isOwnOrigin(origin: string, headers: Headers): boolean {
  const { nextauthUrl } = env();
  if (nextauthUrl && new URL(nextauthUrl).origin === origin) return true;
  const host = forwarded(headers, "host") ?? headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host;
}
