import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { addressOf, socketHeader } from "#server/auth/address.ts";
import { parseEnv } from "#server/env.ts";
import { clientAddress } from "#server/realtime/client-address.ts";

test.each([
  // Without a proxy of ours nothing that a client writes counts.
  [0, "203.0.113.9", "6.6.6.6", "203.0.113.9"],
  [0, "203.0.113.9", null, "203.0.113.9"],
  // One proxy: the last entry is the one it wrote; what the client sent before stands to the left of it.
  [1, "10.0.0.2", "6.6.6.6, 203.0.113.9", "203.0.113.9"],
  [1, "10.0.0.2", "203.0.113.9", "203.0.113.9"],
  [2, "10.0.0.2", "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
  // Fewer entries than proxies: the request went past one of them.
  [2, "10.0.0.2", "203.0.113.9", "203.0.113.9"],
  [1, "203.0.113.9", null, "203.0.113.9"],
  [1, "10.0.0.2", " , ", "10.0.0.2"],
  // One address, however it is written.
  [0, "::ffff:203.0.113.9", null, "203.0.113.9"],
  [1, "10.0.0.2", "203.0.113.9:51234", "203.0.113.9"],
  [1, "10.0.0.2", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"],
  // One subscriber, whichever of their addresses they choose.
  [0, "2001:db8:1:2::1", null, "2001:db8:1:2::/64"],
  [0, "2001:0DB8:0001:0002:ffff::9", null, "2001:db8:1:2::/64"],
  [0, "fe80::1%eth0", null, "fe80:0:0:0::/64"],
  [0, undefined, "6.6.6.6", "unknown"],
])(
  "with %i trusted proxies, a socket of %s and X-Forwarded-For %s, limits count %s",
  (trusted, socket, header, address) => {
    expect(clientAddress(socket, header, trusted)).toBe(address);
  },
);

test("no proxy is trusted unless a setting says so, and Vercel's own is", () => {
  const secrets = { NEXTAUTH_SECRET: "n", REALTIME_SECRET: "r", MEDIA_SECRET: "m", REALTIME_KEY: "k" };
  const complete = {
    ...Object.fromEntries(Object.entries(secrets).map(([name, letter]) => [name, letter.repeat(32)])),
    DATABASE_URL: "postgresql://localhost/x",
    NEXTAUTH_URL: "https://chat.example.com",
  };
  expect(parseEnv(complete).trustedProxies).toBe(0);
  expect(parseEnv({ ...complete, TRUSTED_PROXIES: "2" }).trustedProxies).toBe(2);
  expect(parseEnv({ ...complete, VERCEL: "1" }).trustedProxies).toBe(1);
  expect(parseEnv({ ...complete, VERCEL: "1", TRUSTED_PROXIES: "0" }).trustedProxies).toBe(0);
  expect(() => parseEnv({ ...complete, TRUSTED_PROXIES: "yes" })).toThrow(/TRUSTED_PROXIES must be the number/);
});

const servers: http.Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** What a server answers to these headers: the address it counts, and whether browsers are told to keep to https. */
async function ask(headers: Record<string, string>) {
  const server = http.createServer((request, response) => {
    response.end(addressOf(new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const response = await fetch(`http://127.0.0.1:${port}`, { headers });
  return { address: await response.text(), hsts: response.headers.get("strict-transport-security") };
}

test("a request's socket is noted under a name that no client can send, and https is asked for at an https address", async () => {
  process.env.NEXTAUTH_URL = "https://chat.example.com";
  expect(await ask({})).toEqual({ address: "unknown", hsts: null });
  const { watchRequests } = await import("#server/auth/watch-requests.ts");
  watchRequests();
  const there = { address: "127.0.0.1", hsts: "max-age=31536000" };
  expect(await ask({})).toEqual(there);
  expect(await ask({ "x-forwarded-for": "6.6.6.6", "x-imchat-socket": "6.6.6.6" })).toEqual(there);
  // Even a client that knew the name would be overwritten.
  expect(await ask({ [socketHeader()]: "6.6.6.6" })).toEqual(there);
});

test("an address of the worker or of files is https where people came over https", async () => {
  const { isHttps } = await import("#server/auth/address.ts");
  // The public address of this file is https, and no proxy is trusted: what a client says of the way is nothing.
  expect(isHttps(new Headers())).toBe(true);
  expect(isHttps(new Headers({ "x-forwarded-proto": "http" }))).toBe(true);
});
