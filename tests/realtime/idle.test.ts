import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { activityTimeout } from "#contracts/pusher.ts";
import type { App } from "#realtime/connection.ts";
import { newCounts } from "#realtime/metrics.ts";
import { openSockets, type SocketServer } from "#realtime/sockets.ts";
import { closeDatabase } from "#tests/_people.ts";

const ping = '{"event":"pusher:ping","data":{}}';
const pong = '{"event":"pusher:pong","data":{}}';
/** Interval of the sweep. */
const tickMs = 5_000;

const app: App = {
  id: "1",
  origins: "any",
  maxFrameBytes: 1_000,
  checkAdmission: () => null,
  opened: () => {},
  received: (_, text) => received.push(text),
  closed: () => {},
  drained: () => {},
  isAuthenticated: () => true,
};
const received: string[] = [];
let server: SocketServer;
let counts = newCounts();

beforeEach(async () => {
  // Fakes only the clock of the sweep; sockets use real time.
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  received.length = 0;
  counts = newCounts();
  server = await openSockets({ port: 0, path: "", appOf: () => app, answer: () => {}, counts });
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});
afterAll(closeDatabase);

/** A client, and the kinds of pings that it got. */
async function open({ answers = false, autoPong = true }) {
  const ws = new WebSocket(`ws://127.0.0.1:${server.port}/app/key`, { autoPong });
  const pings: string[] = [];
  ws.on("message", (data) => {
    pings.push(String(data));
    if (answers && String(data) === ping) ws.send(pong);
  });
  ws.on("ping", () => pings.push("WebSocket ping"));
  const ended = new Promise((resolve) => ws.once("close", resolve));
  await new Promise((resolve) => ws.once("open", resolve));
  return { ws, pings, ended };
}

/** Lets the sweep run this many times, and its frames leave each time. */
async function ticks(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    vi.advanceTimersByTime(tickMs);
    await new Promise(setImmediate);
  }
}

test("an idle socket is pinged before its client would ping by itself, and its pong is not passed on", async () => {
  const { ws, pings } = await open({ answers: true });
  await expect.poll(() => server.count(app)).toBe(1);
  const interval = activityTimeout * 1_000 - tickMs;
  for (let round = 1; round <= 4; round += 1) {
    vi.advanceTimersByTime(interval);
    await expect.poll(() => counts.framesIn).toBe(round);
  }
  expect(pings).toEqual([ping, ping, ping, ping]);
  expect(received).toEqual([]);
  expect(ws.readyState).toBe(WebSocket.OPEN);
});

test("a socket that sends frames is not pinged", async () => {
  const { ws, pings } = await open({});
  for (let sent = 1; sent <= 12; sent += 1) {
    ws.send("hello");
    await expect.poll(() => received.length).toBe(sent);
    await ticks(2);
  }
  ws.send(ping);
  await expect.poll(() => pings).toEqual([pong]);
});

test("a client that ignores pusher:ping gets a WebSocket ping and stays", async () => {
  const { ws, pings } = await open({});
  await expect.poll(() => server.count(app)).toBe(1);
  await ticks(8);
  await expect.poll(() => counts.framesIn).toBe(1);
  await ticks(8);
  await expect.poll(() => counts.framesIn).toBe(2);
  await ticks(8);
  await expect.poll(() => counts.framesIn).toBe(3);
  expect(pings).toEqual([ping, "WebSocket ping", ping, "WebSocket ping", ping, "WebSocket ping"]);
  expect(ws.readyState).toBe(WebSocket.OPEN);
});

test("a socket that answers no ping is closed after the idle timeout", async () => {
  const { pings, ended } = await open({ autoPong: false });
  await expect.poll(() => server.count(app)).toBe(1);
  await ticks(12);
  await expect.poll(() => pings).toEqual([ping, "WebSocket ping"]);
  expect(server.count(app)).toBe(1);
  await ticks(1);
  expect(await ended).toBe(1006);
});

test("a sweep over many sockets pings each once, in slices", async () => {
  const clients = await Promise.all(Array.from({ length: 400 }, () => open({ answers: true })));
  await expect.poll(() => server.count(app)).toBe(400);
  vi.advanceTimersByTime(3 * tickMs);
  expect(counts.framesOut).toBe(250);
  await expect.poll(() => counts.framesIn).toBe(400);
  expect(counts.framesOut).toBe(400);
  expect(clients.map(({ pings }) => pings)).toEqual(clients.map(() => [ping]));
});
