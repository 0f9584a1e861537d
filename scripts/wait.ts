/** Waiting for an HTTP address to answer. */
import { setTimeout as pause } from "node:timers/promises";

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Resolves when `url` answers with 2xx. Throws after `timeoutMs`, or as soon as `given` says that it is pointless. */
export async function waitFor(
  url: string,
  { timeoutMs = 90_000, given = () => {} }: { timeoutMs?: number; given?: () => void } = {},
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await answers(url))) {
    given();
    if (Date.now() > deadline) throw new Error(`${url} did not answer within ${timeoutMs / 1000} s.`);
    await pause(100);
  }
}
