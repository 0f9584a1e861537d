import { createHmac, timingSafeEqual } from "node:crypto";

type Encoding = "hex" | "base64url";

/** HMAC-SHA256 as text. The Pusher protocol prescribes hexadecimal digits; base64url is shorter. */
export const hmac = (secret: string, text: string | Buffer, encoding: Encoding = "hex"): string =>
  createHmac("sha256", secret).update(text).digest(encoding);

/** Compares in constant time for texts of equal length. */
export function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The secrets that signatures are verified with: the current one and, during a rotation, the previous one. */
export type Secrets = readonly [current: string, previous: string | undefined];

/** Whether `signature` is the HMAC of `text` with one of the secrets. */
export function isSigned(secrets: Secrets, text: string, signature: string, encoding: Encoding = "hex"): boolean {
  return secrets.some((secret) => secret !== undefined && isEqual(hmac(secret, text, encoding), signature));
}

/** Whether `auth` is `<key>:<signature>`, the form of the Pusher protocol. The key is public. */
export function isSignedByKey(key: string, secrets: Secrets, text: string, auth: string): boolean {
  return auth.startsWith(`${key}:`) && isSigned(secrets, text, auth.slice(key.length + 1));
}

/**
 * A signed text for a later visit: `<base64url of JSON>.<signature>`. The purpose is part of what is signed, so a token
 * for one purpose is none for another. It has no colon, unlike the texts that the Pusher protocol signs.
 */
export function writeToken(secret: string, purpose: string, claims: unknown): string {
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${body}.${hmac(secret, `${purpose}.${body}`)}`;
}

/** The claims as they were written; null when the token is forged or for another purpose. */
export function readToken(secrets: Secrets, purpose: string, token: string): unknown {
  const [body = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || !isSigned(secrets, `${purpose}.${body}`, signature)) return null;
  return JSON.parse(Buffer.from(body, "base64url").toString());
}
