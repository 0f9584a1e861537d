/** What is measured runs on one core, who measures on another, where `taskset` can do that. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";

export const serverCore = 0;
export const generatorCore = 1;

const canPin = os.cpus().length > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** All threads of a process; what it starts later inherits it. */
export function pin(pid: number, core: number): void {
  if (canPin) spawnSync("taskset", ["-apc", String(core), String(pid)]);
}

/** Ten thousand connections need as many files in the generator and in the server. */
function openFileLimit(): number {
  if (process.platform !== "linux") return Number.POSITIVE_INFINITY;
  const line = readFileSync("/proc/self/limits", "utf8").match(/^Max open files\s+(\d+|unlimited)/m);
  return line?.[1] === "unlimited" ? Number.POSITIVE_INFINITY : Number(line?.[1] ?? 0);
}

export function requireOpenFiles(connections: number): void {
  const limit = openFileLimit();
  const needed = connections + 500;
  if (limit >= needed) return;
  throw new Error(
    `${connections} connections need ${needed} open files, and the limit here is ${limit}. Run "ulimit -n ${needed}" in this shell ` +
      "(a higher hard limit needs root: LimitNOFILE of the service, or /etc/security/limits.conf), then start again.",
  );
}

/** Metadata that a figure means nothing without; no name of the machine among them. */
export function machineMetadata(): Record<string, string> {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    system: `${os.type()} ${os.release().split("-")[0]} ${os.arch()}`,
    node: process.versions.node,
    pinned: canPin ? `server on core ${serverCore}, generator on core ${generatorCore}` : "no (there is no taskset)",
  };
}
