import { afterAll, afterEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import type { App } from "#realtime/connection.ts";
import { newCounts } from "#realtime/metrics.ts";
import { openSockets } from "#realtime/sockets.ts";
import { closeDatabase } from "#tests/_people.ts";

afterEach(() => {
  vi.useRealTimers();
});
afterAll(closeDatabase);

const app: App = {
  id: "1",
  origins: "any",
  maxFrameBytes: 1_000,
  checkAdmission: () => null,
  opened: () => {},
  received: () => {},
  closed: () => {},
  drained: () => {},
  isAuthenticated: () => true,
};

test("an idle socket is pinged, and closed after the idle timeout if it does not answer", async () => {
  // Fakes only the clock of the sweep; sockets use real time.
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  const answer = () => {};
  const counts = newCounts();
  const server = await openSockets({ port: 0, path: "", appOf: () => app, answer, counts });
  const open = (autoPong: boolean) => new WebSocket(`ws://127.0.0.1:${server.port}/app/key`, { autoPong });
  const [listener, dead] = [open(true), open(false)];
  const asked = Promise.all([listener, dead].map((ws) => new Promise((resolve) => ws.once("ping", resolve))));
  const ended = new Promise((resolve) => dead.once("close", resolve));
  await Promise.all([listener, dead].map((ws) => new Promise((resolve) => ws.once("open", resolve))));
  await expect.poll(() => server.count(app)).toBe(2);
  vi.advanceTimersByTime(40_000);
  await asked;
  await expect.poll(() => counts.framesIn).toBe(1);
  vi.advanceTimersByTime(25_000);
  expect(await ended).toBe(1006);
  expect(listener.readyState).toBe(WebSocket.OPEN);
  listener.terminate();
  await server.close();
});
