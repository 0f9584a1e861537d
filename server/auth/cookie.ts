import { decode } from "next-auth/jwt";
import { env } from "#server/env.ts";

/** Secure cookies wherever the site is https; `__Host-` pins them to this host. */
export const areCookiesSecure = () => env().nextauthUrl?.startsWith("https://") ?? Boolean(process.env.VERCEL);
export const sessionCookieName = () => (areCookiesSecure() ? "__Host-imchat.session" : "imchat.session");

/** The session id inside the cookie, if the cookie is ours and whole. Says nothing about whether the row still stands. */
export async function readSessionCookie(cookies: (name: string) => string | undefined): Promise<string | null> {
  const token = cookies(sessionCookieName());
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().nextauthSecret });
    return typeof claims?.sid === "string" ? claims.sid : null;
  } catch {
    return null; // forged, cut off or of an older secret: signed out
  }
}
