/**
 * A storage that speaks S3 as far as the product does, and verifies everything: signatures in headers and in addresses
 * are computed again from what arrived (AWS Signature Version 4), addresses expire, parts are known by their ETags.
 * Written from the specification, with none of the code that signs.
 */
import { createHash, createHmac, randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type S3 = {
  endpoint: string;
  objects: Map<string, { bytes: Buffer; type: string; at: Date }>;
  /** Uploads that are under way: key and parts. */
  uploads: Map<string, { key: string; parts: Map<number, { bytes: Buffer; etag: string }> }>;
  /** Every answer that was no success, as `METHOD path status code`. */
  refused: string[];
  /** Until it is false again, every request is answered 503. */
  down: boolean;
  /** Until it is null again, copies and completions fail late: with this answer, and status 200. */
  late: string | null;
  close(): void;
};

type Credentials = { bucket: string; region: string; accessKey: string; secretKey: string };
type Answer = { status: number; body?: string | Buffer; headers?: Record<string, string> };

/** Only letters, digits and -._~ stay as they are. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const hash = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const md5 = (bytes: Buffer) => `"${createHash("md5").update(bytes).digest("hex")}"`;

/** As storages write: with a declaration, a namespace, and room between the elements. */
const xml = (root: string, inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n  ${inside}\n</${root}>\n`;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#34;");

const refusal = (status: number, code: string): Answer => ({ status, body: xml("Error", `<Code>${code}</Code>`) });

/** What is wrong with the signature; null when it is genuine. */
function judge(request: IncomingMessage, url: URL, body: Buffer, settings: Credentials): string | null {
  const query = [...url.searchParams];
  const inQuery = url.searchParams.has("X-Amz-Signature");
  const header = request.headers.authorization ?? "";
  const said = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(header)?.[1] ?? "";
  const [credential, signedHeaders, signature, date] = inQuery
    ? ["Credential", "SignedHeaders", "Signature", "Date"].map((name) => url.searchParams.get(`X-Amz-${name}`) ?? "")
    : [said("Credential"), said("SignedHeaders"), said("Signature"), String(request.headers["x-amz-date"] ?? "")];
  if (!credential || !signedHeaders || !signature || !date) return "AccessDenied";
  const scope = [date.slice(0, 8), settings.region, "s3", "aws4_request"];
  if (credential !== [settings.accessKey, ...scope].join("/")) return "InvalidAccessKeyId";
  const headers = signedHeaders.split(";");
  if (!headers.includes("host")) return "AccessDenied";
  const began = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const lasts = inQuery ? Number(url.searchParams.get("X-Amz-Expires")) : 900;
  if (!(lasts >= 1 && lasts <= 604_800)) return "AuthorizationQueryParametersError";
  if (!(Date.now() < began + lasts * 1_000) || began > Date.now() + 900_000) return "RequestTimeTooSkewed";
  const payload = inQuery ? "UNSIGNED-PAYLOAD" : String(request.headers["x-amz-content-sha256"] ?? "");
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== hash(body)) return "XAmzContentSHA256Mismatch";
  const canonical = [
    request.method,
    url.pathname
      .split("/")
      .map((piece) => encode(decodeURIComponent(piece)))
      .join("/"),
    query
      .filter(([name]) => name !== "X-Amz-Signature")
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...headers.map(
      (name) =>
        `${name}:${String(request.headers[name] ?? "")
          .trim()
          .replace(/\s+/g, " ")}`,
    ),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), hash(canonical)].join("\n");
  const key = scope.reduce<string | Buffer>((under, step) => hmac(under, step), `AWS4${settings.secretKey}`);
  return hmac(key, text).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

const corsHeaders = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag" };

export async function startS3(settings: Credentials): Promise<S3> {
  const s3: Omit<S3, "endpoint" | "close"> = {
    objects: new Map(),
    uploads: new Map(),
    refused: [],
    down: false,
    late: null,
  };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const answer = serve(s3, settings, request, url, Buffer.concat(chunks));
    if (answer.status >= 400) {
      const code = /<Code>(\w+)/.exec(String(answer.body))?.[1] ?? "";
      s3.refused.push(`${request.method} ${url.pathname} ${answer.status} ${code}`);
    }
    write(request, response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // TCP: it has one
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return Object.assign(s3, { endpoint: `http://127.0.0.1:${port}`, close });
}

function write(request: IncomingMessage, response: ServerResponse, { status, body = "", headers = {} }: Answer): void {
  const cors = request.headers.origin ? corsHeaders : {};
  response.writeHead(status, { "content-length": Buffer.byteLength(body), ...cors, ...headers });
  response.end(request.method === "HEAD" ? "" : body);
}

type Store = Omit<S3, "endpoint" | "close">;

function serve(s3: Store, settings: Credentials, request: IncomingMessage, url: URL, body: Buffer): Answer {
  const { method = "GET" } = request;
  if (method === "OPTIONS") {
    return { status: 200, headers: { ...corsHeaders, "access-control-allow-methods": "GET, PUT" } };
  }
  if (s3.down) return refusal(503, "SlowDown");
  const wrong = judge(request, url, body, settings);
  if (wrong) return refusal(403, wrong);
  const [, bucket = "", ...rest] = url.pathname.split("/").map(decodeURIComponent);
  if (bucket !== settings.bucket) return refusal(404, "NoSuchBucket");
  const key = rest.join("/");
  const asks = url.searchParams;
  if (asks.get("list-type") === "2") return list(s3, asks);
  if (method === "POST" && asks.has("uploads")) {
    const id = randomUUID();
    s3.uploads.set(id, { key, parts: new Map() });
    return { status: 200, body: xml("InitiateMultipartUploadResult", `<UploadId>${id}</UploadId>`) };
  }
  if (asks.has("uploadId")) return multipart(s3, method, key, asks, body);
  if (method === "PUT") return put(s3, settings, request, key, body);
  if (method === "DELETE") {
    s3.objects.delete(key);
    return { status: 204 };
  }
  return get(s3, request, key, asks);
}

function multipart(s3: Store, method: string, key: string, asks: URLSearchParams, body: Buffer): Answer {
  const id = asks.get("uploadId") ?? "";
  const upload = s3.uploads.get(id);
  if (!upload || upload.key !== key) return refusal(404, "NoSuchUpload");
  if (method === "DELETE") {
    s3.uploads.delete(id);
    return { status: 204 };
  }
  if (method === "PUT") {
    const etag = md5(body);
    upload.parts.set(Number(asks.get("partNumber")), { bytes: body, etag });
    return { status: 200, headers: { etag } };
  }
  const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
  const parts = named.map(([, n, etag]) => ({ n: Number(n), etag: etag?.replaceAll("&quot;", '"') }));
  if (parts.length === 0) return refusal(400, "MalformedXML");
  if (parts.some(({ n }, at) => at > 0 && n <= (parts[at - 1]?.n ?? 0))) return refusal(400, "InvalidPartOrder");
  const bytes = parts.map(({ n, etag }) => {
    const part = upload.parts.get(n);
    return part?.etag === etag ? part?.bytes : undefined;
  });
  if (bytes.some((one) => one === undefined)) return refusal(400, "InvalidPart");
  const whole = bytes.flatMap((one) => one ?? []);
  if (whole.slice(0, -1).some((one) => one.length < 5 * 1024 * 1024)) return refusal(400, "EntityTooSmall");
  if (s3.late !== null) return { status: 200, body: s3.late };
  s3.objects.set(key, { bytes: Buffer.concat(whole), type: "", at: new Date() });
  s3.uploads.delete(id);
  return {
    status: 200,
    body: xml("CompleteMultipartUploadResult", `<ETag>${escaped(md5(Buffer.concat(whole)))}</ETag>`),
  };
}

function put(s3: Store, { bucket }: Credentials, request: IncomingMessage, key: string, body: Buffer): Answer {
  const from = request.headers["x-amz-copy-source"];
  const source = typeof from === "string" ? s3.objects.get(decodeURIComponent(from).replace(`/${bucket}/`, "")) : null;
  if (source === undefined) return refusal(404, "NoSuchKey");
  if (source && s3.late !== null) return { status: 200, body: s3.late };
  const type = source?.type ?? request.headers["content-type"] ?? "";
  s3.objects.set(key, { bytes: source?.bytes ?? body, type, at: new Date() });
  return {
    status: 200,
    headers: { etag: md5(source?.bytes ?? body) },
    body: source ? xml("CopyObjectResult", "") : "",
  };
}

function get(s3: Store, { headers }: IncomingMessage, key: string, asks: URLSearchParams): Answer {
  const object = s3.objects.get(key);
  if (!object) return refusal(404, "NoSuchKey");
  const said = {
    "content-type": asks.get("response-content-type") ?? object.type,
    "content-disposition": asks.get("response-content-disposition") ?? "inline",
    "cache-control": asks.get("response-cache-control") ?? "",
    etag: md5(object.bytes),
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
  if (!range) return { status: 200, body: object.bytes, headers: said };
  const [from, to] = [Number(range[1]), Number(range[2] || object.bytes.length - 1)];
  if (from >= object.bytes.length) return refusal(416, "InvalidRange");
  const part = object.bytes.subarray(from, to + 1);
  const where = { "content-range": `bytes ${from}-${from + part.length - 1}/${object.bytes.length}` };
  return { status: 206, body: part, headers: { ...said, ...where } };
}

/** Three to a page, so that there are pages. A token has characters that XML escapes. */
const tokenAfter = (key: string) => `"${key}"&<+/=`;

function list(s3: Store, asks: URLSearchParams): Answer {
  const token = asks.get("continuation-token");
  const after = token === null ? "" : /^"(.+)"&<\+\/=$/.exec(token)?.[1];
  if (after === undefined) return refusal(400, "InvalidArgument");
  const keys = [...s3.objects.keys()].filter((key) => key.startsWith(asks.get("prefix") ?? "") && key > after).sort();
  const page = keys.slice(0, 3);
  const entries = page.map((key) => {
    const at = s3.objects.get(key)?.at.toISOString();
    const etag = escaped(md5(s3.objects.get(key)?.bytes ?? Buffer.alloc(0)));
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${at}</LastModified><ETag>${etag}</ETag></Contents>`;
  });
  const next = escaped(tokenAfter(page.at(-1) ?? ""));
  const more = keys.length > 3 ? `<NextContinuationToken>${next}</NextContinuationToken>` : "";
  return { status: 200, body: xml("ListBucketResult", entries.join("\n  ") + more) };
}
