import { randomBytes } from "node:crypto";
import { type APIRequestContext, expect, request, test } from "@playwright/test";
import { nextProgram } from "#scripts/build.ts";
import { Child } from "#scripts/children.ts";
import { freePort } from "#scripts/ports.ts";
import { waitFor } from "#scripts/wait.ts";
import { testEnvironment } from "#tests/_environment.ts";
import { stack } from "#tests/_stack.ts";
import { password, someHandle } from "#tests/journeys/_people.ts";

/** Twice what one address may do at once: the last answer tells whether they were counted together. */
async function lastOfForty(api: APIRequestContext, forwardedFor: () => string): Promise<number> {
  const data = { handle: someHandle("taken"), password, displayName: "X" };
  const statuses = [];
  for (let at = 0; at < 40; at += 1) {
    const answer = await api.post("/api/trpc/accounts.signUp", {
      data,
      headers: { "x-forwarded-for": forwardedFor() },
    });
    statuses.push(answer.status());
  }
  return statuses.at(-1) ?? 0;
}

const someAddress = () => `10.${[...randomBytes(3)].join(".")}`;

test("behind one proxy, what a client writes into X-Forwarded-For changes nothing", async ({ request: api }) => {
  const own = someAddress();
  expect(await lastOfForty(api, () => `${someAddress()}, ${own}`)).toBe(429);
});

test("without a proxy, X-Forwarded-For changes nothing at all", async () => {
  const port = await freePort();
  const environment = { ...testEnvironment(stack().databaseUrl), NODE_ENV: "production", PORT: String(port) };
  const web = new Child({ name: "web", args: [nextProgram, "start", "-p", String(port)], environment });
  const baseURL = `http://localhost:${port}`;
  web.start();
  const api = await request.newContext({ baseURL });
  try {
    await waitFor(`${baseURL}/api/health`, { timeoutMs: 30_000 });
    expect(await lastOfForty(api, someAddress)).toBe(429);
  } finally {
    await api.dispose();
    await web.stop();
  }
});
