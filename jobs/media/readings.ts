import { limits } from "#contracts/limits.ts";
import type { Reading } from "#server/media/file-url.ts";

/** `may`: rejects when the tables are away and nothing is remembered. `everyMs`: a response under way asks so often. */
export type Readings = { may(reading: Reading): Promise<boolean>; everyMs: number };

type Options = { forMs?: number; most?: number; now?: () => number };

/**
 * Asks whether a file may be read, and remembers a yes for `forMs`: a film is fetched in hundreds of ranges. A no is
 * asked again each time, so that who comes back sees at once. `most` answers are remembered, the oldest goes first.
 */
export function rememberReadings(ask: (reading: Reading) => Promise<boolean>, options: Options = {}): Readings {
  const { forMs = limits.fileReadingSeconds * 1_000, most = 20_000, now = () => performance.now() } = options;
  const until = new Map<string, number>();
  return {
    everyMs: forMs,
    may: async (reading) => {
      const key = `${reading.sessionId} ${reading.personId} ${reading.fileId} ${reading.blobId}`;
      const asked = now();
      if ((until.get(key) ?? 0) > asked) return true;
      until.delete(key);
      const may = await ask(reading);
      // As old as the question: the tables may have changed while the answer was on its way.
      if (may) until.set(key, asked + forMs);
      const [oldest] = until.keys();
      if (until.size > most && oldest !== undefined) until.delete(oldest);
      return may;
    },
  };
}
