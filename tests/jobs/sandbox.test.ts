import { execFileSync, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { closeSandbox, inSandbox, SandboxDied } from "#jobs/sandbox/pool.ts";
import { root } from "#scripts/settings.ts";
import { sql } from "#server/db/sql.ts";
import { completeUpload } from "#server/media/complete-upload.ts";
import { createUpload } from "#server/media/create-upload.ts";
import { newPerson } from "#tests/_people.ts";
import { announcement, outcomeOf, put, until, upload, uploaded, withMedia } from "#tests/jobs/_media.ts";
import * as samples from "#tests/jobs/_samples.ts";

const media = withMedia();

/** 42 bytes on which the reader of FLAC turns for ever. */
const endlessFlac = Buffer.from(
  `664c614380000022 10001000 000000000000 0ac440f0 0000ac44 ${"00".repeat(16)}`.replaceAll(" ", ""),
  "hex",
);

const crashesOf = async (fileId: string) =>
  (await sql()<{ crashes: number }[]>`select crashes from files where id = ${fileId}`)[0]?.crashes ?? 0;

test("a file that a parser never ends on is refused, while health and other people's pictures are answered", async () => {
  expect(endlessFlac.length).toBe(42);
  const [eve, ann] = [await newPerson("eve"), await newPerson("ann")];
  const hostile = await upload(media.base, eve, endlessFlac, { purpose: "voice" });
  let answered = 0;
  const refused = outcomeOf(eve, hostile);
  const watch = refused.then(() => "over");
  expect((await uploaded(media.base, ann, await samples.png())).outcome).toBe("ready");
  for (let state = ""; state !== "over"; ) {
    const response = await fetch(`${media.base}/healthz`);
    expect(await response.text()).toBe("ok");
    answered += 1;
    state = await Promise.race([watch, new Promise<string>((resolve) => setTimeout(() => resolve(""), 50))]);
  }
  expect(await refused).toBe("file_corrupt");
  expect(await crashesOf(hostile)).toBe(2);
  expect(answered).toBeGreaterThan(20);
  // The row says so a moment before its job has ended.
  await until(async () => (await sql()`select from graphile_worker.jobs`).length === 0);
});

test("the count outlives the process that made it, and what was refused for it has one more try when it is sent again", async () => {
  const eve = await newPerson("eve");
  const bytes = Buffer.concat([endlessFlac, Buffer.alloc(1)]);
  const said = announcement(bytes, { purpose: "voice" });
  const { fileId, parts } = await createUpload(eve, said, media.base);
  await put(parts[0]?.url ?? "", bytes);
  // As a jobs process left it that was restarted after the first crash.
  await sql()`update files set crashes = 1 where id = ${fileId}`;
  await completeUpload(eve, { fileId, parts: [] });
  expect(await outcomeOf(eve, fileId)).toBe("file_corrupt");
  expect(await crashesOf(fileId)).toBe(2);
  await upload(media.base, eve, bytes, { purpose: "voice", clientId: said.clientId });
  expect(await crashesOf(fileId)).toBe(1);
  expect(await outcomeOf(eve, fileId)).toBe("file_corrupt");
  expect(await crashesOf(fileId)).toBe(2);
});

test("a child that is killed in the middle is told apart from a file that is refused, and replaced", async () => {
  const input = { body: Buffer.from("<title>A page</title>"), charset: "", url: "https://a.example/" };
  const card = { title: "A page", description: "", site: "a.example", picture: null };
  expect(await inSandbox("readPage", input, 5_000)).toEqual(card);
  await expect(inSandbox("draw", { drawing: heavy, side: 4_096 }, 1)).rejects.toThrow(SandboxDied);
  expect(await inSandbox("readPage", input, 5_000)).toEqual(card);
  closeSandbox();
  expect(await inSandbox("readPage", input, 5_000)).toEqual(card);
});

const heavy = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f"><feGaussianBlur stdDeviation="90"/></filter><rect width="4000" height="4000" filter="url(#f)"/></svg>`,
);

/** Runs a module of its own; answers how it ended and what it printed. */
function run(source: string) {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", source], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const signal = new Promise<string | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  return { child, signal };
}

test("a process that takes more native memory than it may is killed, though it never comes to rest", async () => {
  const { signal } = run(`
    import { startWatch } from "#jobs/sandbox/watch.ts";
    startWatch(400_000_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const held = [];
    for (;;) if (held.length < 80) held.push(Buffer.alloc(10_000_000, 1));
  `);
  expect(await signal).toBe("SIGKILL");
});

test("a child that turns for ever ends when the process that started it was killed", async () => {
  const place = path.join(process.env.MEDIA_DIR ?? "", "endless.flac");
  await writeFile(place, endlessFlac);
  const { child, signal } = run(`
    import { inSandbox } from "#jobs/sandbox/pool.ts";
    await inSandbox("copyRecording", {
      path: ${JSON.stringify(place)}, target: ${JSON.stringify(`${place}.copy`)}, mediaKind: "voice",
    }, 600_000);
  `);
  let spinning: number | undefined;
  await until(async () => {
    spinning = childrenOf(child.pid ?? 0).find(({ seconds }) => seconds >= 2)?.pid;
    return spinning !== undefined;
  });
  child.kill("SIGKILL");
  expect(await signal).toBe("SIGKILL");
  await until(() => !isAlive(spinning ?? 0));
});

/** Its children, and the seconds of processor time that each has used. */
const childrenOf = (parent: number) =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,time="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid]) => Number(ppid) === parent)
    .map(([pid, , time = ""]) => ({ pid: Number(pid), seconds: Number(time.split(":").at(-1)) }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
