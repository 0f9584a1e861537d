import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import type { Reason } from "#contracts/refusals.ts";
import { writeDeviceCookie } from "#server/auth/cookie.ts";
import { type AuthNotes, authOptions } from "#server/auth/options.ts";
import { readBoundedBody } from "#server/bounded-body.ts";
import { nameError } from "#server/trpc/name-error.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** A login, a password and a token: a form of a few hundred bytes. */
const maxBodyBytes = 16_384;
const notStored = { "cache-control": "private, no-store" };

/** next-auth's own routes: the CSRF token, the credentials callback, sign-out. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const requestId = crypto.randomUUID();
  const refuse = (status: number, reason: Reason = "invalid_input") =>
    Response.json({ reason, requestId }, { status, headers: notStored });
  try {
    const body = await readBoundedBody(request, maxBodyBytes);
    if (body === "too_large") return refuse(413);
    const { url, method, headers } = request;
    const bounded = method === "POST" ? new NextRequest(url, { method, headers, body: body.bytes }) : request;
    const notes: AuthNotes = {};
    const response: Response = await NextAuth(authOptions(notes))(bounded, context);
    // Faults throw. What it answers with 500 by itself is a call that it does not take: an address that is none, a GET
    // of the
    // callback. Its secret, the other reason, is checked when the process starts.
    if (response.status >= 500) return refuse(400);
    if (notes.device) response.headers.append("set-cookie", writeDeviceCookie(notes.device));
    response.headers.set("cache-control", "private, no-store");
    return response;
  } catch (error) {
    const { reason } = nameError(error, { path: "auth", requestId });
    return refuse(reason === "unavailable" ? 503 : reason === "internal_error" ? 500 : 400, reason);
  }
}
