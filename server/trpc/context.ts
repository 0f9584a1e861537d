import { checkSession } from "#server/accounts/sessions.ts";
import { addressOf } from "#server/auth/address.ts";
import { parseCookies, readSessionCookie } from "#server/auth/cookie.ts";
import type { Me } from "#server/me.ts";

/** What every procedure knows about its call. */
export type Context = {
  /** Who calls; null for the signed out. Asks the database at the first call, and rejects when it is away. */
  findMe(): Promise<Me | null>;
  headers: Headers;
  address: string;
  requestId: string;
};

/**
 * A bearer token, or the cookie when the call comes from our own pages. `trustCookie` is false for calls of other
 * origins: they never use that browser's session. Never throws: the session is checked
 * inside the procedure, where errors are named and answered.
 */
export function createContext(headers: Headers, trustCookie: boolean): Context {
  return {
    findMe: once(() => readMe(headers, trustCookie)),
    headers,
    address: addressOf(headers),
    requestId: crypto.randomUUID(),
  };
}

/** The calls of one batch share the answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
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
