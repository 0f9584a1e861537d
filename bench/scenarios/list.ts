/**
 * How soon a list of 1,000 conversations shows what was asked of it: a person opens chats, filters, searches, steps by
 * keyboard, scrolls, marks as read and unread, while messages arrive and move rows. In the browser of the journeys, which
 * shares the generator's core, with the production build.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import {
  figuresOf,
  type Interaction,
  recordInteractions,
  slowestOf,
  step,
  takeInteractions,
  untilIdle,
} from "#bench/browser/interactions.ts";
import { type ListPerson, makeListPerson } from "#bench/browser/list-person.ts";
import { postCall } from "#bench/clients/http-calls.ts";
import { tokenOf } from "#bench/people.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";
import { findBrowser } from "#scripts/browser.ts";
import { utf8Locale } from "#scripts/locale.mjs";

const metric = "list_1000_conversations_inp_p75_ms";
const [width, height] = [1280, 800];
/** Over the middle of the list. */
const overList = { x: 260, y: 500 };

type Sending = (at: number) => Promise<unknown>;

const rows = (page: Page) => page.getByRole("list", { name: "Chats" }).locator("li > a");
const filter = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });

async function openChats(page: Page): Promise<void> {
  for (const at of [0, 2, 4, 1, 3]) await step(page, "open a chat", () => rows(page).nth(at).click());
  for (let times = 0; times < 5; times += 1) {
    await step(page, "next chat by keyboard", () => page.keyboard.press("Alt+ArrowDown"));
  }
}

async function filterList(page: Page): Promise<void> {
  for (const name of ["Unread", "Direct", "Groups", "All"]) {
    await step(page, `filter: ${name}`, () => filter(page, name).click());
  }
}

async function searchList(page: Page, words: readonly string[]): Promise<void> {
  for (const word of words) {
    await step(page, "open the search", () => page.keyboard.press("Control+k"));
    for (const key of word) await step(page, "type in the search", () => page.keyboard.press(key));
    for (let times = 0; times < 3; times += 1) {
      await step(page, "arrow key in the search", () => page.keyboard.press("ArrowDown"));
    }
    await step(page, "open what was found", () => page.keyboard.press("Enter"));
  }
}

async function scrollAndMark(page: Page): Promise<void> {
  for (const distance of [600, 20_000, -15_000]) {
    await page.mouse.move(overList.x, overList.y);
    await page.mouse.wheel(0, distance);
    await untilIdle(page);
    await step(page, "click after scrolling", () => page.mouse.click(overList.x, overList.y));
  }
  // Not the open one, which is read by being open; the same row, so that it ends as it began.
  for (let times = 0; times < 2; times += 1) {
    await step(page, "open a row's menu", () => page.mouse.click(overList.x, overList.y + 80, { button: "right" }));
    const item = page.getByRole("menuitem", { name: /^Mark as (?:read|unread)$/ });
    await step(page, "mark as read or unread", () => item.click());
  }
}

/** Each message moves a row from far below to the top, in the moment in which a chat is opened. */
async function openWhileMessagesArrive(page: Page, send: Sending): Promise<void> {
  for (let times = 0; times < 5; times += 1) {
    const sent = send(times);
    await step(page, "open a chat while messages arrive", () => page.keyboard.press("Alt+ArrowDown"));
    await sent;
    await step(page, "open a chat after a message arrived", () => rows(page).nth(2).click());
  }
}

async function profiled<T>(session: CDPSession | null, folder: string | undefined, run: () => Promise<T>): Promise<T> {
  if (!session || !folder) return run();
  await session.send("Profiler.enable");
  await session.send("Profiler.start");
  const result = await run();
  const { profile } = await session.send("Profiler.stop");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `browser.${Date.now()}.cpuprofile`), JSON.stringify(profile));
  return result;
}

export const list: Scenario = {
  metrics: [metric],
  web: true,
  measure: async (harness) => {
    const count = harness.sized({ full: 1_000, quick: 1_000, smoke: 20 });
    const worker = await harness.worker();
    const next = await harness.web(worker.port);
    const address = `http://localhost:${next.port}`;
    const { executablePath, env } = await findBrowser();
    const browser = await chromium.launch({
      executablePath,
      env: { ...process.env, ...utf8Locale(process.env), ...env },
      args: ["--disable-dev-shm-usage", "--disable-gpu"],
    });
    try {
      const context = await browser.newContext({ viewport: { width, height }, locale: "en-GB" });
      const me = await makeListPerson(context, harness.sql, { address, handle: "bench_list", count });
      const all: Interaction[] = [];
      const send = sendTo(next.port, me);
      const turn = async () => {
        const page = await context.newPage();
        await recordInteractions(page);
        await page.goto(`${address}/c`);
        await rows(page)
          .nth(count - 1)
          .waitFor({ state: "attached" });
        await untilIdle(page);
        const session = harness.settings.profile ? await context.newCDPSession(page) : null;
        const interactions = await profiled(session, harness.settings.profile, async () => {
          await openChats(page);
          await filterList(page);
          await searchList(page, ["ada", "wang", "99"]);
          await scrollAndMark(page);
          await openWhileMessagesArrive(page, send);
          return takeInteractions(page);
        });
        await page.close();
        all.push(...interactions);
        return figuresOf(interactions);
      };
      const rounds = await takeTurns(harness, { ours: turn });
      return [
        {
          metric,
          value: rounds.of("ours", "INP p75"),
          parts: [
            { label: "p50", value: rounds.of("ours", "p50"), unit: "ms" },
            { label: "longest", value: rounds.of("ours", "most"), unit: "ms" },
            { label: "interactions", value: rounds.of("ours", "interactions"), unit: "a round" },
          ],
          notes: slowestOf(all).slice(0, 12),
        },
      ];
    } finally {
      await browser.close();
    }
  },
};

/** Sends to a conversation far down the list. */
const sendTo =
  (port: number, { talks }: ListPerson): Sending =>
  async (at) => {
    const talk = talks[talks.length - 1 - at * 7];
    if (!talk) return;
    const content = { kind: "text", text: `a message that moves a row ${at}` };
    const input = { conversationId: talk.conversationId, clientId: randomUUID(), content };
    await postCall(port, "messages.send", tokenOf(talk.peer), input);
  };
