import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { revokeSession } from "#server/accounts/sessions.ts";
import { prisma } from "#server/db/prisma.ts";
import { env } from "#server/env.ts";
import { log } from "#server/log.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import { postWithoutEnd } from "#tests/_endless-body.ts";
import { type HttpServer, serve } from "#tests/_http.ts";
import { bearerOf, closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";

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
  expect(answer).toContain('"reason":"invalid_input"');
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

test("a browser that shows the cookie of a session that was ended elsewhere is told to forget what it keeps", async () => {
  const ann = await newPerson("ann");
  const token = await encode({ token: { sub: ann.personId, sid: ann.sessionId }, secret: env().nextauthSecret });
  const ask = (cookie: string) =>
    fetch(`${server.url}/api/trpc/accounts.me`, { headers: { cookie, "sec-fetch-site": "same-origin" } });
  const cookie = `imchat.session=${token}`;
  const alive = await ask(cookie);
  expect([alive.status, alive.headers.get("clear-site-data")]).toEqual([200, null]);
  expect((await ask("theme=dark")).headers.get("clear-site-data")).toBeNull();
  await revokeSession(ann, { sessionId: ann.sessionId });
  const ended = await ask(cookie);
  expect([ended.status, ended.headers.get("clear-site-data")]).toEqual([401, '"cache", "storage"']);
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
    expect(error.data).toMatchObject({ reason: "invalid_input", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  }
  expect(failed).not.toHaveBeenCalled();
  failed.mockRestore();
});

const post = (token: string, path: string, body: string) =>
  fetch(`${server.url}/api/trpc/${path}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
  });

// Escapes of JSON: what a program can send and no keyboard can.
const unstorable = ["\\u0000", "a\\u0000b", "\\ud800", "\\udc00x", "\\ud83d\\u0000"];

test.each(unstorable)(
  "%s in any field of any call is answered with a reason, never as a fault of ours",
  async (bad) => {
    const failed = vi.spyOn(log, "error");
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const { token } = await bearerOf(ann);
    const clientId = crypto.randomUUID();
    const calls: [string, string][] = [
      ["accounts.signIn", `{"login":"${bad}","password":"${bad}","label":"${bad}"}`],
      ["accounts.signIn", `{"login":"someone","password":"long enough","label":"x","device":"${bad}"}`],
      ["accounts.signUp", `{"handle":"${bad}","displayName":"${bad}","password":"long enough ${bad}"}`],
      ["accounts.updateProfile", `{"displayName":"x${bad}y","bio":"${bad}"}`],
      ["accounts.updateProfile", `{"mobile":"${bad}","email":"${bad}@example.com"}`],
      ["friends.request", `{"personId":"${ben.personId}","note":"${bad}"}`],
      ["friends.alias", `{"personId":"${ben.personId}","alias":"${bad}"}`],
      ["communities.create", `{"name":"x${bad}","description":"${bad}","icon":"${bad}"}`],
      ["communities.join", `{"communityId":"${conversationId}","note":"${bad}","inviteCode":"${bad}"}`],
      ["links.preview", `{"url":"https://example.com/${bad}"}`],
      ["media.begin", `{"clientId":"${clientId}","name":"${bad}","bytes":1,"sha256":"${bad}","purpose":"message"}`],
      [
        "messages.send",
        `{"conversationId":"${conversationId}","clientId":"${clientId}","content":{"kind":"text","text":"x${bad}"}}`,
      ],
      [
        "messages.send",
        `{"conversationId":"${conversationId}","clientId":"${clientId}","content":{"kind":"custom","type":"com.example.x","text":"a poll","payload":{"${bad}":["${bad}"]}}}`,
      ],
      ["realtime.authorize", `{"socketId":"${bad}","channel":"${bad}"}`],
      [`${encodeURIComponent("\0")}.${bad.replaceAll("\\", "%5C")}`, "{}"],
    ];
    for (const [path, body] of calls) {
      const { status } = await post(token, path, body);
      expect(status, `${path} ${body}`).toBeLessThan(500);
    }
    for (const query of [`{"query":"${bad}"}`, `{"conversationId":"${bad}"}`]) {
      for (const path of ["friends.find", "communities.find", "messages.page", "people.get"]) {
        const response = await fetch(`${server.url}/api/trpc/${path}?input=${encodeURIComponent(query)}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(response.status, `${path} ${query}`).toBeLessThan(500);
      }
    }
    expect(failed).not.toHaveBeenCalled();
    failed.mockRestore();
  },
);
