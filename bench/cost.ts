/** CPU time and memory of processes, read from /proc. A process counts with everything that it started. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const microsPerTick = 1e6 / (Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100);

type Stat = { pid: number; parent: number; group: number; own: number; reaped: number };

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const number = (at: number) => Number(fields[at]);
    return { pid, parent: number(1), group: number(2), own: number(11) + number(12), reaped: number(13) + number(14) };
  } catch {
    return undefined; // it ended meanwhile
  }
}

function allProcesses(): Stat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
}

export const childrenOf = (pid: number): number[] =>
  allProcesses().flatMap((stat) => (stat.parent === pid ? [stat.pid] : []));

/** The process, its group, and its children: a backend of Postgres has a group of its own. */
function familyOf(pid: number): Stat[] {
  return allProcesses().filter((stat) => stat.pid === pid || stat.group === pid || stat.parent === pid);
}

/** µs of CPU that these processes have used since they began, ended children included. */
export function cpuOf(...pids: number[]): number {
  const ticks = pids
    .flatMap(familyOf)
    .reduce((sum, stat) => sum + stat.own + (pids.includes(stat.pid) ? stat.reaped : 0), 0);
  return ticks * microsPerTick;
}

/** KB of memory, each page that several processes share counted once in all. */
export function memoryOf(...pids: number[]): number {
  return pids.flatMap(familyOf).reduce((sum, { pid }) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return sum + Number(rollup.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
  }, 0);
}
