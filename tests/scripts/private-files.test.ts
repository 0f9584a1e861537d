import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort } from "#scripts/ports.ts";
import { closeSql, sql } from "#server/db/sql.ts";
import { databaseOf } from "#tests/_roles.ts";

const home = mkdtempSync(path.join(os.tmpdir(), "imchat-private-"));
// What Postgres runs as must get in.
chmodSync(home, 0o711);
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await closeSql();
});

/** Everything below a directory that others may read, enter or write to. */
function openTo(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
    (name) => (statSync(path.join(directory, name)).mode & 0o077) !== 0,
  );
}

/** With a umask that closes nothing. */
const carelessly = (args: string[]) => ["-c", 'umask 0; exec "$0" "$@"', process.execPath, "--import", "tsx", ...args];

test("what a local run keeps is for its user alone, also where older files were open", () => {
  for (const name of ["secrets.json", "postgres.json"]) {
    const text = name === "postgres.json" ? '{"port":0,"password":"x"}' : "{}";
    writeFileSync(path.join(home, name), text, { mode: 0o644 });
  }
  const source = `
    import { localSecrets } from "#scripts/secrets.ts";
    import { startPostgres } from "#scripts/postgres.ts";
    localSecrets(${JSON.stringify(home)});
    const server = await startPostgres({ home: ${JSON.stringify(home)} });
    await server.stop();
  `;
  const ran = spawnSync("sh", carelessly(["--input-type=module", "--eval", source]), { encoding: "utf8" });
  expect(ran).toMatchObject({ status: 0 });
  expect(readdirSync(home).sort()).toEqual(["postgres", "postgres.json", "postgres.log", "secrets.json"]);
  expect(openTo(home)).toEqual([]);
});

test("what the jobs process writes is for its user alone", async () => {
  const media = path.join(home, "media");
  mkdirSync(media, { mode: 0o700 });
  const env = { ...process.env, ...databaseOf("jobs"), MEDIA_DIR: media, JOBS_PORT: String(await freePort()) };
  const child = spawn("sh", carelessly(["jobs/main.ts"]), { env, stdio: "ignore" });
  try {
    // It brings our stickers at its start.
    await expect.poll(async () => (await sql()`select from stickers`).length, { timeout: 50_000 }).toBeGreaterThan(0);
    expect(existsSync(path.join(media, "blobs"))).toBe(true);
    expect(openTo(media)).toEqual([]);
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
});
