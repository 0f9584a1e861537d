import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Reason, RefusalData } from "#contracts/refusals.ts";
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
  if (caller === "foreign") return refuse(403, "origin_refused");
  const response = request.method === "OPTIONS" ? new Response(null, { status: 204 }) : await call(request, caller);
  const headers = new Headers(response.headers);
  headers.set("cache-control", "private, no-store");
  headers.set("vary", "origin, cookie, authorization");
  if (caller === "allowed") allow(headers, request.headers.get("origin") ?? "");
  return new Response(response.body, { status: response.status, headers });
}

async function call(request: Request, caller: Caller): Promise<Response> {
  const context = createContext(request.headers, caller === "own" || caller === "program");
  const { requestId } = context;
  try {
    // A form can be posted from anywhere without a preflight; JSON cannot.
    if (request.method === "POST" && !request.headers.get("content-type")?.startsWith("application/json")) {
      return refuse(415, "input_invalid", requestId);
    }
    const body = await readBoundedBody(request, maxBodyBytes);
    if (body === "too_large") return refuse(413, "input_invalid", requestId);
    const { url, method, headers, signal } = request;
    return await fetchRequestHandler({
      endpoint,
      req: method === "POST" ? new Request(url, { method, headers, signal, body: body.bytes }) : request,
      router: appRouter,
      createContext: () => context,
      // What procedures do not answer themselves; a refusal of tRPC's own (no such path) is not logged.
      onError: ({ error, path = "" }) =>
        error.code === "INTERNAL_SERVER_ERROR" && nameError(error, { path, requestId }),
      allowBatching: true,
      maxBatchSize: maxBatch,
    });
  } catch (error) {
    const { reason } = nameError(error, { path: new URL(request.url).pathname, requestId });
    return refuse(reason === "unavailable" ? 503 : 500, reason, requestId);
  }
}

/** No credentials: other frontends bring a bearer token, never our cookie. */
function allow(headers: Headers, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-allow-methods", "GET, POST");
  headers.set("access-control-allow-headers", "authorization, content-type, trpc-accept");
  headers.set("access-control-max-age", "600");
}

function refuse(status: number, reason: Reason, requestId: string = crypto.randomUUID()): Response {
  const data: RefusalData = { reason, params: {}, requestId };
  return Response.json(
    { error: { message: data.reason, code: -32600, data } },
    { status, headers: { "cache-control": "private, no-store" } },
  );
}
