import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { arrive, call, together } from "#tests/journeys/_people.ts";

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } as const;

/** The width that the browser really drew, so that a picture which did not arrive is 0. */
const drawnWidth = (page: Page, name: string) =>
  page
    .getByRole("button", { name })
    .getByRole("img")
    .last()
    .evaluate((image) => (image as HTMLImageElement).naturalWidth);

async function expectAccessible(page: Page, place: string): Promise<void> {
  expect((await new AxeBuilder({ page }).include(place).analyze()).violations).toEqual([]);
}

/** What is under the smile opens with emoji at first, and then with what was open last. */
async function openStickers(page: Page) {
  const tab = page.getByRole("tab", { name: "Stickers" });
  await page.getByRole("button", { name: "Emoji and stickers" }).click();
  await tab.click();
  await expect(tab).toHaveAttribute("aria-selected", "true");
}

/** Picked files: a pack in the format of doutu. */
async function packFiles(info: object, names: readonly string[], side = 96) {
  const pictures = await Promise.all(
    names.map(async (name, at) => ({
      name,
      mimeType: "image/png",
      buffer: await sharp({
        create: { width: side, height: side, channels: 4, background: { r: 40 * at, g: 160, b: 90, alpha: 1 } },
      })
        .png()
        .toBuffer(),
    })),
  );
  return [{ name: "info.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(info)) }, ...pictures];
}
const pack = (icon: string, assets: string[]) => ({ id: "weather", size: "middle", icon, assets });

test("a sticker is chosen by the keyboard, seen by a friend, made a favourite and sent back", async ({ browser }) => {
  const { one, two } = await together(browser);
  await one.page.getByRole("button", { name: "Emoji and stickers" }).focus();
  await one.page.keyboard.press("Enter");
  const panel = one.page.getByRole("region", { name: "Emoji and stickers" });
  await panel.getByRole("tab", { name: "Emoji" }).focus();
  await one.page.keyboard.press("ArrowRight");
  await expect(panel.getByRole("tab", { name: "Mantou the cat" })).toHaveAttribute("aria-selected", "true");
  await expectAccessible(one.page, "#emoji-panel");
  const cats = panel.getByRole("list", { name: "Mantou the cat" });
  await cats.getByRole("button", { name: "Hello" }).focus();
  await one.page.keyboard.press("ArrowRight");
  await one.page.keyboard.press("ArrowRight");
  await expect(cats.getByRole("button", { name: "Love" })).toBeFocused();
  await one.page.keyboard.press("Enter");
  await one.page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(one.page.getByRole("textbox", { name: "Message" })).toBeFocused();

  const received = "Sticker: Love, press to see its pack";
  await expect.poll(() => drawnWidth(two.page, received)).toBe(256);
  await expect(two.page.getByRole("article", { name: /\[Sticker\] Love/ })).toBeVisible();
  await expect(two.page.getByRole("link", { name: /\[Sticker\] Love/ })).toBeVisible();
  await two.page.getByRole("button", { name: received }).click();
  const dialog = two.page.getByRole("dialog", { name: "Sticker pack" });
  await expect(dialog.getByText("Comes with IMChat")).toBeVisible();
  await expectAccessible(two.page, "[role=dialog]");
  await dialog.getByRole("button", { name: "Add to favourites" }).click();
  await expect(dialog.getByRole("button", { name: "Remove from favourites" })).toBeVisible();
  await two.page.keyboard.press("Escape");

  await openStickers(two.page);
  await two.page.getByRole("list", { name: "Favourites" }).getByRole("button", { name: "Love" }).click();
  await expect(one.page.getByRole("button", { name: received })).toHaveCount(2);
  // What was sent lately is at hand the next time, in this browser.
  await one.page.getByRole("button", { name: "Emoji and stickers" }).click();
  await one.page.getByRole("tab", { name: "Recently used" }).click();
  await expect(one.page.getByRole("list", { name: "Recently used" }).getByRole("button")).toHaveText([""]);
});

/** A person with a Chinese browser, on a phone, in the dark; with the conversation that they share with a friend. */
async function onPhone(browser: Browser, friend: Page, friendId: string) {
  const mei = await arrive(browser, "Mei", { ...phone, locale: "zh-CN", colorScheme: "dark" });
  await call(friend, "friends.request", { personId: mei.id });
  const { conversationId } = await call<{ conversationId: string }>(mei.page, "friends.accept", { personId: friendId });
  for (const page of [friend, mei.page]) await page.goto(`/c/${conversationId}`);
  return mei;
}

test("a pack is brought on a phone in Chinese, a friend at a desk keeps it, and both send from it", async ({
  browser,
}) => {
  const ann = await arrive(browser, "Ann");
  const mei = await onPhone(browser, ann.page, ann.id);
  await mei.page.getByRole("button", { name: "表情" }).tap();
  await mei.page.getByRole("tab", { name: "表情包", exact: true }).tap();
  await expect(mei.page.getByRole("list", { name: "馒头猫" }).getByRole("button", { name: "你好" })).toBeVisible();
  await mei.page.getByRole("button", { name: "添加表情包" }).tap();
  const dialog = mei.page.getByRole("dialog", { name: "添加表情包" });
  const input = dialog.locator("input[type=file]");
  await input.setInputFiles(await packFiles(pack("../sun.png", ["sun.png"]), ["sun.png"]));
  await expect(dialog.getByRole("alert")).toHaveText("这个表情包无法使用：info.json 或文件不符合要求。");
  await input.setInputFiles(await packFiles(pack("sun.png", ["sun.png", "rain.png"]), ["sun.png"]));
  await expect(dialog.getByRole("alert")).toBeVisible();
  await input.setInputFiles(
    await packFiles(pack("sun.png", ["sun.png", "rain.png"]), ["rain.png", "sun.png", "notes.png"]),
  );
  await expect(dialog.getByText("2 个表情")).toBeVisible();
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByLabel("表情包名称").fill("天气");
  await expectAccessible(mei.page, "[role=dialog]");
  await dialog.getByRole("button", { name: "添加", exact: true }).tap();
  await expect(dialog).toBeHidden();
  await mei.page.getByRole("list", { name: "天气" }).getByRole("button", { name: "rain" }).tap();
  expect(await mei.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible(mei.page, "#emoji-panel");

  const received = "Sticker: rain, press to see its pack";
  await expect.poll(() => drawnWidth(ann.page, received)).toBe(96);
  await ann.page.getByRole("button", { name: received }).click();
  await ann.page.getByRole("button", { name: "Keep the pack" }).click();
  await expect(ann.page.getByRole("button", { name: "Remove the pack" })).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await openStickers(ann.page);
  await ann.page.getByRole("tab", { name: "天气" }).click();
  await ann.page.getByRole("list", { name: "天气" }).getByRole("button", { name: "sun" }).click();
  await expect.poll(() => drawnWidth(mei.page, "表情：sun，点按查看表情包")).toBe(96);

  await ann.page.getByRole("button", { name: "About the pack 天气" }).click();
  await ann.page.getByRole("button", { name: "Remove the pack" }).click();
  await expect(ann.page.getByRole("tab", { name: "天气" })).toBeHidden();
});

test("a sticker that is too large is refused when the server has seen it, and the panel says when it cannot be loaded", async ({
  browser,
}) => {
  const { one } = await together(browser);
  await one.page.route("**/api/trpc/stickers.list**", (route) => route.abort());
  await openStickers(one.page);
  const panel = one.page.getByRole("region", { name: "Emoji and stickers" });
  await expect(panel.getByRole("alert")).toBeVisible({ timeout: 30_000 });
  await one.page.unroute("**/api/trpc/stickers.list**");
  await panel.getByRole("button", { name: "Retry" }).click();
  await panel.getByRole("button", { name: "Add a pack" }).click();
  const dialog = one.page.getByRole("dialog", { name: "Add a pack" });
  await dialog
    .locator("input[type=file]")
    .setInputFiles(await packFiles(pack("sun.png", ["sun.png"]), ["sun.png"], 600));
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText("A sticker may have at most 512 × 512 pixels and 512 KB.");
});
