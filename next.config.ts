import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** The same for every answer. What changes per request (the nonce of the content policy) is made in proxy.ts. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()" },
  { key: "X-Frame-Options", value: "DENY" },
];

const config: NextConfig = {
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Pages hold no data of their own (it all comes over tRPC), so a page seen once may be shown again without asking.
  // A page takes no body: what Next keeps of one before proxy.ts refuses it is as little as can be.
  experimental: { staleTimes: { dynamic: 300, static: 300 }, proxyClientMaxBodySize: 1_024 },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    { source: "/api/:path*", headers: [{ key: "Cache-Control", value: "private, no-store" }] },
    // A browser must notice a new worker at once, whatever stands between it and us.
    { source: "/sw.js", headers: [{ key: "Cache-Control", value: "no-cache" }] },
  ],
};

export default createNextIntlPlugin("./app/i18n.ts")(config);
