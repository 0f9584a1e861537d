import { type NextRequest, NextResponse } from "next/server";

const development = process.env.NODE_ENV === "development";

/** The name that the browser used; null when it is no name. */
function hostOf(request: NextRequest): string | null {
  // The Host header, not nextUrl: behind a proxy only the header holds it.
  const hostname = (request.headers.get("host") ?? request.nextUrl.host).replace(/:\d+$/, "");
  return /^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f:]+\]$/.test(hostname) ? hostname : null;
}

/** Where the browser may open a socket: the configured worker, or the worker's port on the host that was asked. */
function workerSources(request: NextRequest): string {
  const configured = process.env.REALTIME_URL;
  if (configured && URL.canParse(configured)) return new URL(configured).origin.replace(/^http/, "ws");
  const host = hostOf(request);
  const port = process.env.WORKER_PORT || "6001";
  return host ? `ws://${host}:${port} wss://${host}:${port}` : "";
}

/** Where files are sent to and come from: the media server, on the host that was asked unless configured, and the bucket. */
function mediaSources(request: NextRequest): string {
  const { MEDIA_STORAGE, S3_ENDPOINT, MEDIA_URL } = process.env;
  const bucket = MEDIA_STORAGE === "s3" && S3_ENDPOINT && URL.canParse(S3_ENDPOINT) ? new URL(S3_ENDPOINT).origin : "";
  return `${mediaServer(request, MEDIA_URL)} ${bucket}`.trim();
}

function mediaServer(request: NextRequest, configured: string | undefined): string {
  if (configured && URL.canParse(configured)) return new URL(configured).origin;
  const host = hostOf(request);
  const port = process.env.JOBS_PORT || "6002";
  return host ? `http://${host}:${port} https://${host}:${port}` : "";
}

function contentPolicy(request: NextRequest, nonce: string): string {
  const media = mediaSources(request);
  return [
    "default-src 'self'",
    // React needs eval in development only, to rebuild the server's stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Inline styles carry the avatars' colours and the libraries' positions.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${media}`.trim(),
    `media-src 'self' blob: ${media}`.trim(),
    "font-src 'self'",
    // The dev server reloads over a socket of its own origin, which 'self' covers in every current browser.
    `connect-src 'self' ${workerSources(request)} ${media}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
    "worker-src 'self'",
  ].join("; ");
}

/** Percent escapes that are not UTF-8 name no page, and make Next throw. */
function isDecodable(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname) !== "";
  } catch {
    return false;
  }
}

export function proxy(request: NextRequest) {
  if (!isDecodable(request.nextUrl.pathname)) return new NextResponse(null, { status: 400 });
  // Pages are read; what is written goes to the API. Next would keep a copy of a body for the page.
  if (request.method !== "GET" && request.method !== "HEAD") return new NextResponse(null, { status: 405 });
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentPolicy(request, nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce out of this header and puts it on its own scripts.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  // Layouts do not know their address; the signed-in one needs it to come back after signing in.
  headers.set("x-address", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** Pages only: files of the build and of public/ are public, and the API sets its own headers. */
export const config = {
  matcher: ["/((?!api/|_next/static/|_next/image|icons/|sw\\.js|manifest\\.webmanifest|icon\\.svg|apple-icon).*)"],
};
