/**
 * A conversation in a browser: whether the message that is read stays where it is while everything around it changes, and
 * how soon a conversation of 100,000 messages shows what was asked of it. In the browser of the journeys, which shares the
 * generator's core, with the production build.
 */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import type { Interaction } from "#bench/browser/interactions.ts";
import {
  figuresOf,
  recordInteractions,
  slowestOf,
  step,
  takeInteractions,
  untilIdle,
} from "#bench/browser/interactions.ts";
import { holdBack, moveByCause } from "#bench/browser/timeline-causes.ts";
import { makeTimelinePerson, saidWord, type Talk } from "#bench/browser/timeline-person.ts";
import type { Harness } from "#bench/harness.ts";
import { percentile } from "#bench/percentiles.ts";
import { type Measured, type Scenario, takeTurns } from "#bench/rounds.ts";
import { findBrowser } from "#scripts/browser.ts";
import { utf8Locale } from "#scripts/locale.mjs";

const viewport = { width: 1_280, height: 800 };
/** Over the middle of the timeline. */
const over = { x: 820, y: 400 };
type Turn = { page: Page; address: string; talk: Talk };

export const timeline: Scenario = {
  metrics: ["timeline_anchor_px", "timeline_inp_p75_ms"],
  web: true,
  measure: async (harness) => {
    const worker = await harness.worker();
    const next = await harness.web(worker.port);
    const address = `http://localhost:${next.port}`;
    const { executablePath, env } = await findBrowser();
    const browser = await chromium.launch({
      executablePath,
      env: { ...process.env, ...utf8Locale(process.env), ...env },
      args: ["--disable-dev-shm-usage", "--disable-gpu", "--enable-precise-memory-info"],
    });
    try {
      const options = { viewport, locale: "en-GB", bypassCSP: true, serviceWorkers: "block" } as const;
      const context = await browser.newContext(options);
      const me = await makeTimelinePerson(context, harness.sql, {
        address,
        read: harness.sized({ full: 2_000, quick: 2_000, smoke: 600 }),
        long: harness.sized({ full: 100_000, quick: 100_000, smoke: 2_000 }),
      });
      await harness.settle();
      const gates = await holdBack(context);
      const page = await context.newPage();
      const pages = harness.sized({ full: 8, quick: 8, smoke: 1 });
      const moved = await moveByCause({ page, address, port: next.port, talk: me.read, gates }, pages);
      await page.close();
      const causes = Object.entries(moved);
      const anchor: Measured = {
        metric: "timeline_anchor_px",
        value: Math.max(...causes.map(([, { px }]) => px)),
        parts: [
          ...causes.map(([label, { px }]) => ({ label, value: px, unit: "px" })),
          { label: "composer grows, on the screen", value: moved["composer grows"]?.onScreenPx ?? 0, unit: "px" },
        ],
        notes: [`${causes.reduce((sum, [, { frames }]) => sum + frames, 0)} frames were looked at`],
      };
      return [anchor, await measureInteractions(harness, context, { address, talk: me.long })];
    } finally {
      await browser.close();
    }
  },
};

async function measureInteractions(
  harness: Harness,
  context: BrowserContext,
  more: Omit<Turn, "page">,
): Promise<Measured> {
  const all: Interaction[] = [];
  const turn = async () => {
    const page = await context.newPage();
    await recordInteractions(page);
    await page.goto(`${more.address}/c/${more.talk.conversationId}`);
    await rowOf(page, more.talk.messages).waitFor();
    await untilIdle(page);
    const before = await heapMb(context, page);
    await jump({ page, ...more });
    const frames = await fling(page, harness.sized({ full: 25, quick: 25, smoke: 3 }));
    const after = await heapMb(context, page);
    await use({ page, ...more }, harness.sized({ full: 4, quick: 4, smoke: 1 }));
    const interactions = await takeInteractions(page);
    await page.close();
    all.push(...interactions);
    return {
      ...figuresOf(interactions),
      "longest frame": Math.max(...frames),
      "frame p99": percentile(frames, 0.99),
      "heap before": before,
      "heap after": after,
    };
  };
  const rounds = await takeTurns(harness, { ours: turn });
  const part = (figure: string, unit: string, label = figure) => ({ label, value: rounds.of("ours", figure), unit });
  return {
    metric: "timeline_inp_p75_ms",
    value: rounds.of("ours", "INP p75"),
    parts: [
      part("p50", "ms"),
      part("most", "ms", "longest"),
      part("interactions", "a round"),
      part("longest frame", "ms", "longest frame while flinging"),
      part("frame p99", "ms", "p99 of the frames"),
      part("heap before", "MB", "memory before flinging"),
      part("heap after", "MB", "memory after flinging"),
    ],
    notes: slowestOf(all).slice(0, 12),
  };
}

const rowOf = (page: Page, seq: number) => page.locator(`[role=article][data-seq="${seq}"]`);

/** Of the page's scripts, after what is no longer needed was collected. */
async function heapMb(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1_000_000;
}

/** To the first message by the calendar, and to one in the middle by a result of the search. */
async function jump({ page }: Turn): Promise<void> {
  await step(page, "open the search", () => page.getByRole("button", { name: "Search in this chat" }).click());
  await step(page, "open the calendar", () => page.getByRole("button", { name: "Jump to a day" }).click());
  const first = page.getByRole("button", { name: "First message" });
  await step(page, "jump to the first", () => first.click());
  await rowOf(page, 1).waitFor();
  await untilIdle(page);
  for (const key of saidWord)
    await step(page, "type in the search", () => page.getByLabel("Search this chat").press(key));
  const older = page.getByRole("button", { name: "Older result" });
  await older.and(page.locator(":enabled")).waitFor();
  for (let times = 0; times < 10; times += 1) await step(page, "next result", () => older.click());
  await step(page, "leave the search", () =>
    page.getByRole("button", { name: "Leave the search in this chat" }).click(),
  );
}

/** Up and down, without waiting; resolves with the time of each frame in ms. */
async function fling(page: Page, times: number): Promise<number[]> {
  await page.mouse.move(over.x, over.y);
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { benchFrames: frames });
    const each = [
      (before: number, now: number) => {
        frames.push(now - before);
        requestAnimationFrame((next) => each[0]?.(now, next));
      },
    ];
    requestAnimationFrame((now) => requestAnimationFrame((next) => each[0]?.(now, next)));
  });
  for (const distance of [-1_500, 1_500, -4_000]) {
    for (let at = 0; at < times; at += 1) await page.mouse.wheel(0, distance);
  }
  await untilIdle(page);
  return page.evaluate(() => (window as Window & { benchFrames?: number[] }).benchFrames ?? []);
}

async function use({ page }: Turn, reactions: number): Promise<void> {
  for (let times = 0; times < reactions; times += 1) {
    await page.mouse.wheel(0, -300);
    await untilIdle(page);
    const row = page.locator("[data-bubble]:visible");
    const seen = await row.evaluateAll((all) =>
      all.findLastIndex((one) => one.getBoundingClientRect().bottom < window.innerHeight - 120),
    );
    await step(page, "open a menu", () => row.nth(seen).click({ button: "right" }));
    const item = page.getByRole("menuitem", { name: "React with 👍" });
    await step(page, "react", () => item.click());
  }
  const composer = page.getByLabel("Message", { exact: true });
  await step(page, "press the composer", () => composer.click());
  for (const key of "a line that is typed")
    await step(page, "type in the composer", () => page.keyboard.press(key === " " ? "Space" : key));
  for (let times = 0; times < 3; times += 1) await step(page, "a new line", () => page.keyboard.press("Shift+Enter"));
}
