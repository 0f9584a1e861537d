/**
 * Playwright's global setup: a messenger for each of its processes runs before the first journey and ends after the
 * last.
 */
import { StackHost } from "#tests/_stack-host.ts";

export default async function setup(): Promise<() => Promise<void>> {
  const ports: number[] = JSON.parse(process.env.IMCHAT_WEB_PORTS ?? "[]");
  const hosts: StackHost[] = [];
  const stop = async () => void (await Promise.all(hosts.map((host) => host.stop())));
  try {
    for (const port of ports) hosts.push(await StackHost.start(port, `journeys-${hosts.length + 1}`));
  } catch (error) {
    await stop();
    throw error;
  }
  // The processes that run the journeys inherit it; `stack()` reads it.
  process.env.IMCHAT_STACKS = JSON.stringify(hosts.map(({ addresses }) => addresses));
  return stop;
}
