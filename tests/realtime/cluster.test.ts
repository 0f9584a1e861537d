/** Several workers behind one port: the bundle in its own processes, as `npm start` runs it on several cores. */
import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { isTaken } from "#scripts/ports.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, subscribed } from "#tests/realtime/_app.ts";
import { type Bundle, startBundle } from "#tests/realtime/_bundle.ts";

const app = newApp();
let bundle: Bundle;
const pages: Page[] = [];
beforeAll(async () => {
  bundle = await startBundle({ PUSHER_APPS: JSON.stringify([app]), WORKERS: "2" });
});
afterEach(async () => {
  for (const { client } of pages.splice(0)) client.disconnect();
  await twoWorkers();
});
afterAll(async () => {
  await bundle.close();
  await closeDatabase();
});

/** Process ids of the workers, by the primary's. */
function workerPids(): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid = 0, parent]) => (parent === bundle.child.record?.pid ? [pid] : []));
}

const fetchText = async (path: string) => (await fetch(`http://127.0.0.1:${bundle.port}${path}`)).text();

/** The workers that answer the primary, as in `imchat_connections{worker="1",…} 4`. */
async function connectionsByWorker(): Promise<Record<string, number>> {
  const page = await fetchText("/metrics");
  const rows = [...page.matchAll(/^imchat_connections\{(.*)\} (\d+)$/gm)].map(([, labels = "", count]) => ({
    worker: /worker="(\d+)"/.exec(labels)?.[1] ?? "",
    isOurs: labels.includes(`app="${app.id}"`),
    count: Number(count),
  }));
  return Object.fromEntries(rows.filter(({ isOurs }) => isOurs).map(({ worker, count }) => [worker, count]));
}

const twoWorkers = () =>
  expect.poll(async () => Object.keys(await connectionsByWorker()).sort(), { timeout: 30_000 }).toEqual(["1", "2"]);

type Page = { client: ReturnType<typeof clientOf>; numbers: number[]; hasBroken: boolean };

async function openPages(count: number): Promise<Page[]> {
  for (let at = 0; at < count; at += 1) {
    const client = clientOf(app, bundle.port);
    const page: Page = { client, numbers: [], hasBroken: false };
    const channel = client.subscribe("private-news");
    channel.bind("said", ({ number }: { number: number }) => page.numbers.push(number));
    await subscribed(channel);
    client.connection.bind("state_change", () => {
      page.hasBroken = true;
    });
    pages.push(page);
  }
  return pages;
}

/** Pages on both workers, and how many each has. A worker that is busy for a moment gets fewer. */
async function openPagesOnBoth(): Promise<{ all: Page[]; counts: number[] }> {
  for (;;) {
    const all = await openPages(8);
    const counts = Object.values(await connectionsByWorker());
    if (counts.every((count) => count > 1)) return { all, counts };
  }
}

test("connections are spread over the workers, and an event reaches all of them", async () => {
  const { all, counts } = await openPagesOnBoth();
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
  await backendOf(app, bundle.port).trigger("private-news", "said", { number: 1 });
  await expect.poll(() => all.map(({ numbers }) => numbers)).toEqual(all.map(() => [1]));
  expect(await fetchText("/readyz")).toBe('{"ok":true}');
});

test("a killed worker takes only its own connections, and the others receive all the time", async () => {
  const { all, counts } = await openPagesOnBoth();
  const backend = backendOf(app, bundle.port);
  const [victim = 0] = workerPids();
  for (let number = 0; number < 30; number += 1) {
    if (number === 10) process.kill(victim, "SIGKILL");
    // The killed worker may have been the one that was asked.
    await backend.trigger("private-news", "said", { number }).catch(() => null);
  }
  const countBroken = () => all.filter(({ hasBroken }) => hasBroken).length;
  await expect.poll(() => counts.includes(countBroken())).toBe(true);
  await twoWorkers();
  expect(counts).toContain(countBroken());
  const others = all.filter(({ hasBroken }) => !hasBroken);
  await expect.poll(() => others.every(({ numbers }) => numbers.length >= 29)).toBe(true);
  await expect.poll(() => all.every(({ client }) => client.connection.state === "connected")).toBe(true);
  expect(workerPids()).not.toContain(victim);
});

test("while all workers are dead a connection waits and is accepted", async () => {
  for (const pid of workerPids()) process.kill(pid, "SIGKILL");
  await openPages(1);
});

/** Connects once; the close code, or "established", or the error. */
function connectOnce(): Promise<string> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${bundle.port}/app/${app.key}?protocol=7`);
    ws.on("message", (data) => {
      if (!String(data).includes("connection_established")) return;
      resolve("established");
      ws.close();
    });
    ws.on("error", (error) => resolve(`refused: ${error.message}`));
    ws.on("close", (code) => resolve(String(code)));
  });
}

/** A connection that stays; the code with which the worker closes it. */
async function stay(): Promise<{ closed: Promise<number> }> {
  const ws = new WebSocket(`ws://127.0.0.1:${bundle.port}/app/${app.key}?protocol=7`);
  const closed = new Promise<number>((resolve) => ws.once("close", resolve));
  await new Promise((resolve) => ws.once("message", resolve));
  return { closed };
}

test("SIGHUP replaces all workers without a refused connection", async () => {
  const before = workerPids();
  const staying = await Promise.all(Array.from({ length: 40 }, stay));
  const results: string[] = [];
  let replaced = false;
  const connecting = Array.from({ length: 4 }, async () => {
    while (!replaced) results.push(await connectOnce());
  });
  bundle.signal("SIGHUP");
  await expect
    .poll(() => workerPids().filter((pid) => before.includes(pid)), { timeout: 60_000, interval: 200 })
    .toEqual([]);
  replaced = true;
  await Promise.all(connecting);
  expect([...new Set(results)].filter((result) => result !== "established" && result !== "4200")).toEqual([]);
  expect(results.filter((result) => result === "established").length).toBeGreaterThan(10);
  expect(await Promise.all(staying.map(({ closed }) => closed))).toEqual(staying.map(() => 4200));
  expect(workerPids()).toHaveLength(2);
});

test("a worker that is told to stop lets its successor start first", async () => {
  const [leaver = 0] = workerPids();
  process.kill(leaver, "SIGTERM");
  const results: string[] = [];
  while (workerPids().includes(leaver)) results.push(await connectOnce());
  expect([...new Set(results)].filter((result) => result !== "established" && result !== "4200")).toEqual([]);
  await twoWorkers();
});

test("SIGTERM drains every worker and leaves no process", async () => {
  const staying = await Promise.all(Array.from({ length: 6 }, stay));
  const pids = workerPids();
  const stopped = bundle.child.stop();
  expect(await Promise.all(staying.map(({ closed }) => closed))).toEqual(staying.map(() => 4200));
  await stopped;
  const alive = pids.filter((pid) => spawnSync("ps", ["-p", String(pid)]).status === 0);
  expect(alive).toEqual([]);
  bundle.child.start();
  await expect.poll(() => isTaken(bundle.port)).toBe(true);
});
