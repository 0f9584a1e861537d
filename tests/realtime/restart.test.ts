/** What a killed and a restarted worker cost clients that nobody here wrote: the bundle, under the supervisor of `npm start`. */
import { rmSync } from "node:fs";
import path from "node:path";
import type PusherClient from "pusher-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleWorker } from "#scripts/build.ts";
import { Child } from "#scripts/children.ts";
import { type HeldPort, holdPort } from "#scripts/held-port.ts";
import { root } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, next, subscribed } from "#tests/realtime/_app.ts";

const app = newApp();
// Under the root, where it finds what is not bundled.
const file = path.join(root, ".data", `worker-${process.pid}.mjs`);
const lines: string[] = [];
let held: HeldPort;
let worker: Child;
const url = () => `http://127.0.0.1:${held.port}/readyz`;

beforeAll(async () => {
  await bundleWorker(file);
  const port = holdPort("127.0.0.1", 0);
  if (!port) throw new Error("this system cannot hold a port");
  held = port;
  const environment = { WORKER_PORT: "0", PUSHER_APPS: JSON.stringify([app]) };
  const spec = { name: "worker", args: [file], environment, listenFd: held.fd };
  worker = new Child(spec, { onLine: (_, line) => lines.push(line) });
  worker.start();
  await waitFor(url());
});
afterAll(async () => {
  await worker.stop();
  held.close();
  rmSync(file, { force: true });
  await closeDatabase();
});

/** Milliseconds from `strike` until a page that was connected hears an event of its backend again. */
async function secondsAway(strike: () => void): Promise<number> {
  const page: PusherClient = clientOf(app, held.port);
  const channel = page.subscribe("private-news");
  await subscribed(channel);
  const [first] = [page.connection.socket_id];
  const began = performance.now();
  strike();
  await new Promise<void>((resolve) => {
    channel.bind("pusher:subscription_succeeded", () => page.connection.socket_id !== first && resolve());
  });
  const heard = next(channel, "said");
  await backendOf(app, held.port).trigger("private-news", "said", {});
  await heard;
  const seconds = (performance.now() - began) / 1_000;
  page.disconnect();
  return seconds;
}

const kill = (signal: NodeJS.Signals) => () => {
  if (worker.record) process.kill(worker.record.pid, signal);
};

async function medianOf(runs: number, one: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let at = 0; at < runs; at += 1) all.push(await one());
  console.log(`seconds away: ${all.map((each) => each.toFixed(2)).join(", ")}`);
  return all.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

test("a page is back within 3 seconds after its worker was killed", async () => {
  expect(await medianOf(3, () => secondsAway(kill("SIGKILL")))).toBeLessThan(3);
});

test("a page is back within 1.5 seconds after its worker was told to restart, and the next one was there before", async () => {
  const before = worker.record?.pid;
  expect(await medianOf(3, () => secondsAway(kill("SIGTERM")))).toBeLessThan(1.5);
  expect(worker.record?.pid).not.toBe(before);
  expect(lines.filter((line) => line.includes("the next one starts beside it"))).toHaveLength(3);
});

test("who comes while there is no worker waits and is let in", async () => {
  const gone = worker.record;
  const early = clientOf(app, held.port);
  await next(early.connection, "connected");
  early.disconnect();
  kill("SIGKILL")();
  const late = clientOf(app, held.port);
  await next(late.connection, "connected");
  expect(worker.record).not.toEqual(gone);
  late.disconnect();
});
