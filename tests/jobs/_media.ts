/** The media server and the runner of jobs in the test's own process, and files to send to them. */

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import type { Purpose } from "#contracts/media.ts";
import { startHttp } from "#jobs/http.ts";
import type { Readings } from "#jobs/media/readings.ts";
import { startRunner } from "#jobs/runner.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { filesStatus } from "#server/media/status.ts";
import { closeDatabase } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";

/** For one test file. `base` is where the media server is. `readings`: how it finds out who may read. */
export function withMedia(readings?: Readings) {
  let stop = async () => {};
  const media = { base: "" };
  beforeAll(async () => {
    const http = await startHttp(0, () => true, undefined, readings);
    const runner = await startRunner(urlOf("jobs"));
    media.base = `http://127.0.0.1:${http.port}`;
    stop = async () => {
      await runner.stop();
      await http.close();
    };
  });
  afterAll(async () => {
    await stop();
    await closeDatabase();
    if (env().storage.type === "disk") await rm(process.env.MEDIA_DIR ?? "", { recursive: true, force: true });
  });
  return media;
}

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

export type Sending = { purpose?: Purpose; name?: string; clientId?: string };

/** Announces, sends every part and asks for it to be looked into. */
export async function upload(base: string, me: Me, bytes: Buffer, sending: Sending = {}): Promise<string> {
  const { purpose = "image", name = "file", clientId = randomUUID() } = sending;
  const begun = await createUpload(me, { clientId, name, bytes: bytes.length, sha256: sha256(bytes), purpose }, base);
  const { fileId } = begun;
  const parts: { n: number; etag: string }[] = [];
  for (const { n, url } of begun.parts) {
    const body = new Uint8Array(bytes.subarray((n - 1) * begun.partBytes, n * begun.partBytes));
    const response = await fetch(url, { method: "PUT", body });
    if (!response.ok) throw new Error(`part ${n}: ${response.status}`);
    parts.push({ n, etag: response.headers.get("etag") ?? "" });
  }
  if (begun.parts.length > 0) await completeUpload(me, { fileId, parts });
  return fileId;
}

/** What became of it: "ready", or the reason of its refusal. */
export async function outcomeOf(me: Me, fileId: string): Promise<string> {
  for (;;) {
    const [status] = (await filesStatus(me, [fileId])).files;
    if (!status) return "gone";
    if (status.state === "ready") return "ready";
    if (status.state === "refused") return status.reason ?? "refused";
    await pause(20);
  }
}

export async function uploaded(base: string, me: Me, bytes: Buffer, sending: Sending = {}) {
  const fileId = await upload(base, me, bytes, sending);
  return { fileId, outcome: await outcomeOf(me, fileId) };
}

/** Waits for what the processes do in their own time. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(20);
}

export const someBytes = (bytes = 1_000) => randomBytes(bytes);

export const announcement = (bytes: Buffer, more: Partial<Announcement> = {}): Announcement => ({
  clientId: randomUUID(),
  name: "notes.bin",
  bytes: bytes.length,
  sha256: sha256(bytes),
  purpose: "file",
  ...more,
});
type Announcement = Parameters<typeof createUpload>[1];

/** Where a disk keeps what has come so far. */
export const placeOf = (fileId: string) => path.join(process.env.MEDIA_DIR ?? "", "uploads", fileId);

export const put = (url: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  fetch(url, { method: "PUT", body: new Uint8Array(bytes), headers });

/** Sends the head of a request and some of its body, and keeps the rest. */
export async function dribble(url: string, length: number, first: Buffer) {
  const request = http.request(url, { method: "PUT", headers: { "content-length": length } });
  const ended = new Promise<number>((resolve) => {
    request.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", () => resolve(0));
  });
  await new Promise<void>((resolve) => request.write(first, () => resolve()));
  return { request, ended };
}
