import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Worker } from "#realtime/worker.ts";
import { closeDatabase } from "#tests/_people.ts";
import { clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

type Event = { name: string; channel: string; [more: string]: unknown };
const got: Event[] = [];
/** Number of events in each request, by address. */
const sizes: Record<string, number[]> = { "/hook": [], "/batches": [] };
/** Number of coming requests that are answered with 500. */
let failing = 0;
let posts = 0;
let forged = 0;

const app = newApp();
const backend = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    posts += 1;
    const signature = createHmac("sha256", app.secret).update(body).digest("hex");
    const { "x-pusher-key": key, "x-pusher-signature": received, "x-extra": extra } = request.headers;
    if (key !== app.key || received !== signature || extra !== "yes") forged += 1;
    if (failing > 0) {
      failing -= 1;
      return response.writeHead(500).end();
    }
    const { events } = JSON.parse(body) as { events: Event[] };
    sizes[request.url ?? ""]?.push(events.length);
    if (request.url === "/hook") got.push(...events);
    response.end();
  });
});

let workers: Worker[] = [];
beforeAll(async () => {
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const events = [
    "channel_occupied",
    "channel_vacated",
    "member_added",
    "member_removed",
    "client_event",
    "cache_miss",
  ];
  // Configured headers are sent too, but cannot replace the signature.
  const headers = { "X-PUSHER-signature": "forged", "X-Extra": "yes" };
  app.webhooks.push({ url: `${url}/hook`, events, headers, batch: false });
  app.webhooks.push({ url: `${url}/batches`, events, headers, batch: true });
  workers = [await startAppWorker([app]), await startAppWorker([app])];
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  backend.close();
  await closeDatabase();
});

const ofChannel = (channel: string) => got.filter((event) => event.channel === channel).map((event) => event.name);

test("channel and member webhooks are signed and sent once over all workers", async () => {
  const [ann, ben] = workers.map((worker, at) => clientOf(app, worker.port, { id: ["ann", "ben"][at] ?? "" }));
  if (!ann || !ben) throw new Error("two workers are running");
  for (const one of [ann, ben]) await subscribed(one.subscribe("presence-room"));
  await expect
    .poll(() => ofChannel("presence-room").sort())
    .toEqual(["channel_occupied", "member_added", "member_added"]);
  for (const one of [ann, ben]) one.disconnect();
  await expect
    .poll(() => ofChannel("presence-room").slice(3).sort())
    .toEqual(["channel_vacated", "member_removed", "member_removed"]);
  expect(got.find((event) => event.name === "member_removed")).toMatchObject({ user_id: expect.any(String) });
  expect(forged).toBe(0);
});

test("opposite events within the delay cancel out", async () => {
  const [worker] = workers;
  const page = clientOf(app, worker?.port ?? 0);
  await subscribed(page.subscribe("brief"));
  await expect.poll(() => ofChannel("brief")).toEqual(["channel_occupied"]);
  page.unsubscribe("brief");
  await subscribed(page.subscribe("brief"));
  // Reported after the delay of the earlier event would have passed.
  await subscribed(page.subscribe("other"));
  await expect.poll(() => ofChannel("other")).toEqual(["channel_occupied"]);
  page.unsubscribe("other");
  await expect.poll(() => ofChannel("other")).toEqual(["channel_occupied", "channel_vacated"]);
  expect(ofChannel("brief")).toEqual(["channel_occupied"]);
  page.disconnect();
});

test("failed webhooks are retried; client events and cache misses are reported", async () => {
  failing = 2;
  const before = posts;
  const [worker] = workers;
  const page = clientOf(app, worker?.port ?? 0, { id: "ann" });
  const channel = page.subscribe("private-cache-box");
  await next(channel, "pusher:cache_miss");
  await subscribed(channel);
  channel.trigger("client-note", { text: "hi" });
  await expect
    .poll(() => ofChannel("private-cache-box").sort())
    .toEqual(["cache_miss", "channel_occupied", "client_event"]);
  expect(posts - before).toBeGreaterThan(2);
  expect(got.find((event) => event.name === "client_event")).toMatchObject({
    event: "client-note",
    data: '{"text":"hi"}',
    socket_id: expect.stringMatching(/^\d+\.\d+$/),
  });
  page.disconnect();
});

test("each event is one request, or with batch all due events are one", async () => {
  const [worker] = workers;
  const page = clientOf(app, worker?.port ?? 0, { id: "ann" });
  const channels = await Promise.all(
    ["private-a", "private-b"].map(async (name) => {
      const channel = page.subscribe(name);
      await subscribed(channel);
      return channel;
    }),
  );
  for (let at = 0; at < 10; at += 1) channels[at % 2]?.trigger("client-count", { at });
  const counted = (name: string) =>
    got.filter((event) => event.channel === name && event.name === "client_event").map((event) => event.data);
  await expect.poll(() => counted("private-a").length + counted("private-b").length).toBe(10);
  expect(counted("private-a").sort()).toEqual([0, 2, 4, 6, 8].map((at) => `{"at":${at}}`));
  expect(new Set(sizes["/hook"])).toEqual(new Set([1]));
  await expect.poll(() => Math.max(...(sizes["/batches"] ?? []))).toBeGreaterThan(1);
  page.disconnect();
});
