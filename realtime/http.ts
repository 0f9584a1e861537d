import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "#realtime/config.ts";
import type { Metrics } from "#realtime/metrics.ts";
import { answerApi, type HttpApiOptions } from "#realtime/pusher/http-api.ts";
import { isEqual } from "#server/realtime/hmac.ts";

export type HttpOptions = { config: Config; api: HttpApiOptions; metrics: Metrics; isHealthy: () => boolean };

/**
 * Answers plain HTTP: `/healthz`, `/readyz`, `/metrics`, and the HTTP API of the apps under `/apps/`. One of
 * several workers answers `/readyz` and `/metrics` for all.
 */
export function answerHttp(request: IncomingMessage, response: ServerResponse, url: URL, options: HttpOptions): void {
  const { path: prefix } = options.config;
  const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
  if (path.startsWith("/apps/")) void answerApi(options.api, request, response, url, path);
  else if (path === "/metrics") void answerMetrics(request, response, options);
  else if (path === "/healthz") reply(response, 200, { ok: true });
  else if (path === "/readyz") void answerReadiness(response, options);
  else reply(response, 404, { ok: false });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

async function answerReadiness(response: ServerResponse, { config, isHealthy }: HttpOptions): Promise<void> {
  const ok = (await config.primary?.ask("readiness")) ?? isHealthy();
  reply(response, ok ? 200 : 503, { ok });
}

async function answerMetrics(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  if (!mayReadMetrics(request, options.config.metricsToken)) return reply(response, 404, { ok: false });
  const { type, body } = await options.metrics.page();
  const ofAll = await options.config.primary?.ask("metrics");
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(ofAll ?? body);
}

/**
 * With a token configured, the request must carry it. Without one, only local programs may read, not through a proxy.
 */
function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return isEqual(headers.authorization ?? "", `Bearer ${token}`);
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");
  return isLocal && headers["x-forwarded-for"] === undefined && headers.forwarded === undefined;
}
