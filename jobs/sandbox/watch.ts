import { Worker } from "node:worker_threads";

/** Plain JavaScript, so that it starts without a loader. In a thread of its own: it runs while the parser spins. */
const source = `
  const { workerData } = require("node:worker_threads");
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || process.memoryUsage.rss() > workerData) process.kill(process.pid, "SIGKILL");
  }, 50);
`;

/**
 * Kills this process when it holds more than `memoryBytes`, native memory included, or when the jobs process is gone: a
 * process that spins hears neither signals nor the end of its channel.
 */
export function startWatch(memoryBytes: number): void {
  new Worker(source, { eval: true, execArgv: [], workerData: memoryBytes }).unref();
}
