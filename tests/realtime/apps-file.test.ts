/** Apps are added, changed and removed while the worker runs. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, next, subscribed } from "#tests/realtime/_app.ts";
import { type Bundle, startBundle } from "#tests/realtime/_bundle.ts";

const fixed = newApp();
const [first, second] = [newApp(), newApp()];
const directory = mkdtempSync(path.join(tmpdir(), "imchat-apps-"));
const file = path.join(directory, "apps.json");
const write = (apps: object[]) => writeFileSync(file, JSON.stringify(apps));
/** Replaces the file by renaming another, as an editor or a mounted configuration does. */
const replace = (apps: object[]) => {
  writeFileSync(`${file}.new`, JSON.stringify(apps));
  renameSync(`${file}.new`, file);
};

let worker: Bundle;
beforeAll(async () => {
  write([first]);
  worker = await startBundle({ PUSHER_APPS: JSON.stringify([fixed]), PUSHER_APPS_FILE: file, LOG_LEVEL: "info" });
});
afterAll(async () => {
  await worker.close();
  rmSync(directory, { recursive: true });
  await closeDatabase();
});

type PusherError = { data: { code: number } };
const connected = async (app: typeof first) => {
  const page = clientOf(app, worker.port);
  await next(page.connection, "connected");
  return page;
};
/** The outcome of a new connection: "connected", or the close code. */
const answerTo = (app: typeof first) =>
  new Promise<string | number>((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${worker.port}/app/${app.key}?protocol=7`);
    ws.on("message", (data) => {
      if (JSON.parse(data.toString()).event !== "pusher:connection_established") return;
      resolve("connected");
      ws.close();
    });
    ws.on("close", resolve);
  });
/** Retries, because the file is polled every second. */
const becomes = (app: typeof first, wanted: string | number) => expect.poll(() => answerTo(app)).toBe(wanted);

test("adding, disabling, enabling and removing an app leaves other apps alone", async () => {
  const [stays, there] = [await connected(fixed), await connected(first)];
  const lost: unknown[] = [];
  stays.connection.bind("disconnected", () => lost.push("fixed"));
  expect(await answerTo(second)).toBe(4001);
  replace([first, second]);
  await becomes(second, "connected");

  const ended = next<PusherError>(there.connection, "error");
  write([{ ...first, enabled: false }, second]);
  expect((await ended).data.code).toBe(4003);
  expect(await answerTo(first)).toBe(4003);
  const refusal = backendOf(first, worker.port).trigger("lobby", "said", {});
  await expect(refusal).rejects.toMatchObject({ status: 403 });

  write([first, second]);
  await becomes(first, "connected");
  replace([first]);
  await becomes(second, 4001);
  expect(lost).toEqual([]);
  stays.disconnect();
});

test("changed rules and secrets apply at once, and open connections stay", async () => {
  const page = await connected(first);
  await subscribed(page.subscribe("private-news"));
  const changed = { ...first, secret: "another-secret-of-it", secretPrevious: undefined };
  replace([changed]);
  await expect
    .poll(() =>
      backendOf(first, worker.port)
        .trigger("private-news", "said", {})
        .then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
    )
    .toBe(401);
  const received = next(page.channel("private-news"), "said");
  await backendOf(changed, worker.port).trigger("private-news", "said", { by: "the new one" });
  expect(await received).toEqual({ by: "the new one" });
  page.disconnect();
  write([first]);
});

test("a faulty file is logged with its position and changes no app; SIGHUP reloads it", async () => {
  await becomes(first, "connected");
  write([{ ...first, key: "" }]);
  const fault = 'field \\"key\\": must be a text of letters, digits, - and _';
  await expect.poll(() => worker.lines.some((line) => line.includes(fault))).toBe(true);
  await becomes(first, "connected");
  const reads = () => worker.lines.filter((line) => line.includes(fault)).length;
  const before = reads();
  worker.signal("SIGHUP");
  await expect.poll(reads).toBe(before + 1);
});
