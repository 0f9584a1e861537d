import type * as z from "zod/mini";
import { inboxChannel } from "#contracts/channels.ts";
import type { Authorization, authorizeInput } from "#contracts/realtime.ts";
import { isHttps } from "#server/auth/address.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { makeTicket, signFor, signinText, subscribeText } from "#server/realtime/ticket.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The worker's address and a ticket for it. With a `socketId` also the Pusher protocol's own signatures: for a sign-in,
 * or for `channelName`, which can only be the caller's inbox. The contract validates the input before it becomes part
 * of a text to sign.
 */
export function authorizeRealtime(me: Me, input: z.infer<typeof authorizeInput>, workerUrl: string): Authorization {
  const { ticket, expiresAt } = makeTicket(me);
  const base = {
    url: workerUrl,
    key: env().realtimeKey,
    personId: me.personId,
    ticket,
    expiresAt: expiresAt.toISOString(),
  };
  if (!input.socketId) return base;
  if (input.channelName !== undefined) {
    if (input.channelName !== inboxChannel) throw new Refusal("forbidden");
    return { ...base, auth: signFor(subscribeText(input.socketId, input.channelName)) };
  }
  const userData = JSON.stringify({ id: me.personId, user_info: { sessionId: me.sessionId } });
  return { ...base, auth: signFor(signinText(input.socketId, userData)), userData };
}

/** REALTIME_URL, else the host of the request, with WORKER_PORT and WORKER_PATH. */
export function workerUrlFor(headers: Headers): string {
  const { realtimeUrl, workerPort, workerPath } = env();
  if (realtimeUrl) return realtimeUrl.replace(/^http/, "ws").replace(/\/$/, "");
  const secure = isHttps(headers);
  const host = new URL(`http://${headers.get("host") ?? "localhost"}`).hostname;
  return `${secure ? "wss" : "ws"}://${host}:${workerPort}${workerPath}`;
}
