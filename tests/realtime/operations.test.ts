import { get } from "node:http";
import { afterAll, afterEach, expect, test } from "vitest";
import WebSocket from "ws";
import { startWorker, type Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import { type Listener, listen } from "#tests/_listener.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";
import { newApp } from "#tests/realtime/_app.ts";

const workers: Worker[] = [];
const open: Listener[] = [];
afterEach(async () => {
  for (const listener of open.splice(0)) listener.close();
  for (const worker of workers.splice(0)) await worker.close();
});
afterAll(closeDatabase);

async function start(more: Partial<Parameters<typeof startWorker>[0]> = {}): Promise<Worker> {
  const { realtimeKey: key } = env();
  const databaseUrl = urlOf("worker");
  const base = { port: 0, path: "", id: "1", key, databaseUrl, databaseUrlDirect: databaseUrl, origins: [], apps: [] };
  const worker = await startWorker({ ...base, ...more });
  workers.push(worker);
  return worker;
}

function ask(port: number, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    }).on("error", reject);
  });
}

const valueIn = (page: string, line: string) =>
  Number(
    page
      .split("\n")
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length + 1),
  );

test("the metrics count events and contain no personal data", async () => {
  const app = newApp();
  const { port } = await start({ apps: [app] });
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const device = await listen(port, ann);
  open.push(device);
  const input = { conversationId, clientId: crypto.randomUUID(), content: { kind: "text", text: "hush" } };
  await device.call("messages.send", input);
  await device.call("no.such", {});
  const { body } = await ask(port, "/metrics");
  expect(valueIn(body, 'imchat_connections{app="1"}')).toBe(1);
  expect(valueIn(body, `imchat_connections{app="${app.id}"}`)).toBe(0);
  expect(valueIn(body, "imchat_bus_up")).toBe(1);
  expect(valueIn(body, "imchat_sign_ins_total")).toBe(1);
  expect(valueIn(body, 'imchat_rpc_duration_seconds_count{path="messages.send",outcome="ok"}')).toBe(1);
  expect(valueIn(body, 'imchat_rpc_duration_seconds_count{path="unknown",outcome="useHttp"}')).toBe(1);
  expect(valueIn(body, "imchat_frames_received_total")).toBeGreaterThan(3);
  for (const secret of ["hush", conversationId, ann.personId, ann.sessionId]) expect(body).not.toContain(secret);
});

test("metrics are readable from this machine, or with the token", async () => {
  const { port } = await start();
  expect((await ask(port, "/metrics")).status).toBe(200);
  expect((await ask(port, "/metrics", { "x-forwarded-for": "203.0.113.7" })).status).toBe(404);
  const guarded = await start({ metricsToken: "a token of sixteen" });
  expect((await ask(guarded.port, "/metrics")).status).toBe(404);
  expect((await ask(guarded.port, "/metrics", { authorization: "Bearer a token of sixteen" })).status).toBe(200);
});

test("a worker with a path answers below that path", async () => {
  const { port } = await start({ path: "/live" });
  expect((await ask(port, "/live/readyz")).status).toBe(200);
  expect((await ask(port, "/readyz")).status).toBe(200);
  const opened = new Promise<string>((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/live/app/${env().realtimeKey}?protocol=7`);
    ws.on("message", (data) => {
      resolve(JSON.parse(data.toString()).event);
      ws.close();
    });
  });
  expect(await opened).toBe("pusher:connection_established");
});

test("a stopping worker refuses connections and closes open ones in slices with the reconnect code", async () => {
  const worker = await start();
  const codes: number[] = [];
  const sockets = Array.from({ length: 120 }, () => {
    const ws = new WebSocket(`ws://127.0.0.1:${worker.port}/app/${env().realtimeKey}?protocol=7`);
    ws.on("close", (code) => codes.push(code));
    ws.on("error", () => {});
    return new Promise<void>((resolve) => ws.on("open", () => resolve()));
  });
  await Promise.all(sockets);
  workers.splice(0);
  const closed = worker.close();
  const late = new Promise<string>((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${worker.port}/app/${env().realtimeKey}?protocol=7`);
    ws.on("unexpected-response", (_, response) => resolve(`http ${response.statusCode}`));
    ws.on("error", (error: Error & { code?: string }) => resolve(error.code ?? error.message));
  });
  expect(["http 503", "ECONNREFUSED"]).toContain(await late);
  await closed;
  await expect.poll(() => codes.length).toBe(120);
  expect(new Set(codes)).toEqual(new Set([4200]));
});
