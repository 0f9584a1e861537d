import { type ChildProcess, spawn } from "node:child_process";
import { freePort } from "#scripts/ports.ts";
import { root } from "#scripts/settings.ts";
import { waitFor } from "#scripts/wait.ts";
import { databaseOf } from "#tests/_roles.ts";

const running = new Set<ChildProcess>();

/** A jobs process as it is deployed, with this file's database and disk. */
export async function startJobs(): Promise<{ child: ChildProcess; base: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "jobs/main.ts"], {
    cwd: root,
    env: { ...process.env, ...databaseOf("jobs"), JOBS_PORT: String(port) },
    stdio: "ignore",
  });
  running.add(child);
  await waitFor(`http://127.0.0.1:${port}/readyz`, { timeoutMs: 30_000 });
  return { child, base: `http://127.0.0.1:${port}` };
}

export async function killJobs(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill("SIGKILL")) await ended;
  running.delete(child);
}

export const killAllJobs = async (): Promise<void> => {
  await Promise.all([...running].map(killJobs));
};
