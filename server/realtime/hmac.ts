import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 as hexadecimal digits: the signature of tickets and of the whole Pusher protocol. */
export const hmac = (secret: string, text: string | Buffer) => createHmac("sha256", secret).update(text).digest("hex");

/** Takes the same time however much of the two is alike. */
export function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
