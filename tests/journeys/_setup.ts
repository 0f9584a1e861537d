/** Playwright's global setup: the messenger runs before the first journey and is stopped after the last. */
import { StackHost } from "#tests/_stack-host.ts";

export default async function setup(): Promise<() => Promise<void>> {
  const host = await StackHost.start(Number(process.env.IMCHAT_WEB_PORT));
  // The processes that run the journeys inherit it; `stack()` reads it.
  process.env.IMCHAT_STACK = JSON.stringify(host.addresses);
  return () => host.stop();
}
