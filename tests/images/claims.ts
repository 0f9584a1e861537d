/**
 * What people do with the messenger behind its proxy: two accounts that are friends, a message that arrives live, a
 * picture.
 */

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import sharp from "sharp";
import { type Api, createApi } from "#examples/cli/api.ts";
import { type Program, runProgram } from "#tests/examples/_program.ts";

type Account = { api: Api; login: string; password: string };
export type Pair = { url: string; sender: Account; reader: Account; conversationId: string };

/** What a moment without a process costs is waited for, as every client does. */
export async function patiently<T>(what: string, work: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what}: ${error instanceof Error ? error.message : error}`);
      await pause(500);
    }
  }
}

async function newAccount(url: string, name: string): Promise<Account & { id: string }> {
  const handle = `${name}${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const signUp = createApi(url).accounts.signUp;
  await patiently("signing up", () => signUp.mutate({ handle, displayName: name, password }));
  const { token, person } = await createApi(url).accounts.signIn.mutate({ login: handle, password, label: "images" });
  return { api: createApi(url, { token }), login: handle, password, id: person.id };
}

export async function newPair(url: string): Promise<Pair> {
  const sender = await newAccount(url, "ann");
  const reader = await newAccount(url, "ben");
  await sender.api.friends.request.mutate({ personId: reader.id, note: "" });
  const { conversationId } = await reader.api.friends.accept.mutate({ personId: sender.id });
  return { url, sender, reader, conversationId };
}

/** The command line client of `examples/cli`, which follows a conversation over the worker. */
export async function followWithCli({ url, reader, conversationId }: Pair, home: string): Promise<Program> {
  const config = path.join(mkdtempSync(path.join(home, "cli-")), "config.json");
  const environment = { IMCHAT_URL: url, IMCHAT_CONFIG: config, IMCHAT_PASSWORD: reader.password };
  await runProgram(["sign-in", reader.login], environment).exit;
  const program = runProgram(["tail", conversationId], environment);
  await program.until((line) => line.includes("[live]"));
  return program;
}

export async function sendText({ sender, conversationId }: Pair, text: string): Promise<void> {
  const message = { conversationId, clientId: randomUUID(), content: { kind: "text" as const, text } };
  await patiently("sending", () => sender.api.messages.send.mutate(message));
}

/** Uploads a new picture, sends it, and reads the small variant as the other person. Answers its size in pixels. */
export async function sendPicture({ sender, reader, conversationId }: Pair): Promise<string> {
  const noise = {
    create: {
      width: 800,
      height: 600,
      channels: 3 as const,
      background: "#507090",
      noise: { type: "gaussian" as const, mean: 128, sigma: 30 },
    },
  };
  const bytes = await sharp(noise).jpeg().toBuffer();
  const clientId = randomUUID();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { clientId, name: "picture.jpg", bytes: bytes.length, sha256, purpose: "image" as const };
  const fileId = await patiently("uploading", async () => {
    const plan = await sender.api.media.begin.mutate(file);
    const parts: { n: number; etag: string }[] = [];
    for (const { n, url } of plan.parts) {
      const response = await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
      if (!response.ok) throw new Error(`part ${n} was answered ${response.status}`);
      parts.push({ n, etag: response.headers.get("etag") ?? "" });
    }
    if (plan.state === "uploading") await sender.api.media.complete.mutate({ fileId: plan.fileId, parts });
    return plan.fileId;
  });
  await patiently("the picture to be looked into", async () => {
    const [status] = (await sender.api.media.status.query({ fileIds: [fileId] })).files;
    if (status?.state !== "ready") throw new Error(`it is ${status?.state ?? "gone"} ${status?.reason ?? ""}`);
  });
  const content = { kind: "image" as const, pictures: [{ fileId }], caption: "" };
  await patiently("sending a picture", () =>
    sender.api.messages.send.mutate({ conversationId, clientId: randomUUID(), content }),
  );
  const { url } = await reader.api.media.address.query({ fileId, variant: "thumb" });
  const response = await fetch(url);
  const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  return `${width} × ${height}`;
}
