import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { RefusalData } from "#contracts/refusals.ts";
import { createContext } from "#server/trpc/context.ts";
import { type Caller, callerOf } from "#server/trpc/origin.ts";
import { appRouter } from "#server/trpc/root.ts";

const endpoint = "/api/trpc";
/** The largest message is 40 KB of UTF-8, six times that when JSON escapes it; a batch holds a few calls. */
const maxBodyBytes = 1_000_000;
const maxBatch = 20;

/** The product over HTTP: GET for queries, POST for mutations, OPTIONS for the browsers of allowed frontends. */
export async function handleTrpc(request: Request): Promise<Response> {
  const caller = callerOf(request.headers);
  if (caller === "foreign") return refuse(403);
  const response = request.method === "OPTIONS" ? new Response(null, { status: 204 }) : await call(request, caller);
  const headers = new Headers(response.headers);
  headers.set("cache-control", "private, no-store");
  headers.set("vary", "origin, cookie, authorization");
  if (caller === "allowed") allow(headers, request.headers.get("origin") ?? "");
  return new Response(response.body, { status: response.status, headers });
}

async function call(request: Request, caller: Caller): Promise<Response> {
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > maxBodyBytes) return refuse(413);
  // A form can be posted from anywhere without a preflight; JSON cannot.
  if (request.method === "POST" && !request.headers.get("content-type")?.startsWith("application/json")) {
    return refuse(415);
  }
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    createContext: () => createContext(request.headers, caller === "own" || caller === "program"),
    allowBatching: true,
    maxBatchSize: maxBatch,
  });
}

/** No credentials: other frontends bring a bearer token, never our cookie. */
function allow(headers: Headers, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-allow-methods", "GET, POST");
  headers.set("access-control-allow-headers", "authorization, content-type, trpc-accept");
  headers.set("access-control-max-age", "600");
}

function refuse(status: 403 | 413 | 415): Response {
  const data: RefusalData = { reason: status === 403 ? "origin_refused" : "input_invalid", params: {}, requestId: "" };
  return Response.json(
    { error: { message: data.reason, code: -32600, data } },
    { status, headers: { "cache-control": "private, no-store" } },
  );
}
