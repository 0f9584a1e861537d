import { cookies } from "next/headers";
import { checkSession } from "#server/accounts/sessions.ts";
import { readSessionCookie } from "#server/auth/cookie.ts";
import type { Me } from "#server/me.ts";

/** Who looks at this page; null when signed out or when the session was revoked. */
export async function currentSession(): Promise<Me | null> {
  const jar = await cookies();
  const cookieSessionId = await readSessionCookie((name) => jar.get(name)?.value);
  return cookieSessionId ? checkSession({ cookieSessionId }) : null;
}
