import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prisma } from "#server/db/prisma.ts";
import { log } from "#server/log.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import { postWithoutEnd } from "#tests/_endless-body.ts";
import { type HttpServer, serve } from "#tests/_http.ts";
import { bearerOf, closeDatabase, newPerson } from "#tests/_people.ts";

let server: HttpServer;
beforeAll(async () => {
  server = await serve(handleTrpc);
});
afterAll(async () => {
  await server.close();
  await closeDatabase();
});

test("a body without an announced length is read up to the limit, and refused", async () => {
  const { answer, sent } = await postWithoutEnd(server.url, "/api/trpc/accounts.signIn", "application/json");
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(answer).toContain('"reason":"input_invalid"');
  expect(sent).toBeLessThan(20_000_000);
});

const me = (token: string) =>
  fetch(`${server.url}/api/trpc/accounts.me`, { headers: { authorization: `Bearer ${token}` } });

test("a session check that gets no connection is answered as unavailable, with an id, and logged once", async () => {
  const { token } = await bearerOf(await newPerson("ann"));
  expect((await me(token)).status).toBe(200);
  const warned = vi.spyOn(log, "warn");
  const held = Array.from({ length: 5 }, () => prisma().$queryRaw`select pg_sleep(8)::text`.then(Boolean));
  const response = await me(token);
  expect(response.status).toBe(503);
  const { error } = (await response.json()) as { error: { data: { reason: string; requestId: string } } };
  expect(error.data.reason).toBe("unavailable");
  expect(error.data.requestId).toMatch(/^[0-9a-f-]{36}$/);
  const lines = warned.mock.calls.filter(([about]) => (about as { requestId?: string }).requestId);
  expect(lines.map(([about]) => (about as { requestId: string }).requestId)).toEqual([error.data.requestId]);
  warned.mockRestore();
  await Promise.all(held);
});

test("what tRPC itself refuses has a request id too, and is no bug", async () => {
  const failed = vi.spyOn(log, "error");
  const responses = [
    await fetch(`${server.url}/api/trpc/nothing.here`),
    await fetch(`${server.url}/api/trpc/messages.send`),
    await fetch(`${server.url}/api/trpc/accounts.signIn`, {
      method: "POST",
      body: "{",
      headers: { "content-type": "application/json" },
    }),
    await fetch(`${server.url}/api/trpc/accounts.signIn`, {
      method: "POST",
      body: "a=1",
      headers: { "content-type": "text/plain" },
    }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([404, 405, 400, 415]);
  for (const response of responses) {
    const { error } = (await response.json()) as { error: { data: { reason: string; requestId: string } } };
    expect(error.data).toMatchObject({ reason: "input_invalid", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  }
  expect(failed).not.toHaveBeenCalled();
  failed.mockRestore();
});
