import { checkSession } from "#server/accounts/sessions.ts";
import { addressOf } from "#server/auth/address.ts";
import { readSessionCookie } from "#server/auth/cookie.ts";
import type { Me } from "#server/me.ts";

/** What every procedure knows about its call. `me` is null for the signed out. */
export type Context = {
  me: Me | null;
  headers: Headers;
  address: string;
  requestId: string;
};

/**
 * A bearer token, or the cookie when the call comes from our own pages. `trustCookie` is false for calls of other
 * origins: they never speak for whoever happens to be signed in in that browser.
 */
export async function createContext(headers: Headers, trustCookie: boolean): Promise<Context> {
  return {
    me: await readMe(headers, trustCookie),
    headers,
    address: addressOf(headers),
    requestId: crypto.randomUUID(),
  };
}

async function readMe(headers: Headers, trustCookie: boolean): Promise<Me | null> {
  const authorization = headers.get("authorization");
  if (authorization) {
    const [scheme, token] = authorization.split(" ");
    return scheme?.toLowerCase() === "bearer" && token ? checkSession({ token }) : null;
  }
  if (!trustCookie) return null;
  const jar = parseCookies(headers.get("cookie") ?? "");
  const cookieSessionId = await readSessionCookie((name) => jar.get(name));
  return cookieSessionId ? checkSession({ cookieSessionId }) : null;
}

function parseCookies(header: string): Map<string, string> {
  return new Map(
    header.split(";").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
