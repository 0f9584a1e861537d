import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { nextProgram } from "#scripts/build.ts";
import { Child } from "#scripts/children.ts";
import { freePort } from "#scripts/ports.ts";
import { waitFor } from "#scripts/wait.ts";
import { exitOf, spawnWatched } from "#scripts/watched-child.ts";
import { testEnvironment } from "#tests/_environment.ts";
import { stack } from "#tests/_stack.ts";
import { password, someHandle } from "#tests/journeys/_people.ts";

const someAddress = () => `10.${[...randomBytes(3)].join(".")}`;

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const isForm = body instanceof URLSearchParams;
  const sent = new Headers(headers);
  if (!isForm) sent.set("content-type", "application/json");
  return fetch(url, { method: "POST", body: isForm ? body : JSON.stringify(body), headers: sent, redirect: "manual" });
}

/** Twice what one address may do at once: the last answer tells whether they were counted together. */
async function lastOfForty(baseUrl: string, forwardedFor: () => string): Promise<number> {
  let status = 0;
  for (let at = 0; at < 40; at += 1) {
    const account = { handle: someHandle("visitor"), password: "password", displayName: "X" };
    const headers = { "x-forwarded-for": forwardedFor() };
    ({ status } = await post(`${baseUrl}/api/trpc/accounts.signUp`, account, headers));
  }
  return status;
}

const namesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => `${cookie.split("=")[0]}${/; secure/i.test(cookie) ? " secure" : ""}`)
    .toSorted();

/** Signs in as a browser does; gives the names of the cookies that it is told to keep. */
async function cookiesOfSigningIn(baseUrl: string): Promise<string[]> {
  const handle = someHandle("ann");
  const own = { "x-forwarded-for": someAddress() };
  await post(`${baseUrl}/api/trpc/accounts.signUp`, { handle, password, displayName: "Ann" }, own);
  const csrf = await fetch(`${baseUrl}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const form = new URLSearchParams({ login: handle, password, csrfToken, json: "true" });
  const answer = await post(`${baseUrl}/api/auth/callback/credentials`, form, { cookie, ...own });
  return [...namesOf(csrf), ...namesOf(answer)].filter((name) => !name.includes("callback-url"));
}

test("behind one proxy, what a client writes into X-Forwarded-For changes nothing", async () => {
  const { baseUrl } = stack();
  const own = someAddress();
  expect(await lastOfForty(baseUrl, () => `${someAddress()}, ${own}`)).toBe(429);
  expect(await lastOfForty(baseUrl, someAddress)).toBe(400);
});

test("without a proxy X-Forwarded-For changes nothing at all, and an https address has its cookies", async () => {
  const port = await freePort();
  const environment = {
    ...testEnvironment(stack().databaseUrl),
    NODE_ENV: "production",
    PORT: String(port),
    NEXTAUTH_URL: "https://chat.example.com",
  };
  const web = new Child({ name: "web", args: [nextProgram, "start", "-p", String(port)], environment });
  const baseUrl = `http://localhost:${port}`;
  web.start();
  try {
    await waitFor(`${baseUrl}/api/health`, { timeoutMs: 30_000 });
    for (const path of ["/sign-in", "/api/health", "/manifest.webmanifest"]) {
      const { headers } = await fetch(baseUrl + path);
      expect(headers.get("strict-transport-security"), path).toBe("max-age=31536000");
    }
    expect(await cookiesOfSigningIn(baseUrl)).toEqual([
      "__Host-next-auth.csrf-token secure",
      "__Host-imchat.device secure",
      "__Host-imchat.session secure",
    ]);
    expect(await lastOfForty(baseUrl, someAddress)).toBe(429);
  } finally {
    await web.stop();
    // The limit of this machine's own address, which other journeys share.
    const sql = postgres(stack().databaseUrl, { max: 1 });
    await sql`delete from rate_limits`;
    await sql.end();
  }
});

test("without https there is no Secure cookie and no promise of https", async () => {
  const { baseUrl } = stack();
  expect(await cookiesOfSigningIn(baseUrl)).toEqual(["next-auth.csrf-token", "imchat.device", "imchat.session"]);
  expect((await fetch(`${baseUrl}/sign-in`)).headers.get("strict-transport-security")).toBeNull();
});

test("in production the pages do not start without their public address, and say so", async () => {
  const port = await freePort();
  const environment = { ...testEnvironment(stack().databaseUrl), NODE_ENV: "production", IMCHAT_LOCAL: "" };
  const args = [nextProgram, "start", "-p", String(port)];
  const web = spawnWatched({ args, environment, output: "pipe" });
  let said = "";
  for (const stream of [web.stdout, web.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const asked = (async () => {
    await waitFor(`http://localhost:${port}/api/health`, { timeoutMs: 20_000 }).catch(() => {});
    return "answers";
  })();
  const ended = exitOf(web).then((code) => `ended with ${code}`);
  expect(await Promise.race([ended, asked])).toBe("ended with 1");
  expect(said).toContain("NEXTAUTH_URL is missing");
});
