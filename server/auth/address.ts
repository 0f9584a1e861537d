import { env } from "#server/env.ts";
import { clientAddress } from "#server/realtime/client-address.ts";

const noted = globalThis as { imchatSocketHeader?: string };

/**
 * The header in which `watch-requests.ts` notes the address of a request's socket. Route handlers see headers only, and
 * Next keeps an X-Forwarded-For that the client sent. The name is random per process, so no client can send it.
 */
export const socketHeader = () => {
  noted.imchatSocketHeader ??= `x-imchat-socket-${crypto.randomUUID()}`;
  return noted.imchatSocketHeader;
};

/** The address that a request comes from, for limits: the socket's, or what TRUSTED_PROXIES proxies say of it. */
export function addressOf(headers: Headers): string {
  const socketAddress = headers.get(socketHeader()) ?? undefined;
  return clientAddress(socketAddress, headers.get("x-forwarded-for"), env().trustedProxies);
}

/** What the outermost trusted proxy says of the address that people opened; null without a trusted proxy. */
export function forwarded(headers: Headers, part: "host" | "proto"): string | null {
  const { trustedProxies } = env();
  const said = headers.get(`x-forwarded-${part}`)?.split(",");
  if (trustedProxies === 0 || !said) return null;
  return (said.at(-trustedProxies) ?? said[0])?.trim() || null;
}

/** Did people open this over https? A trusted proxy says so, else the public address. */
export const isHttps = (headers: Headers): boolean =>
  (forwarded(headers, "proto") ?? new URL(env().nextauthUrl ?? "http://localhost").protocol).startsWith("https");
