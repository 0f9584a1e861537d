/** Limits of one worker, one address, one person and one socket. */

import { connect } from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import WebSocket from "ws";
import type { Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { makeTicket } from "#server/realtime/ticket.ts";
import { closeDatabase, newPerson } from "#tests/_people.ts";
import { newApp, startAppWorker } from "#tests/realtime/_app.ts";

const app = newApp();
const usual = { connections: 100, connectionsPerAddress: 100, framesPerSecond: 100 };
const workers: Worker[] = [];
const open: WebSocket[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) one.terminate();
  for (const one of workers.splice(0)) await one.close();
});
afterAll(closeDatabase);

async function start(limits: Partial<typeof usual>, trustedProxies = 0): Promise<number> {
  const worker = await startAppWorker([app], { trustedProxies, limits: { ...usual, ...limits } });
  workers.push(worker);
  return worker.port;
}

type Come = { ws: WebSocket; how: Promise<string> };

/** Opens a connection; resolves with its first event, or with the HTTP status. */
function come(port: number, forwardedFor?: string, key = app.key): Come {
  const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
  const ws = new WebSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7`, { headers });
  open.push(ws);
  ws.on("error", () => {});
  const how = new Promise<string>((resolve) => {
    ws.once("message", (data) => resolve(JSON.parse(data.toString()).event));
    ws.on("unexpected-response", (_, response) => resolve(`http ${response.statusCode}`));
  });
  return { ws, how };
}
const letIn = "pusher:connection_established";

test("a worker accepts connections up to its limit, and again after one closes", async () => {
  const port = await start({ connections: 2 });
  const first = come(port);
  expect([await first.how, await come(port).how]).toEqual([letIn, letIn]);
  expect(await come(port).how).toBe("http 503");
  first.ws.terminate();
  await expect.poll(() => come(port).how).toBe(letIn);
});

test("an address is limited over all apps, independent of other addresses", async () => {
  const port = await start({ connectionsPerAddress: 2 }, 1);
  const of = (address: string, key?: string) => come(port, address, key).how;
  expect([await of("203.0.113.7"), await of("203.0.113.7", env().realtimeKey)]).toEqual([letIn, letIn]);
  expect(await of("203.0.113.7")).toBe("http 429");
  expect(await of("203.0.113.8")).toBe(letIn);
  // Entries that the client itself sends are further left.
  expect(await of("198.51.100.1, 203.0.113.7")).toBe("http 429");
  // All addresses of a subscriber's network count as one.
  expect([await of("2001:db8::1"), await of("2001:db8::2"), await of("2001:db8::3")]).toEqual([
    letIn,
    letIn,
    "http 429",
  ]);
});

test("without a trusted proxy X-Forwarded-For is ignored", async () => {
  const port = await start({ connectionsPerAddress: 2 });
  const hows = [come(port, "203.0.113.1"), come(port, "203.0.113.2")].map((one) => one.how);
  expect(await Promise.all(hows)).toEqual([letIn, letIn]);
  expect(await come(port, "203.0.113.3").how).toBe("http 429");
});

/** Signs in without subscribing; resolves with the last frame. */
async function signIn(port: number, me: Me): Promise<{ ws: WebSocket; lastFrame: Promise<string> }> {
  const { ws, how } = come(port, undefined, env().realtimeKey);
  await how;
  const lastFrame = new Promise<string>((resolve) => {
    ws.on("message", (data) => {
      const { event, data: body } = JSON.parse(data.toString());
      resolve(event === "pusher:error" ? `${body.code} ${body.message}` : event);
    });
  });
  const user_data = JSON.stringify({ id: me.personId });
  ws.send(JSON.stringify({ event: "pusher:signin", data: { auth: makeTicket(me).ticket, user_data } }));
  return { ws, lastFrame };
}

test("a person has at most 20 signed-in connections, subscribed or not", async () => {
  const port = await start({});
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const all = await Promise.all(Array.from({ length: 20 }, () => signIn(port, ann)));
  expect(new Set(await Promise.all(all.map(({ lastFrame }) => lastFrame)))).toEqual(new Set(["pusher:signin_success"]));
  expect(await (await signIn(port, ann)).lastFrame).toBe("4100 too many connections of one person");
  expect(await (await signIn(port, ben)).lastFrame).toBe("pusher:signin_success");
  all[0]?.ws.terminate();
  const again = async () => (await signIn(port, ann)).lastFrame;
  await expect.poll(again).toBe("pusher:signin_success");
});

/** The close code and the last error of a socket that sends too much. */
async function flood(port: number, send: (ws: WebSocket) => void): Promise<unknown[]> {
  const { ws, how } = come(port);
  await how;
  let error: unknown;
  ws.on("message", (data) => {
    const { event, data: body } = JSON.parse(data.toString());
    if (event === "pusher:error") error = body;
  });
  const code = new Promise((resolve) => ws.on("close", resolve));
  for (let at = 0; at < 500 && ws.readyState === WebSocket.OPEN; at += 1) send(ws);
  return [await code, error];
}

test.each<[string, (ws: WebSocket) => void]>([
  ["frames", (ws) => ws.send('{"event":"pusher:pong","data":{}}')],
  ["pings of Pusher", (ws) => ws.send('{"event":"pusher:ping","data":{}}')],
  // A frame counts once plus once for each 4 KiB, here five: a hundred of these are five hundred.
  ["large frames", (ws) => ws.send(`{"event":"pusher:pong","data":"${"x".repeat(16_300)}"}`)],
])("a flood of %s is closed with 4100", async (_, send) => {
  const port = await start({ framesPerSecond: 10 });
  expect(await flood(port, send)).toEqual([4100, { message: "too many frames", code: 4100 }]);
});

test("a flood of WebSocket pings closes the connection", async () => {
  const port = await start({ framesPerSecond: 10 });
  const [code] = await flood(port, (ws) => ws.ping());
  // `ws` closes sockets that do not read the pongs.
  expect([4100, 1006]).toContain(code);
});

test("a reconnecting page may subscribe to 500 channels at once", async () => {
  const port = await start({});
  const { ws, how } = come(port);
  await how;
  let joined = 0;
  ws.on("message", (data) => {
    if (JSON.parse(data.toString()).event === "pusher_internal:subscription_succeeded") joined += 1;
  });
  for (let at = 0; at < 500; at += 1) {
    ws.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: `c${at}` } }));
  }
  await expect.poll(() => joined).toBe(500);
});

test("a connection without a request is closed after a timeout", async () => {
  const port = await start({});
  const silent = connect(port, "127.0.0.1");
  silent.on("error", () => {});
  silent.resume();
  await new Promise((resolve) => silent.on("close", resolve));
});
