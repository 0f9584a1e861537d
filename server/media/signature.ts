import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "#server/env.ts";

/**
 * Addresses of the media server contain everything it needs to know and a signature over it: `exp` (Unix
 * seconds), whatever else, and `sig`, HMAC-SHA256 over the method, the path and the other parameters in their order.
 */
function sign(secret: string, method: string, path: string, parameters: URLSearchParams): Buffer {
  return createHmac("sha256", secret).update(`${method} ${path}?${parameters}`).digest();
}

/** `GET` stands for HEAD too. */
export function signedAddress(
  base: string,
  method: "GET" | "PUT",
  path: string,
  said: Record<string, string>,
  expires: Date,
): string {
  const parameters = new URLSearchParams({ ...said, exp: String(Math.floor(expires.getTime() / 1_000)) });
  const signature = sign(env().mediaSecret, method, path, parameters).toString("base64url");
  return `${base}${path}?${parameters}&sig=${signature}`;
}

/** What the address says, or null when it is forged, of the wrong method, or over. */
export function readSigned(method: "GET" | "PUT", path: string, search: string, now = Date.now()) {
  const parameters = new URLSearchParams(search);
  const signature = Buffer.from(parameters.get("sig") ?? "", "base64url");
  parameters.delete("sig");
  const { mediaSecret, mediaSecretPrevious } = env();
  const secrets = mediaSecretPrevious ? [mediaSecret, mediaSecretPrevious] : [mediaSecret];
  const genuine = secrets.some((secret) => {
    const expected = sign(secret, method, path, parameters);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  const expires = Number(parameters.get("exp")) * 1_000;
  return genuine && expires > now ? { parameters, expires: new Date(expires) } : null;
}
