import { env } from "#server/env.ts";
import { hmac, isSigned } from "#server/realtime/hmac.ts";

/**
 * Addresses of the media server contain everything it needs to know and a signature over it: `exp` (Unix
 * seconds), whatever else, and `sig`, HMAC-SHA256 over the method, the path and the other parameters in their order.
 */
const signedText = (method: string, path: string, parameters: URLSearchParams) => `${method} ${path}?${parameters}`;

/** `GET` stands for HEAD too. */
export function signedAddress(
  base: string,
  method: "GET" | "PUT",
  path: string,
  said: Record<string, string>,
  expires: Date,
): string {
  const parameters = new URLSearchParams({ ...said, exp: String(Math.floor(expires.getTime() / 1_000)) });
  const signature = hmac(env().mediaSecret, signedText(method, path, parameters), "base64url");
  return `${base}${path}?${parameters}&sig=${signature}`;
}

/** What the address says, or null when it is forged, of the wrong method, or over. */
export function readSigned(method: "GET" | "PUT", path: string, search: string, now = Date.now()) {
  const parameters = new URLSearchParams(search);
  const signature = parameters.get("sig") ?? "";
  parameters.delete("sig");
  const { mediaSecret, mediaSecretPrevious } = env();
  const text = signedText(method, path, parameters);
  const genuine = isSigned([mediaSecret, mediaSecretPrevious], text, signature, "base64url");
  const expires = Number(parameters.get("exp")) * 1_000;
  return genuine && expires > now ? { parameters, expires: new Date(expires) } : null;
}
