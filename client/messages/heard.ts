import { limits } from "#contracts/limits.ts";

/** Whether a voice message was played: of many, the newest are known, and older ones count as played. */
export function isHeard(heard: ReadonlySet<number>, seq: number): boolean {
  if (heard.has(seq)) return true;
  const [oldest] = heard;
  return heard.size >= limits.heardVoices && oldest !== undefined && seq < oldest;
}
