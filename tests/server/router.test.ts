import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { packPayloads } from "#server/bus/payloads.ts";
import { sendHeartbeat } from "#server/realtime/heartbeat.ts";
import { handleTrpc } from "#server/trpc/http.ts";
import { appRouter } from "#server/trpc/root.ts";
import { callerOf, closeDatabase, newPerson, reasonFor, testPassword } from "#tests/_people.ts";

afterAll(closeDatabase);

type Procedure = { _def: { type: string; output?: unknown } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);
/** The verbs of the signed out, all of them. */
const open = ["accounts.signIn", "accounts.signUp", "communities.previewInvite"];

test("there are procedures to speak of", () => expect(procedures.length).toBeGreaterThan(35));

test.each(procedures)("%s says what it answers", (_path, procedure) => {
  expect(procedure._def.output).toBeDefined();
});

test.each(procedures.filter(([path]) => !open.includes(path)))(
  "%s refuses the signed out, before it reads its input",
  async (path) => {
    const call = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], callerOf(null));
    expect(await reasonFor((call as (input: unknown) => Promise<unknown>)(undefined))).toBe("unauthenticated");
  },
);

const at = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  handleTrpc(
    new Request(`http://chat.example/api/trpc/${path}`, {
      ...init,
      headers: { host: "chat.example", ...init.headers },
    }),
  );
const post = (path: string, input: unknown, headers: Record<string, string> = {}) =>
  at(path, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json", ...headers },
  });

test("a bearer token works without cookies, and every answer is private", async () => {
  const ann = await newPerson("ann");
  const signIn = await post("accounts.signIn", { login: ann.handle, password: testPassword });
  const { result } = await signIn.json();
  expect(signIn.headers.get("cache-control")).toBe("private, no-store");
  const me = await at("accounts.me", { headers: { authorization: `Bearer ${result.data.token}` } });
  expect((await me.json()).result.data.handle).toBe(ann.handle);
  expect(me.headers.get("cache-control")).toBe("private, no-store");
  expect((await at("accounts.me", { headers: { authorization: "Bearer imc_nonsense" } })).status).toBe(401);
});

test("pages of other origins are refused, forms too, and nothing about them depends on a cookie", async () => {
  expect((await at("accounts.me", { headers: { origin: "https://evil.example" } })).status).toBe(403);
  expect((await at("accounts.me", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
  expect((await post("accounts.signIn", {}, { "content-type": "text/plain" })).status).toBe(415);
  expect((await post("accounts.signIn", {}, { origin: "http://chat.example" })).status).toBe(400);
});

test("errors carry the reason, its numbers and a request id, and never a stack", async () => {
  const response = await post("accounts.signUp", { handle: "x", password: testPassword, displayName: "X" });
  const { error } = await response.json();
  expect(response.status).toBe(400);
  expect(error.message).toBe("invalid_handle");
  expect(error.data).toMatchObject({ reason: "invalid_handle", params: { field: "handle" } });
  expect(error.data.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(error)).not.toMatch(/stack|node_modules|\.ts/);
  for (const path of ["no.such.verb", "accounts.signUp", "../accounts.me", "__proto__"]) {
    expect((await at(path)).status).toBeLessThan(500);
  }
  const broken = await at("accounts.signIn", {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  expect(broken.status).toBe(400);
});

test("a batch is bounded, and so is a body", async () => {
  const many = Array(30).fill("accounts.me").join(",");
  expect((await at(`${many}?batch=1`)).status).toBe(400);
  expect((await post("accounts.signIn", {}, { "content-length": "2000000" })).status).toBe(413);
});

test("only my inbox is signed for, and only for a socket id that is one", async () => {
  const me = callerOf(await newPerson("ann")).realtime;
  expect(await reasonFor(me.authorize({ socketId: "1.2::user::{}" }))).toBe("invalid_socket_id");
  expect(await reasonFor(me.authorize({ socketId: "1.2", channelName: ':user::{"id":"victim"}' }))).toBe(
    "invalid_channel",
  );
  expect(await reasonFor(me.authorize({ socketId: "1.2", channelName: "private-other" }))).toBe("forbidden");
  expect(await me.authorize({ socketId: "1.2", channelName: "private-inbox" })).toHaveProperty("auth");
});

test("payloads of the bus stay below what NOTIFY takes, in order, and what is too large becomes a reference", () => {
  const conversationId = randomUUID();
  const envelopes = Array.from({ length: 300 }, (_, rev) => ({
    conversationId,
    rev: rev + 1,
    event: {
      scope: "conversation" as const,
      type: "message.sent" as const,
      conversationId,
      rev: rev + 1,
      message: {
        conversationId,
        seq: rev + 1,
        rev: rev + 1,
        senderId: conversationId,
        clientId: conversationId,
        content: { kind: "text", text: "𠜎".repeat(rev * 9) },
        preview: "",
        sentAt: "2026-01-01T00:00:00.000Z",
        editedAt: null,
        reactions: [],
      },
    },
  }));
  const payloads = packPayloads(envelopes);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(7_900);
  const unpacked = payloads.flatMap((payload) => JSON.parse(payload) as typeof envelopes);
  expect(unpacked.map((one) => one.rev)).toEqual(envelopes.map((one) => one.rev));
  expect(unpacked.filter((one) => !one.event).map((one) => one.rev)).toEqual(
    envelopes.filter((one) => Buffer.byteLength(JSON.stringify(one)) > 7_898).map((one) => one.rev),
  );
});

test("a heartbeat is published like any other envelope", async () => {
  const { sql } = await import("#server/db/sql.ts");
  await expect(sendHeartbeat(sql(), "worker", 1)).resolves.toBeUndefined();
});
