import { limits } from "#contracts/limits.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { hmac, isSignedByKey, readToken, type Secrets, writeToken } from "#server/realtime/hmac.ts";

const purpose = "imchat-signin";

type Claims = Me & { exp: number };

function secrets(): Secrets {
  const { realtimeSecret, realtimeSecretPrevious } = env();
  return [realtimeSecret, realtimeSecretPrevious];
}

/**
 * A ticket signs a person in to any worker on any socket for a few minutes, so reconnecting clients need no other
 * request. Sent inside a frame, never in a URL or a log. Synchronous, for a worker verifies thousands of them when all
 * clients reconnect (decision 0014).
 */
export function makeTicket({ personId, sessionId }: Me, now = Date.now()): { ticket: string; expiresAt: Date } {
  const expiresAt = new Date(now + limits.ticketSeconds * 1_000);
  const claims: Claims = { personId, sessionId, exp: expiresAt.getTime() };
  return { ticket: writeToken(env().realtimeSecret, purpose, claims), expiresAt };
}

/**
 * The identity in the ticket; null when it is forged, expired, or signed for another purpose or with a secret that is
 * no longer used.
 */
export function readTicket(ticket: string, now = Date.now()): Me | null {
  const claims = readToken(secrets(), purpose, ticket) as Claims | null; // signed for this purpose by makeTicket alone
  return claims && claims.exp > now ? { personId: claims.personId, sessionId: claims.sessionId } : null;
}

/** The Pusher protocol's own signature, bound to one socket: `key:HMAC(secret, text)`. */
export const signFor = (text: string) => `${env().realtimeKey}:${hmac(env().realtimeSecret, text)}`;
export const signinText = (socketId: string, userData: string) => `${socketId}::user::${userData}`;
export const subscribeText = (socketId: string, channel: string) => `${socketId}:${channel}`;

export const isSignature = (auth: string, text: string) => isSignedByKey(env().realtimeKey, secrets(), text, auth);
