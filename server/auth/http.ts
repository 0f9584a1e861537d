import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { writeDeviceCookie } from "#server/auth/cookie.ts";
import { authOptions, type SignedIn } from "#server/auth/options.ts";
import { readBoundedBody } from "#server/bounded-body.ts";
import { nameError } from "#server/trpc/name-error.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** A login, a password and a token: a form of a few hundred bytes. */
const maxBodyBytes = 16_384;
const notStored = { "cache-control": "private, no-store" };

/** next-auth's own routes: the CSRF token, the credentials callback, sign-out. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const body = await readBoundedBody(request, maxBodyBytes);
    if (body === "too_large") {
      return Response.json({ reason: "input_invalid", requestId }, { status: 413, headers: notStored });
    }
    const { url, method, headers } = request;
    const bounded = method === "POST" ? new NextRequest(url, { method, headers, body: body.bytes }) : request;
    const signedIn: SignedIn = {};
    const response: Response = await NextAuth(authOptions(signedIn))(bounded, context);
    if (signedIn.device) response.headers.append("set-cookie", writeDeviceCookie(signedIn.device));
    response.headers.set("cache-control", "private, no-store");
    return response;
  } catch (error) {
    const { reason } = nameError(error, { path: "auth", requestId });
    const status = reason === "unavailable" ? 503 : reason === "input_invalid" ? 400 : 500;
    return Response.json({ reason, requestId }, { status, headers: notStored });
  }
}
