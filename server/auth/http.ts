import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own routes: the CSRF token, the credentials callback, sign-out. */
export async function handleAuth(request: Request, context: RouteContext): Promise<Response> {
  const response: Response = await NextAuth(authOptions())(request, context);
  response.headers.set("cache-control", "private, no-store");
  return response;
}
