import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { signInInput } from "#contracts/accounts.ts";
import { revokeSession } from "#server/accounts/sessions.ts";
import { signInForCookie } from "#server/accounts/sign-in.ts";
import { addressOf } from "#server/auth/address.ts";
import { areCookiesSecure, cookieSeconds, readDeviceCookie, sessionCookieName } from "#server/auth/cookie.ts";
import { env } from "#server/env.ts";
import { Refusal } from "#server/refusal.ts";
import { nameError } from "#server/trpc/name-error.ts";

/** What a sign-in leaves for `http.ts` to hand out, because next-auth sets no cookie but its own. */
export type AuthNotes = { device?: string };

/** A refusal crosses next-auth as its message: JSON, which `client/accounts/sign-in.ts` reads back. */
async function authorize(
  credentials: Record<"login" | "password", string> | undefined,
  request: { headers?: Record<string, string> },
  notes: AuthNotes,
) {
  const headers = new Headers(request.headers);
  const input = signInInput.safeParse({ ...credentials, label: headers.get("user-agent")?.slice(0, 120) });
  try {
    if (!input.success) throw new Refusal("invalid_credentials");
    const visitor = { address: addressOf(headers), device: readDeviceCookie(headers) };
    const { personId, sessionId, device } = await signInForCookie(visitor, input.data);
    notes.device = device;
    return { id: personId, sessionId };
  } catch (error) {
    const { reason, params } = nameError(error, { path: "auth", requestId: crypto.randomUUID() });
    throw new Error(JSON.stringify({ reason, params }));
  }
}

/**
 * next-auth holds the cookie; the session row behind it holds the truth. Built per call, since it reads the
 * environment.
 */
export function authOptions(notes: AuthNotes): NextAuthOptions {
  return {
    secret: env().nextauthSecret,
    // The cookie outlives the session row on purpose: the row's sliding thirty days decide, the cookie only names it.
    session: { strategy: "jwt", maxAge: cookieSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: areCookiesSecure(),
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: areCookiesSecure() },
      },
    },
    providers: [
      Credentials({
        credentials: { login: { type: "text" }, password: { type: "password" } },
        authorize: (credentials, request) => authorize(credentials, request, notes),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && "sessionId" in user ? { sub: user.id, sid: user.sessionId } : token),
      session: ({ session }) => session,
      // Our pages lead on by themselves (`client/accounts/next-address.ts`); next-auth's own rule throws at what is no
      // address.
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sub !== "string" || typeof token.sid !== "string") return;
        await revokeSession({ personId: token.sub, sessionId: token.sid }, { sessionId: token.sid });
      },
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}
