/**
 * How far a message moves while a conversation changes: of each frame that is drawn, the distance between the end of the
 * message and the lower edge of the timeline. An IntersectionObserver is asked, which answers with what the frame shows;
 * a script that measured by itself could see a layout that is corrected before it is drawn.
 */
import type { Page } from "@playwright/test";

type Watch = {
  first: { gap: number; bottom: number } | null;
  moved: number;
  movedOnScreen: number;
  frames: number;
  on: boolean;
};
type Watching = Window & { benchAnchor?: Watch };

export type Moved = { px: number; onScreenPx: number; frames: number };

/**
 * Begins with the message at the reading position, the last that is whole in the window. `scrollTo`: the place in the
 * content to go to first, from the upper edge, or from the lower one when negative.
 */
export async function watchAnchor(page: Page, scrollTo?: number): Promise<number> {
  const seq = await page.evaluate((to) => {
    const row = document.querySelector("[role=article][data-seq]");
    const scroller = row?.closest(".pane-scroll");
    if (!(scroller instanceof HTMLElement)) throw new Error("no timeline is there");
    if (to !== null) scroller.scrollTop = to < 0 ? scroller.scrollHeight - scroller.clientHeight + to : to;
    const edge = scroller.getBoundingClientRect().bottom;
    const rows = [...scroller.querySelectorAll<HTMLElement>("[role=article][data-seq]")];
    const anchor = rows.findLast((one) => one.getBoundingClientRect().bottom <= edge);
    if (!anchor) throw new Error("no message is whole in the window");
    const watch: Watch = { first: null, moved: 0, movedOnScreen: 0, frames: 0, on: true };
    (window as Watching).benchAnchor = watch;
    const selector = `[data-seq="${anchor.dataset.seq}"]`;
    // In an array: the compiler would call a helper for a function with a name.
    const each: (() => void)[] = [
      () => {
        if (!watch.on) return;
        requestAnimationFrame(() => each[0]?.());
        const now = scroller.querySelector(selector);
        // A message that is no longer drawn has moved by more than the window.
        if (!now) {
          watch.moved = Math.max(watch.moved, scroller.clientHeight);
          return;
        }
        const observer = new IntersectionObserver(
          ([entry]) => {
            observer.disconnect();
            if (!entry?.rootBounds || !watch.on) return;
            const { bottom } = entry.boundingClientRect;
            const gap = entry.rootBounds.bottom - bottom;
            watch.first ??= { gap, bottom };
            watch.moved = Math.max(watch.moved, Math.abs(gap - watch.first.gap));
            watch.movedOnScreen = Math.max(watch.movedOnScreen, Math.abs(bottom - watch.first.bottom));
            watch.frames += 1;
          },
          { root: scroller },
        );
        observer.observe(now);
      },
    ];
    requestAnimationFrame(() => each[0]?.());
    return Number(anchor.dataset.seq);
  }, scrollTo ?? null);
  await page.waitForFunction(() => ((window as Watching).benchAnchor?.frames ?? 0) > 0);
  return seq;
}

/** After ten more frames. */
export async function movedAnchor(page: Page): Promise<Moved> {
  const before = await page.evaluate(() => (window as Watching).benchAnchor?.frames ?? 0);
  await page.waitForFunction((frames) => ((window as Watching).benchAnchor?.frames ?? 0) > frames + 10, before);
  return page.evaluate(() => {
    const watch = (window as Watching).benchAnchor;
    if (!watch) throw new Error("no message is watched");
    watch.on = false;
    return { px: watch.moved, onScreenPx: watch.movedOnScreen, frames: watch.frames };
  });
}
