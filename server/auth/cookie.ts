import { decode } from "next-auth/jwt";
import { env } from "#server/env.ts";

/** Secure cookies wherever the site is https; `__Host-` pins them to this host. */
export const areCookiesSecure = () => env().nextauthUrl?.startsWith("https://") ?? false;
export const sessionCookieName = () => (areCookiesSecure() ? "__Host-imchat.session" : "imchat.session");

/** Names the browsers where people signed in before (`server/accounts/devices.ts`). */
const deviceCookieName = () => (areCookiesSecure() ? "__Host-imchat.device" : "imchat.device");
/** As long as browsers keep a cookie. */
export const cookieSeconds = 400 * 86_400;

export const readDeviceCookie = (headers: Headers): string | undefined =>
  parseCookies(headers.get("cookie") ?? "").get(deviceCookieName());

/** The whole `Set-Cookie`. The value is base64url and a dot. */
export const writeDeviceCookie = (device: string): string =>
  `${deviceCookieName()}=${device}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax` +
  (areCookiesSecure() ? "; Secure" : "");

export function parseCookies(header: string): Map<string, string> {
  return new Map(
    header.split(";").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/**
 * The session id inside the cookie, if the cookie is ours and whole. Says nothing about whether the row still stands.
 */
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
