import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "#realtime/config.ts";
import type { Metrics } from "#realtime/metrics.ts";
import { answerApi, type HttpApiOptions } from "#realtime/pusher/http-api.ts";
import { isEqual } from "#server/realtime/hmac.ts";

export type HttpOptions = { config: Config; api: HttpApiOptions; metrics: Metrics; isHealthy: () => boolean };

/** Answers plain HTTP: `/healthz`, `/readyz`, `/metrics`, and the HTTP API of the apps under `/apps/`. */
export function answerHttp(request: IncomingMessage, response: ServerResponse, url: URL, options: HttpOptions): void {
  const { path: prefix } = options.config;
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
  if (path.startsWith("/apps/")) void answerApi(options.api, request, response, url, path);
  else if (path === "/metrics") void answerMetrics(request, response, options);
  else if (path === "/healthz") reply(response, 200, { ok: true });
  else if (path === "/readyz") reply(response, options.isHealthy() ? 200 : 503, { ok: options.isHealthy() });
  else reply(response, 404, { ok: false });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

async function answerMetrics(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  if (!mayReadMetrics(request, options.config.metricsToken)) return reply(response, 404, { ok: false });
  const { type, body } = await options.metrics.page();
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
}

/**
 * With a token configured, the request must carry it. Without one, only local programs may read, not through a proxy.
 */
function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return isEqual(headers.authorization ?? "", `Bearer ${token}`);
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");
  return isLocal && headers["x-forwarded-for"] === undefined && headers.forwarded === undefined;
}
