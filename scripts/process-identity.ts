/**
 * Who a process id belongs to. Ids are used again, so an id alone never justifies stopping something: an id together
 * with the moment its process began does.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export type ProcessRecord = { pid: number; began: string };

/** When the process began, in a form only good for comparing; undefined when there is no such process. */
export function beganAt(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return undefined;
  }
  if (process.platform === "linux") return beganAtLinux(pid);
  const [command, args]: [string, string[]] =
    process.platform === "win32"
      ? ["powershell", ["-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
      : ["ps", ["-o", "lstart=", "-p", String(pid)]];
  const answer = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  return answer.stdout?.trim() || undefined;
}

/** /proc/<pid>/stat: the name stands in brackets and may contain anything; the fields after it are plain. */
function readStat(pid: number): { name: string; fields: string[] } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const end = stat.lastIndexOf(")");
  return { name: stat.slice(stat.indexOf("(") + 1, end), fields: stat.slice(end + 2).split(" ") };
}

function beganAtLinux(pid: number): string | undefined {
  try {
    const { fields } = readStat(pid);
    // A zombie is dead.
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function recordOf(pid: number): ProcessRecord | undefined {
  const began = beganAt(pid);
  return began ? { pid, began } : undefined;
}

/**
 * The npm that started us, as far as it can be told. Between npm and us there may be the shell in which npm runs a
 * script, and that shell stays when npm is killed. Linux only; elsewhere a killed npm leaves the run to Ctrl-C.
 */
export function npmAbove(): ProcessRecord | undefined {
  if (!process.env.npm_lifecycle_event || process.platform !== "linux") return undefined;
  try {
    const parent = readStat(process.ppid);
    const shell = /^(ba|da|a|z)?sh$/.test(parent.name);
    return recordOf(shell ? Number(parent.fields[1]) : process.ppid);
  } catch {
    return undefined;
  }
}

export function isAlive(record: ProcessRecord): boolean {
  return beganAt(record.pid) === record.began;
}

/** Asks a process to stop, waits, and then ends it. `group` also reaches what it started, where there are groups. */
export async function stopProcess(
  record: ProcessRecord,
  {
    signal = "SIGTERM",
    graceMs = 5_000,
    group = false,
  }: { signal?: NodeJS.Signals; graceMs?: number; group?: boolean } = {},
): Promise<void> {
  const target = group && process.platform !== "win32" ? -record.pid : record.pid;
  const send = (name: NodeJS.Signals) => {
    try {
      process.kill(target, name);
    } catch {
      // It ended between the look and the signal.
    }
  };
  if (!isAlive(record)) return;
  send(signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(record)) {
    if (Date.now() > deadline) {
      send("SIGKILL");
      return;
    }
    await pause(20);
  }
}
