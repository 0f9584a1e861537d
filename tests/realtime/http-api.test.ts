import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyRequest } from "#realtime/pusher/request.ts";
import type { Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

const app = newApp({ secretPrevious: "the-secret-of-before" });
const other = newApp();
let worker: Worker;
beforeAll(async () => {
  worker = await startAppWorker([app, other]);
});
afterAll(async () => {
  await worker.close();
  await closeDatabase();
});

type Changes = {
  app?: { id: string; key: string; secret: string };
  id?: string;
  timestamp?: number;
  md5?: string;
  version?: string;
  sent?: string;
  signature?: string;
};

/** A request signed as a backend library does it, with one fault. */
function post(body: unknown, changes: Changes = {}, path = "events", method = "POST") {
  const { id, key, secret } = changes.app ?? app;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const md5 = createHash("md5").update(text).digest("hex");
  const query: Record<string, string> = {
    auth_key: key,
    auth_timestamp: String(changes.timestamp ?? Math.floor(Date.now() / 1_000)),
    auth_version: changes.version ?? "1.0",
    ...(method === "POST" ? { body_md5: changes.md5 ?? md5 } : {}),
  };
  const address = `/apps/${changes.id ?? id}/${path}`;
  const sorted = Object.keys(query)
    .sort()
    .map((name) => `${name}=${query[name]}`)
    .join("&");
  const signature = createHmac("sha256", secret).update(`${method}\n${address}\n${sorted}`).digest("hex");
  const search = new URLSearchParams({ ...query, auth_signature: changes.signature ?? signature });
  return fetch(`http://127.0.0.1:${worker.port}${address}?${search}`, {
    method,
    ...(method === "POST" ? { body: changes.sent ?? text } : {}),
  });
}

const event = { name: "said", channels: ["lobby"], data: "{}" };
const now = () => Math.floor(Date.now() / 1_000);

test("a request signed with either secret is answered with exactly {}", async () => {
  const answer = await post(event);
  expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
  expect((await post(event, { app: { ...app, secret: "the-secret-of-before" } })).status).toBe(200);
});

test.each<[string, number, Changes]>([
  ["a body other than the signed one", 401, { sent: JSON.stringify({ ...event, name: "forged" }) }],
  ["a wrong md5", 401, { md5: "0".repeat(32) }],
  ["a timestamp of eleven minutes ago", 401, { timestamp: now() - 660 }],
  ["a timestamp of eleven minutes ahead", 401, { timestamp: now() + 660 }],
  ["an invalid timestamp", 401, { timestamp: Number.NaN }],
  ["another version", 401, { version: "2.0" }],
  ["a signature with another secret", 401, { signature: "f".repeat(64) }],
  ["an empty signature", 401, { signature: "" }],
  ["another app's key on this app", 401, { app: { ...other, id: app.id } }],
  ["this app's key on another app", 401, { id: other.id }],
  ["an unknown app", 404, { id: "999999" }],
  ["the messenger's own app", 403, { id: "1", app: { id: "1", key: env().realtimeKey, secret: env().realtimeSecret } }],
])("a request with %s is answered with %i", async (_, status, changes) => {
  const answer = await post(event, changes);
  expect(answer.status).toBe(status);
  expect(await answer.text()).not.toContain(app.secret);
});

test.each<[string, number, unknown]>([
  ["no JSON", 400, "{"],
  ["a list", 400, []],
  ["data that is not a string", 400, { ...event, data: {} }],
  ["no channel", 400, { name: "said", data: "{}" }],
  ["101 channels", 400, { ...event, channels: Array.from({ length: 101 }, (_, at) => `c${at}`) }],
  ["a channel with a space", 400, { ...event, channels: ["a b"] }],
  ["a channel that begins with #", 400, { ...event, channels: ["#lobby"] }],
  ["a reserved name", 400, { ...event, name: "pusher:error" }],
  ["a reserved internal name", 400, { ...event, name: "pusher_internal:member_added" }],
  ["a name of 201 characters", 400, { ...event, name: "x".repeat(201) }],
  ["no name", 400, { ...event, name: "" }],
  ["an invalid socket id", 400, { ...event, socket_id: "1.2:presence-x" }],
  ["data of 10 KB and a byte", 413, { ...event, data: "x".repeat(10_241) }],
  ["an encrypted channel beside another", 400, { ...event, channels: ["private-encrypted-a", "b"] }],
])("an event with %s is answered with %i", async (_, status, body) => {
  expect((await post(body)).status).toBe(status);
});

test("an event with an invalid info parameter is refused before it is published", async () => {
  const page = clientOf(app, worker.port);
  const received: unknown[] = [];
  await subscribed(page.subscribe("lobby"));
  page.channel("lobby").bind_global((name: string) => received.push(name));
  expect((await post({ ...event, info: "user_count" })).status).toBe(400);
  const last = next(page.channel("lobby"), "last");
  expect((await post({ ...event, name: "last" })).status).toBe(200);
  await last;
  expect(received).toEqual(["last"]);
  page.disconnect();
});

const md5OfNothing = "d41d8cd98f00b204e9800998ecf8427e";

test.each([undefined, "", md5OfNothing])("a GET without a body accepts body_md5 %j", async (md5) => {
  const query = { auth_key: app.key, auth_timestamp: String(now()), auth_version: "1.0" };
  const address = `/apps/${app.id}/channels`;
  const search = new URLSearchParams({ ...query, ...(md5 === undefined ? {} : { body_md5: md5 }) });
  const signature = createHmac("sha256", app.secret).update(`GET\n${address}\n${search}`).digest("hex");
  const answer = await fetch(`http://127.0.0.1:${worker.port}${address}?${search}&auth_signature=${signature}`);
  expect(answer.status).toBe(200);
});

test("a GET without a body refuses the MD5 of another body", async () => {
  expect((await post("", { md5: md5OfNothing, sent: "{}" })).status).toBe(401);
  expect((await post("{}", { md5: "" })).status).toBe(401);
});

test("the deprecated trigger address takes the data as body and answers 202", async () => {
  const page = clientOf(app, worker.port);
  await subscribed(page.subscribe("private-old"));
  const received = next(page.channel("private-old"), "said");
  const body = '{"text":"你好"}';
  const query = `auth_key=${app.key}&auth_timestamp=${now()}&auth_version=1.0&body_md5=${createHash("md5").update(body).digest("hex")}&name=said`;
  const address = `/apps/${app.id}/channels/private-old/events`;
  const signature = createHmac("sha256", app.secret).update(`POST\n${address}\n${query}`).digest("hex");
  const send = (path: string) =>
    fetch(`http://127.0.0.1:${worker.port}${path}?${query}&auth_signature=${signature}`, { method: "POST", body });
  const answer = await send(address);
  expect([answer.status, await answer.text()]).toEqual([202, "202 ACCEPTED\n"]);
  expect(await received).toEqual({ text: "你好" });
  expect((await send(`/apps/${app.id}/channels/private-new/events`)).status).toBe(401);
  page.disconnect();
});

test("a body above the limit is answered with 413", async () => {
  expect((await post("x".repeat(2_000_000))).status).toBe(413);
});

test("a batch of eleven events is refused, and unknown addresses and methods are 404", async () => {
  const batch = Array.from({ length: 11 }, () => ({ name: "said", channel: "lobby", data: "{}" }));
  expect((await post({ batch }, {}, "batch_events")).status).toBe(400);
  expect((await post({}, {}, "nothing")).status).toBe(404);
  expect((await post("", {}, "events", "GET")).status).toBe(404);
  expect((await post("", {}, "channels/%E0%A4%A/users", "GET")).status).toBe(400);
});

test("invalid queries are answered with 400", async () => {
  const get = (path: string, params = {}) =>
    backendOf(app, worker.port)
      .get({ path, params })
      .then(
        (answer) => answer.status,
        (error: { status: number }) => error.status,
      );
  expect(await get("/channels", { info: "user_count" })).toBe(400);
  expect(await get("/channels/lobby/users")).toBe(400);
  expect(await get("/channels/lobby", { info: "user_count" })).toBe(400);
});

test("the published example of a signature is accepted", () => {
  const settings = { ...app, id: "3", key: "278d425bdf160c739803", secret: "7ad3773142a6692b25b8" };
  const body = Buffer.from('{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}');
  const url = new URL(
    "http://worker/apps/3/events?auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0" +
      "&body_md5=ec365a775a4cd0599faeb73354201b6f" +
      "&auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
  );
  expect(() => verifyRequest(settings, "POST", url, [url.pathname], body, 1_353_088_179_000)).not.toThrow();
  expect(() => verifyRequest(settings, "PUT", url, [url.pathname], body, 1_353_088_179_000)).toThrow("auth_signature");
});
