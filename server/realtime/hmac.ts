import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 as hexadecimal digits: the signature of tickets and of the Pusher protocol. */
export const hmac = (secret: string, text: string | Buffer) => createHmac("sha256", secret).update(text).digest("hex");

/** Compares in constant time for texts of equal length. */
export function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
