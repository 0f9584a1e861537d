/** What changes a conversation around the message that is read, each cause by itself; the value is how far that moved. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { type Moved, movedAnchor, watchAnchor } from "#bench/browser/anchor.ts";
import { untilIdle } from "#bench/browser/interactions.ts";
import type { Talk } from "#bench/browser/timeline-person.ts";
import { postCall } from "#bench/clients/http-calls.ts";
import { tokenOf } from "#bench/people.ts";

export type Reading = { page: Page; address: string; port: number; talk: Talk; gates: Gates };
type Gate = { open: () => void; opened: Promise<void> };
export type Gates = { pictures: Gate; font: Gate };

/** One that comes with Next: letters of another width than those of the system. */
const fontFile = path.join(
  path.dirname(createRequire(import.meta.url).resolve("next/package.json")),
  "dist/compiled/@vercel/og/Geist-Regular.ttf",
);
const fontPath = "/bench-late-font.ttf";
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Pictures and a font that come when they are let through. */
export async function holdBack(context: BrowserContext): Promise<Gates> {
  const gates = { pictures: gate(), font: gate() };
  await context.route("**/api/media/**", async (route) => {
    await gates.pictures.opened;
    await route.fulfill({ contentType: "image/png", body: Buffer.from(onePixel, "base64") });
  });
  await context.route(`**${fontPath}`, async (route) => {
    await gates.font.opened;
    await route.fulfill({ contentType: "font/ttf", body: readFileSync(fontFile) });
  });
  return gates;
}

const rowOf = (page: Page, seq: number) => page.locator(`[role=article][data-seq="${seq}"]`);
const edgeSeq = (page: Page, edge: "first" | "last") =>
  page.locator("[role=article][data-seq]")[edge]().getAttribute("data-seq").then(Number);

/** Opens a message in the middle, with as much loaded above and below as comes by itself. */
async function open({ page, address, talk }: Reading, seq: number): Promise<void> {
  await page.goto(`${address}/c/${talk.conversationId}/m/${seq}`);
  await rowOf(page, seq).waitFor();
  await untilIdle(page);
}

async function olderPages({ page }: Reading): Promise<Moved> {
  const first = await edgeSeq(page, "first");
  await watchAnchor(page, 200);
  await page.waitForFunction(
    (seq) => Number(document.querySelector("[role=article][data-seq]")?.getAttribute("data-seq")) < seq,
    first,
  );
  return movedAnchor(page);
}

async function newerPages({ page }: Reading): Promise<Moved> {
  const last = await edgeSeq(page, "last");
  await watchAnchor(page, -200);
  await page.waitForFunction(
    (seq) => Number([...document.querySelectorAll("[role=article][data-seq]")].at(-1)?.getAttribute("data-seq")) > seq,
    last,
  );
  return movedAnchor(page);
}

async function picturesLoad({ page, gates }: Reading): Promise<Moved> {
  await watchAnchor(page);
  gates.pictures.open();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>("[data-seq] img")].some((one) => one.naturalWidth > 0),
  );
  return movedAnchor(page);
}

/** Of the peer and with words, the nearest to a number: those whose seq leaves the sender and the kind as they are wanted. */
const isPeers = (seq: number) => Math.floor(seq / 3) % 2 === 0 && seq % 8 !== 5;
function nearest(seq: number, step: 1 | -1): number {
  let at = seq;
  while (!isPeers(at)) at += step;
  return at;
}

async function edit({ page, port, talk }: Reading, choose: (anchor: number) => number): Promise<Moved> {
  const seq = choose(await watchAnchor(page));
  const text = `${"These words are longer than those that were there. ".repeat(14)}edited`;
  await postCall(port, "messages.edit", tokenOf(talk.peer), {
    conversationId: talk.conversationId,
    ...{ seq, text, mentions: [], editedAt: null },
  });
  await rowOf(page, seq).getByText("that were there").waitFor({ state: "attached" });
  return movedAnchor(page);
}

async function react({ page, port, talk }: Reading, choose: (anchor: number) => number): Promise<Moved> {
  const seq = choose(await watchAnchor(page));
  const input = { conversationId: talk.conversationId, seq, emoji: "🎉", reacted: true };
  await postCall(port, "messages.react", tokenOf(talk.peer), input);
  await rowOf(page, seq).getByText("🎉").first().waitFor({ state: "attached" });
  return movedAnchor(page);
}

async function messagesArrive({ page, port, talk, address }: Reading): Promise<Moved> {
  await page.goto(`${address}/c/${talk.conversationId}`);
  await rowOf(page, talk.messages).waitFor();
  await untilIdle(page);
  await watchAnchor(page, -900);
  for (let n = 0; n < 4; n += 1) {
    const content = { kind: "text", text: `arrived ${n} ${"and is read later ".repeat(8)}` };
    const input = { conversationId: talk.conversationId, clientId: randomUUID(), content };
    await postCall(port, "messages.send", tokenOf(talk.peer), input);
  }
  await rowOf(page, talk.messages + 4).waitFor({ state: "attached" });
  return movedAnchor(page);
}

async function widthChanges({ page }: Reading): Promise<Moved> {
  const before = page.viewportSize();
  if (!before) throw new Error("the page has no size");
  await watchAnchor(page);
  for (const width of [1_000, 1_120, before.width]) {
    await page.setViewportSize({ ...before, width });
    await untilIdle(page);
  }
  return movedAnchor(page);
}

async function fontLoads({ page, gates }: Reading): Promise<Moved> {
  const content = `@font-face { font-family: late; src: url(${fontPath}); font-display: swap; } [data-seq] * { font-family: late, monospace !important; }`;
  await page.addStyleTag({ content });
  await untilIdle(page);
  await watchAnchor(page);
  gates.font.open();
  await page.waitForFunction(() =>
    [...document.fonts].some(({ family, status }) => family === "late" && status === "loaded"),
  );
  return movedAnchor(page);
}

async function composerGrows({ page }: Reading): Promise<Moved> {
  await watchAnchor(page);
  await page.getByLabel("Message", { exact: true }).focus();
  for (let line = 0; line < 3; line += 1) {
    await page.keyboard.type("line");
    await page.keyboard.press("Shift+Enter");
  }
  for (let line = 0; line < 15; line += 1) await page.keyboard.press("Backspace");
  return movedAnchor(page);
}

/** By cause, how far the message that is read moved. `pages`: how many are loaded above and below. */
export async function moveByCause(reading: Reading, pages: number): Promise<Record<string, Moved>> {
  const moved: Record<string, Moved> = {};
  const note = (cause: string, { px, onScreenPx, frames }: Moved) => {
    const before = moved[cause] ?? { px: 0, onScreenPx: 0, frames: 0 };
    moved[cause] = {
      px: Math.max(before.px, px),
      onScreenPx: Math.max(before.onScreenPx, onScreenPx),
      frames: before.frames + frames,
    };
  };
  await open(reading, Math.floor(reading.talk.messages / 2));
  note("pictures load", await picturesLoad(reading));
  for (let n = 0; n < pages; n += 1) note("older pages", await olderPages(reading));
  note("edit above", await edit(reading, (anchor) => nearest(anchor - 20, -1)));
  note("edit in view, above", await edit(reading, (anchor) => nearest(anchor - 1, -1)));
  note("edit at the lower edge", await edit(reading, (anchor) => nearest(anchor + 1, 1)));
  note("reaction above", await react(reading, (anchor) => anchor - 20));
  note("reaction in view, above", await react(reading, (anchor) => anchor - 1));
  note("reaction at the lower edge", await react(reading, (anchor) => anchor + 1));
  note("composer grows", await composerGrows(reading));
  note("width changes", await widthChanges(reading));
  for (let n = 0; n < pages; n += 1) note("newer pages", await newerPages(reading));
  note("font loads late", await fontLoads(reading));
  note("messages arrive", await messagesArrive(reading));
  return moved;
}
