import { createHash } from "node:crypto";
import { limits } from "#contracts/limits.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { hmac, isEqual } from "#server/realtime/hmac.ts";

const purpose = "imchat-signin";

const keyIdOf = (secret: string) => createHash("sha256").update(secret).digest("hex").slice(0, 8);

/** The current secret, and the previous one during a rotation. */
function secrets(): string[] {
  const { realtimeSecret, realtimeSecretPrevious } = env();
  return realtimeSecretPrevious ? [realtimeSecret, realtimeSecretPrevious] : [realtimeSecret];
}

/**
 * A ticket signs a person in to any worker on any socket for a few minutes, so reconnecting clients need no other
 * request. `<base64url of JSON>.<hex HMAC-SHA256>`; sent inside a frame, never in a URL or a log.
 */
export function makeTicket(me: Me, now = Date.now()): { ticket: string; expiresAt: Date } {
  const { realtimeSecret } = env();
  const expiresAt = new Date(now + limits.ticketSeconds * 1_000);
  const claims = { purpose, ...me, exp: expiresAt.getTime(), keyId: keyIdOf(realtimeSecret) };
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return { ticket: `${body}.${hmac(realtimeSecret, body)}`, expiresAt };
}

/**
 * The identity in the ticket; null when it is forged, expired, or signed for another purpose or with a secret that is
 * no longer used.
 */
export function readTicket(ticket: string, now = Date.now()): Me | null {
  const [body = "", signature = "", ...rest] = ticket.split(".");
  if (rest.length > 0 || !secrets().some((secret) => isEqual(hmac(secret, body), signature))) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
    if (typeof claims !== "object" || claims === null) return null;
    const { purpose: purposeClaim, personId, sessionId, exp } = claims as Record<string, unknown>;
    if (purposeClaim !== purpose || typeof exp !== "number" || exp <= now) return null;
    return typeof personId === "string" && typeof sessionId === "string" ? { personId, sessionId } : null;
  } catch {
    return null;
  }
}

/** The Pusher protocol's own signature, bound to one socket: `key:HMAC(secret, text)`. */
export const signFor = (text: string) => `${env().realtimeKey}:${hmac(env().realtimeSecret, text)}`;
export const signinText = (socketId: string, userData: string) => `${socketId}::user::${userData}`;
export const subscribeText = (socketId: string, channel: string) => `${socketId}:${channel}`;

export function isSignature(auth: string, text: string): boolean {
  return secrets().some((secret) => isEqual(auth, `${env().realtimeKey}:${hmac(secret, text)}`));
}
