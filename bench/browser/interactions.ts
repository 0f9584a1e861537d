/**
 * Interactions of a page as the browser times them: from the input until the next picture (Event Timing, what INP is
 * made of). The browser reports those of 16 ms and more, in steps of 8 ms; the others are counted, and stand as 16 ms.
 */
import type { Page } from "@playwright/test";
import { percentile } from "#bench/percentiles.ts";

/** The least that the browser reports. */
const floorMs = 16;

type Seen = { id: number; startTime: number; duration: number; event: string };
type Recorder = { seen: Seen[]; marks: { action: string; at: number }[]; observer: PerformanceObserver };
type Recording = Window & { benchRecorder?: Recorder };

export type Interaction = { action: string; event: string; ms: number };

/** Runs in the page, before its own scripts. Functions in it have no names: the compiler would call a helper for each. */
function record(): void {
  const seen: Seen[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId, startTime, duration, name } = entry as PerformanceEventTiming; // of type "event"
      if (interactionId) seen.push({ id: interactionId, startTime, duration, event: name });
    }
  });
  const options = { type: "event", durationThreshold: 16, buffered: true };
  observer.observe(options as PerformanceObserverInit); // TypeScript does not know the threshold
  (window as Recording).benchRecorder = { seen, marks: [], observer };
}

export const recordInteractions = (page: Page): Promise<unknown> => page.addInitScript(record);

/** What follows belongs to this action. */
const mark = (page: Page, action: string): Promise<void> =>
  page.evaluate((name) => {
    (window as Recording).benchRecorder?.marks.push({ action: name, at: performance.now() });
  }, action);

/** Resolves when the page has drawn what it was asked for and has nothing to do, or after two seconds of work. */
export const untilIdle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 2_000 })),
        );
      }),
  );

/** All interactions since the first mark: of each, its longest event. */
export async function takeInteractions(page: Page): Promise<Interaction[]> {
  const { seen, marks, count } = await page.evaluate(() => {
    const recorder = (window as Recording).benchRecorder;
    if (!recorder) throw new Error("the page records no interactions");
    for (const entry of recorder.observer.takeRecords()) {
      const { interactionId, startTime, duration, name } = entry as PerformanceEventTiming; // of type "event"
      if (interactionId) recorder.seen.push({ id: interactionId, startTime, duration, event: name });
    }
    const { interactionCount } = performance as Performance & { interactionCount?: number };
    return { seen: recorder.seen, marks: recorder.marks, count: interactionCount ?? 0 };
  });
  const longest = new Map<number, Seen>();
  for (const one of seen) {
    if (one.duration > (longest.get(one.id)?.duration ?? 0)) longest.set(one.id, one);
  }
  const actionAt = (time: number) => marks.findLast(({ at }) => at <= time)?.action ?? "before";
  const slow = [...longest.values()].map(({ startTime, duration, event }) => ({
    action: actionAt(startTime),
    event,
    ms: duration,
  }));
  const quick = Array.from({ length: Math.max(0, count - slow.length) }, () => ({
    action: "(under 16 ms)",
    event: "",
    ms: floorMs,
  }));
  return [...slow, ...quick];
}

/** Does what an action is, and waits for what follows from it. */
export async function step(page: Page, action: string, run: () => Promise<unknown>): Promise<void> {
  await mark(page, action);
  await run();
  await untilIdle(page);
}

/** The slowest kinds of interaction: p75 of each, slowest first. */
export function slowestOf(interactions: readonly Interaction[]): string[] {
  const byAction = new Map<string, number[]>();
  for (const { action, ms } of interactions) byAction.set(action, [...(byAction.get(action) ?? []), ms]);
  return [...byAction]
    .map(([action, times]) => ({ action, p75: percentile(times, 0.75), most: Math.max(...times), many: times.length }))
    .toSorted((a, b) => b.p75 - a.p75)
    .map(({ action, p75, most, many }) => `${action}: p75 ${p75} ms, most ${most} ms, of ${many}`);
}

/** What a turn of a scenario says of its interactions. */
export function figuresOf(interactions: readonly Interaction[]) {
  const times = interactions.map(({ ms }) => ms);
  return {
    "INP p75": percentile(times, 0.75),
    p50: percentile(times, 0.5),
    most: Math.max(...times),
    interactions: times.length,
  };
}
