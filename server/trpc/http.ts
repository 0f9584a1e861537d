import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Reason, RefusalData } from "#contracts/refusals.ts";
import { sessionCookieName } from "#server/auth/cookie.ts";
import { readBoundedBody } from "#server/bounded-body.ts";
import { createContext } from "#server/trpc/context.ts";
import { nameError } from "#server/trpc/name-error.ts";
import { type Caller, callerOf } from "#server/trpc/origin.ts";
import { appRouter } from "#server/trpc/root.ts";

const endpoint = "/api/trpc";
/** The largest message is 40 KB of UTF-8, six times that when JSON escapes it; a batch holds a few calls. */
const maxBodyBytes = 1_000_000;
const maxBatch = 20;

/** The product over HTTP: GET for queries, POST for mutations, OPTIONS for the browsers of allowed frontends. */
export async function handleTrpc(request: Request): Promise<Response> {
  const caller = callerOf(request.headers);
  if (caller === "foreign") return refuse(403, "origin_not_allowed");
  const headers = headersFor(request, caller);
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
  const context = createContext(request.headers, caller === "own" || caller === "program");
  const { requestId } = context;
  try {
    const read = await readCall(request);
    if (typeof read === "number") return refuse(read, "invalid_input", requestId, headers);
    return await fetchRequestHandler({
      endpoint,
      req: read,
      router: appRouter,
      createContext: () => context,
      // Said here, because a Response that is made again costs as much as the call.
      responseMeta: ({ errors }) => {
        if (hasEndedSession(request.headers, errors)) headers.set("clear-site-data", '"cache", "storage"');
        return { headers };
      },
      // What procedures do not answer themselves; a refusal of tRPC's own (no such path) is not logged.
      onError: ({ error, path = "" }) =>
        error.code === "INTERNAL_SERVER_ERROR" && nameError(error, { path, requestId }),
      allowBatching: true,
      maxBatchSize: maxBatch,
    });
  } catch (error) {
    const { reason } = nameError(error, { path: new URL(request.url).pathname, requestId });
    return refuse(reason === "unavailable" ? 503 : 500, reason, requestId, headers);
  }
}

/**
 * A browser that shows the cookie of a session that is no more: it was ended elsewhere, so nothing of it shall stay
 * here.
 */
const hasEndedSession = (headers: Headers, errors: readonly { message: string }[]) =>
  errors.some(({ message }) => message === "unauthenticated") &&
  headers.get("cookie")?.includes(`${sessionCookieName()}=`) === true;

/** The request with its body read, or the status that refuses it. */
async function readCall(request: Request): Promise<Request | 413 | 415> {
  if (request.method !== "POST") return request;
  // A form can be posted from anywhere without a preflight; JSON cannot.
  if (!request.headers.get("content-type")?.startsWith("application/json")) return 415;
  const body = await readBoundedBody(request, maxBodyBytes);
  if (body === "too_large") return 413;
  const { url, method, headers, signal } = request;
  const json = async () => JSON.parse(Buffer.from(body.bytes).toString());
  // All that tRPC reads of a request with a JSON body; building a real Request costs a fifth of the call.
  return { url, method, headers, signal, json } as Request;
}

/** No credentials for allowed frontends: they bring a bearer token, never our cookie. */
function headersFor(request: Request, caller: Caller): Headers {
  const headers = new Headers({ "cache-control": "private, no-store", vary: "origin, cookie, authorization" });
  if (caller !== "allowed") return headers;
  headers.set("access-control-allow-origin", request.headers.get("origin") ?? "");
  headers.set("access-control-allow-methods", "GET, POST");
  headers.set("access-control-allow-headers", "authorization, content-type, trpc-accept");
  headers.set("access-control-max-age", "600");
  return headers;
}

function refuse(
  status: number,
  reason: Reason,
  requestId: string = crypto.randomUUID(),
  headers: HeadersInit = { "cache-control": "private, no-store" },
): Response {
  const data: RefusalData = { reason, params: {}, requestId };
  return Response.json({ error: { message: data.reason, code: -32600, data } }, { status, headers });
}
