/** SDKs treat a code in an error frame as a reason to disconnect, so errors that keep the connection have none. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { PusherSession } from "#realtime/pusher/session.ts";
import type { Worker } from "#realtime/worker.ts";
import { env } from "#server/env.ts";
import { closeDatabase } from "#tests/_people.ts";
import { newApp, startAppWorker } from "#tests/realtime/_app.ts";

const guarded = newApp({ authorizedConnections: true });
let worker: Worker;
const open: WebSocket[] = [];
beforeAll(async () => {
  worker = await startAppWorker([guarded]);
});
afterEach(() => {
  for (const one of open.splice(0)) one.terminate();
});
afterAll(async () => {
  await worker.close();
  await closeDatabase();
});

/** All frames until the connection closes, and the close code. */
function whole(key: string, frames: string[] = []): Promise<{ errors: unknown[]; code: number; afterMs: number }> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${worker.port}/app/${key}?protocol=7`);
    open.push(ws);
    const errors: unknown[] = [];
    let began = 0;
    ws.on("open", () => {
      began = performance.now();
      for (const frame of frames) ws.send(frame);
    });
    ws.on("message", (data) => {
      const { event, data: body } = JSON.parse(data.toString());
      if (event === "pusher:error") errors.push(body);
    });
    ws.on("close", (code) => resolve({ errors, code, afterMs: performance.now() - began }));
  });
}

test("an error carries a code only when it closes the connection", async () => {
  const { errors, code } = await whole(env().realtimeKey, Array(21).fill("rubbish"));
  const mistake = { message: "the frame is not an event of the Pusher protocol", code: null };
  expect(errors).toEqual([...Array(20).fill(mistake), { message: "too many mistakes", code: 4100 }]);
  expect(code).toBe(4100);
});

test("an unauthenticated connection is closed with a reason after 10 seconds, in both kinds of app", async () => {
  const results = await Promise.all([whole(env().realtimeKey), whole(guarded.key)]);
  for (const { errors, code, afterMs } of results) {
    expect(errors).toEqual([{ message: "sign in within 10 seconds", code: 4009 }]);
    expect(code).toBe(4009);
    expect(afterMs).toBeGreaterThan(9_900);
    expect(afterMs).toBeLessThan(14_000);
  }
});

test("a client event with a long name is refused with 4301", () => {
  const session = new PusherSession("1.2", newApp());
  const codeFor = (event: string) => {
    const [effect] = session.receive(JSON.stringify({ event, channel: "private-x", data: {} }));
    return effect?.type === "send" && JSON.parse(effect.frame).data;
  };
  expect(codeFor(`client-${"x".repeat(194)}`)).toMatchObject({ code: 4301 });
  expect(codeFor(`client-${"x".repeat(10_000)}`)).toMatchObject({ code: 4301 });
  expect(codeFor("x".repeat(201))).toMatchObject({ code: null });
});
