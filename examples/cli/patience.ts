import { setTimeout as delay } from "node:timers/promises";

const firstWait = 500;
const longestWait = 8_000;

/** Milliseconds before the next attempt. Jitter, because everyone lost the server in the same moment. */
export function backOff(failures: number): number {
  return Math.min(longestWait, firstWait * 2 ** failures) * (0.5 + Math.random());
}

/** Resolves after that long, or at once when the signal ends it. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => {});
}
