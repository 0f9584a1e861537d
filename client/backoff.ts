const firstPauseMs = 500;
const longestPauseMs = 8_000;

/**
 * Milliseconds to wait before the next attempt after `failures` failed ones, from 0: twice as long each time, up to 8 s,
 * with jitter of ± 50 % so that many tabs do not retry at once.
 */
export const backoffMs = (failures: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * (0.5 + Math.random());

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
