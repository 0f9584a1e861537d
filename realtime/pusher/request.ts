import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AppSettings } from "#realtime/pusher/settings.ts";
import { isEqual, isSigned } from "#server/realtime/hmac.ts";

/** An error answer of the HTTP API. The message is meant for the developer of the backend. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Ten events of 10 KB with their names; JSON escapes may multiply the size. */
const maxBodyBytes = 1024 * 1024;
const clockSkewSeconds = 600;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new ApiError(413, "the body is larger than 1 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Verifies that a request comes from the app's backend; throws an ApiError. In this order: key, version and timestamp,
 * the body's MD5, the signature `HMAC(secret, METHOD \n path \n query)`, where the query has every other parameter,
 * sorted, with decoded values. `paths`: libraries differ in whether they sign a folder in front of `/apps/`.
 */
export function verifyRequest(
  app: AppSettings,
  method: string,
  url: URL,
  paths: readonly string[],
  body: Buffer,
  now = Date.now(),
): void {
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  if (query.get("auth_key") !== app.key) throw new ApiError(401, "auth_key is not a key of this app");
  if (query.get("auth_version") !== "1.0") throw new ApiError(401, "auth_version must be 1.0");
  const timestamp = Number(query.get("auth_timestamp"));
  if (!(Math.abs(now / 1_000 - timestamp) <= clockSkewSeconds)) {
    throw new ApiError(401, "auth_timestamp is more than 600 s away from the server's clock");
  }
  // Without a body the MD5 may be absent; some libraries send the MD5 of an empty body.
  const md5 = query.get("body_md5") || (body.length === 0 ? md5Of(body) : "");
  if (!isEqual(md5, md5Of(body))) throw new ApiError(401, "body_md5 is not the MD5 of the body");
  const signature = query.get("auth_signature") ?? "";
  query.delete("auth_signature");
  const names = [...query.keys()].sort();
  const canonicalQuery = names.map((name) => `${name}=${query.get(name)}`).join("&");
  const genuine = paths.some((path) => {
    const text = [method.toUpperCase(), path, canonicalQuery].join("\n");
    return isSigned([app.secret, app.secretPrevious], text, signature);
  });
  if (!genuine) throw new ApiError(401, "auth_signature is not valid");
}

const md5Of = (body: Buffer) => createHash("md5").update(body).digest("hex");
