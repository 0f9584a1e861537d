import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { postWithoutEnd } from "#tests/_endless-body.ts";
import { stack } from "#tests/_stack.ts";

const form = "application/x-www-form-urlencoded";

test("no process keeps a body of 150 MB, whatever address it is sent to", async () => {
  const { baseUrl, jobsUrl, workerUrl, web, jobs, worker } = stack();
  const doors = [
    { base: baseUrl, path: "/api/trpc/accounts.signIn", type: "application/json", of: web },
    { base: baseUrl, path: "/api/auth/callback/credentials", type: form, of: web },
    { base: baseUrl, path: "/api/auth/signout", type: form, of: web },
    { base: baseUrl, path: "/api/health", type: form, of: web },
    { base: baseUrl, path: "/", type: form, of: web },
    { base: baseUrl, path: "/c", type: "multipart/form-data; boundary=x", of: web },
    { base: jobsUrl, path: "/files/x", type: form, of: jobs },
    { base: workerUrl, path: "/apps/1/events", type: "application/json", of: worker },
  ];
  for (const { base, path, type, of } of doors) {
    const before = await of.rssBytes();
    await postWithoutEnd(base, path, type);
    expect((await of.rssBytes()) - before, path).toBeLessThan(80_000_000);
  }
  // The two that read a body say so at their limit, and read no further.
  for (const { base, path, type } of doors.slice(0, 2)) {
    const { answer, sent } = await postWithoutEnd(base, path, type);
    expect(answer, path).toMatch(/^HTTP\/1.1 413 /);
    expect(sent, path).toBeLessThan(20_000_000);
  }
});

test("what no text can hold is refused at the sign-in, in every field and header", async () => {
  const { baseUrl } = stack();
  const token = (await (await fetch(`${baseUrl}/api/auth/csrf`)).json()) as { csrfToken: string };
  const cookie = "next-auth.csrf-token=x%00; next-auth.callback-url=%ed%a0%80; imchat.session=%00";
  const bodies = [
    { type: form, body: `csrfToken=${token.csrfToken}&login=%00&password=%00&callbackUrl=%00` },
    { type: form, body: "login=a%ed%a0%80&password=b&callbackUrl=http%3A%2F%2F%00" },
    {
      type: "application/json",
      body: '{"login":"\\ud800","password":"\\u0000","callbackUrl":"\\ud800","json":"true"}',
    },
    { type: "application/json", body: '{"login":{"a":["\\u0000"]},"callbackUrl":["\\ud800"]}' },
    { type: "application/json", body: "[" },
    { type: "multipart/form-data", body: "x" },
  ];
  for (const path of ["callback/credentials", "signin/credentials", "signout", "session", "_log", "%00", "csrf"]) {
    for (const { type, body } of bodies) {
      const response = await fetch(`${baseUrl}/api/auth/${path}?callbackUrl=%ed%a0%80`, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { "content-type": type, cookie, "user-agent": "é\u00ff", "accept-language": "zz-\u00ff" },
      });
      expect(response.status, `${path} ${body}`).toBeLessThan(500);
    }
    for (const query of ["callbackUrl=%00", "callbackUrl=%ed%a0%80", "callbackUrl[]=x", "callbackUrl=http://%00"]) {
      const response = await fetch(`${baseUrl}/api/auth/${path}?${query}`, { redirect: "manual", headers: { cookie } });
      expect(response.status, `${path}?${query}`).toBeLessThan(500);
    }
  }
  for (const path of [
    "/sign-in?callbackUrl=%ed%a0%80",
    "/c/%00",
    "/join/%ed%a0%80",
    "/communities/%00",
    "/%ff",
    "/api/media/%00/original",
  ]) {
    expect((await fetch(`${baseUrl}${path}`, { redirect: "manual" })).status, path).toBeLessThan(500);
  }
});

test("the web process ends every connection that asks for another protocol, and serves on", async () => {
  const { baseUrl } = stack();
  const { hostname, port } = new URL(baseUrl);
  /** What is answered until the other side ends the connection. */
  const ask = (path: string, protocol: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let said = "";
      socket.on("data", (chunk) => {
        said += chunk;
      });
      socket.on("error", reject);
      socket.on("close", () => resolve(said));
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n` +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
      );
    });
  const asked = ["/", "/c", "/app/some-key", "/_next/webpack-hmr", "/api/health"].flatMap((path) =>
    ["websocket", "h2c"].map((protocol) => ask(path, protocol)),
  );
  for (const answer of await Promise.all(asked)) expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect((await fetch(`${baseUrl}/api/health`)).status).toBe(200);
});
