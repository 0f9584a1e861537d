import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "#scripts/postgres.ts";
import { beganAt } from "#scripts/process-identity.ts";

const home = mkdtempSync(path.join(os.tmpdir(), "imchat-lasting-"));
// Root runs Postgres as another user, who must be able to enter; else the data would be put elsewhere.
chmodSync(home, 0o711);
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

/** Starts the database from another process, which says its address and then waits for ever. */
async function startElsewhere(): Promise<{ url: string; pid: number; kill: () => Promise<void> }> {
  const program = `
    const { startPostgres } = await import("#scripts/postgres.ts");
    const { url, pid } = await startPostgres({ home: ${JSON.stringify(home)} });
    console.log(JSON.stringify({ url, pid }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data))));
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { ...JSON.parse(said), kill };
}

test("the database survives that its owner is killed, and the next start takes it over", async () => {
  const first = await startElsewhere();
  await query(first.url, "create table kept (one int); insert into kept values (1);");
  await first.kill();
  expect(beganAt(first.pid)).toBeDefined();

  const second = await startPostgres({ home });
  expect(second.pid).toBe(first.pid);
  expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
  await second.stop();
  expect(beganAt(first.pid)).toBeUndefined();
});

test("a start beside a living owner shares the database and leaves it running", async () => {
  const owner = await startElsewhere();
  const guest = await startPostgres({ home });
  expect(guest.pid).toBe(owner.pid);
  await guest.stop();
  expect(await query(owner.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await owner.kill();
  await (await startPostgres({ home })).stop();
});

test("a server that was killed itself recovers at the next start, on the same port", async () => {
  const first = await startPostgres({ home });
  await query(first.url, "insert into kept values (2)");
  process.kill(first.pid, "SIGKILL");
  const second = await startPostgres({ home });
  expect(second.port).toBe(first.port);
  expect(await query(second.url, "select count(*)::int as rows from kept")).toEqual([{ rows: 2 }]);
  await second.stop();
});

test("the database is closed to everyone who does not know its password, and to other machines", async () => {
  const server = await startPostgres({ home });
  const wrong = new URL(server.url);
  wrong.password = "guess";
  await expect(query(wrong.toString(), "select 1")).rejects.toThrow(/password/);
  expect(await query(server.url, "show unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
  expect(await query(server.url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  expect(statSync(path.join(home, "postgres")).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(home, "postgres.json")).mode & 0o777).toBe(0o600);
  await server.stop();
});

test("another port is chosen when the remembered one was taken meanwhile", async () => {
  const { port } = JSON.parse(readFileSync(path.join(home, "postgres.json"), "utf8"));
  const squatter = net.createServer();
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
  const server = await startPostgres({ home });
  expect(server.port).not.toBe(port);
  await server.stop();
  squatter.close();
});

test("the database of a test run means what it commits, and is gone afterwards", async () => {
  const server = await startPostgres({ ephemeral: true });
  expect(await query(server.url, "show fsync")).toEqual([{ fsync: "off" }]);
  expect(await query(server.url, "show synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
  const [row] = (await query(server.url, "show data_directory")) as { data_directory: string }[];
  await server.stop();
  expect(existsSync(row?.data_directory ?? "")).toBe(false);
});
