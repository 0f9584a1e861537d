import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { socketHeader } from "#server/auth/address.ts";
import { env } from "#server/env.ts";

/** A year. Without includeSubDomains: other hosts of the domain are not ours to speak for. */
export const strictTransport = "max-age=31536000";

const kept = globalThis as { imchatWatches?: true };

/**
 * Sees every HTTP request of this process before Next does: notes the address of its socket for `addressOf`, and tells
 * browsers to come back over https where the public address is https. Node publishes the channel in the same turn,
 * before any listener of the server. On Vercel there is no server of ours; the platform does both.
 */
export function watchRequests(): void {
  if (kept.imchatWatches) return;
  kept.imchatWatches = true;
  const secure = env().nextauthUrl?.startsWith("https://") ?? false;
  const header = socketHeader();
  subscribe("http.server.request.start", (message) => {
    // What Node's documentation says of this channel.
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    request.headers[header] = request.socket.remoteAddress ?? "unknown";
    if (secure) response.setHeader("strict-transport-security", strictTransport);
  });
  // `next dev` has a socket of its own, for reloading.
  if (process.env.NODE_ENV === "production") refuseUpgrades();
}

/**
 * Nothing in the web process speaks another protocol than HTTP, and Next leaves a connection that asks for one open for
 * ever. The server is Next's: it is met at its first connection, before Node has read a request from it.
 */
function refuseUpgrades(): void {
  const met = new WeakSet<Server>();
  subscribe("net.server.socket", (message) => {
    // What Node's documentation says of this channel; the server stands in no type.
    const { server } = (message as { socket: Socket & { server?: unknown } }).socket;
    if (!(server instanceof Server) || met.has(server)) return;
    met.add(server);
    server.removeAllListeners("upgrade");
    server.on("upgrade", (_request, stream) => {
      stream.on("error", () => stream.destroy());
      stream.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", () => stream.destroy());
    });
  });
}
