/** Puts off the work for each key until a pause, but not for ever. */
export type Gather = {
  /** Does the work for a key after a pause without a further call, or after `waitMs`. */
  later(key: string, waitMs?: number): void;
  close(): void;
};

/** `longest`: milliseconds after the first call at which the work is done although calls go on. */
export function createGather(times: { pause: number; longest: number }, work: (key: string) => void): Gather {
  const due = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  return {
    later: (key, waitMs) => {
      const waiting = due.get(key);
      clearTimeout(waiting?.timer);
      const now = performance.now();
      const since = waiting?.since ?? now;
      const run = () => {
        due.delete(key);
        work(key);
      };
      const ms = waitMs ?? Math.max(0, Math.min(times.pause, since + times.longest - now));
      due.set(key, { timer: setTimeout(run, ms), since });
    },
    close: () => {
      for (const { timer } of due.values()) clearTimeout(timer);
      due.clear();
    },
  };
}
