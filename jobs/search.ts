import { setTimeout as pause } from "node:timers/promises";
import { log } from "#server/log.ts";
import { indexQueued, queueOutdated } from "#server/messages/search/indexing/index-messages.ts";

/** A message is found so long after it was sent, at most, and the time that its batch takes. */
const lookEvery = 1_000;
const afterFailure = 5_000;

/**
 * Keeps the index of messages filled while the process runs (docs/search.md). Polls, because a notification for each message
 * would cost more than the index.
 */
export function startIndexing(): { close(): Promise<void> } {
  const ended = new AbortController();
  const wait = (ms: number) => pause(ms, undefined, { signal: ended.signal }).catch(() => {});
  let looked = false;
  const work = async (): Promise<void> => {
    if (!looked) {
      const outdated = await queueOutdated();
      if (outdated > 0) log.info({ conversations: outdated }, "messages are indexed anew for searching");
      looked = true;
    }
    while (!ended.signal.aborted) if ((await indexQueued()) === 0) await wait(lookEvery);
  };
  const forever = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await work().catch((error: unknown) => {
        if (!ended.signal.aborted) log.warn({ err: error }, "indexing messages failed; trying again");
      });
      await wait(afterFailure);
    }
  };
  const over = forever();
  return {
    close: async () => {
      ended.abort();
      await over;
    },
  };
}
