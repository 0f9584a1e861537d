import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { film, pdf, photo } from "#tests/journeys/_files.ts";
import { call, together } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 60_000 });

type Files = Awaited<ReturnType<typeof photo>>[];

async function send(page: Page, what: "Photo" | "File", ...files: Files) {
  await page.getByRole("button", { name: "Attach something" }).click();
  await page.getByLabel(what, { exact: true }).and(page.locator("input")).setInputFiles(files);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toHaveCount(files.length);
  await dialog.getByRole("button", { name: /^Send \d/ }).click();
}
const stored = (page: Page, count: number) =>
  expect(page.locator("[role=article][data-seq] [data-bubble]")).toHaveCount(count, { timeout: 30_000 });
const last = (page: Page) => page.locator("[data-seq]").last();
const violations = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations;

test("the lightbox goes through the pictures of the whole conversation, and leads to their messages", async ({
  browser,
}) => {
  const { one, two } = await together(browser);
  await send(one.page, "Photo", await photo("sea.jpg", 1600, 1000, "#2a7"));
  await stored(two.page, 1);
  await call(two.page, "messages.send", {
    conversationId: new URL(two.page.url()).pathname.split("/")[2],
    clientId: crypto.randomUUID(),
    content: { kind: "text", text: "in between" },
  });
  await stored(one.page, 2);
  await send(
    one.page,
    "Photo",
    await photo("a.jpg", 800, 600, "#a33"),
    await photo("b.jpg", 600, 800, "#33a"),
    await photo("c.jpg", 900, 300, "#aa3"),
  );
  await stored(two.page, 3);
  await send(two.page, "Photo", await film(two.page, "turning.webm"));
  await stored(one.page, 4);

  // The album fills its rectangle: no tile is outside, and together they are as large as it.
  const boxes = await last(two.page)
    .locator("xpath=preceding-sibling::*[@data-seq][1]")
    .evaluate((row) => {
      const area = ({ width, height }: DOMRect) => width * height;
      const tiles = [...row.querySelectorAll("button:has(img)")].map((one) => one.parentElement as HTMLElement);
      const album = tiles[0]?.parentElement?.getBoundingClientRect() ?? new DOMRect();
      return { share: tiles.reduce((sum, one) => sum + area(one.getBoundingClientRect()), 0) / area(album) };
    });
  expect(boxes.share).toBeGreaterThan(0.96);

  const { page } = two;
  const lightbox = page.getByRole("dialog", { name: "Pictures and videos" });
  const shown = lightbox.locator(".yarl__slide_current");
  await page.getByRole("button", { name: "Open picture 2 of 3" }).click();
  await expect(shown.getByText("Ann")).toBeVisible();
  const file = async () => (await shown.locator("img, source").first().getAttribute("src")) ?? "";
  /** Keys that come faster than pictures move are passed over. */
  const step = async (key: "ArrowLeft" | "ArrowRight") => {
    const before = await file();
    await page.keyboard.press(key);
    await expect.poll(file).not.toBe(before);
  };
  expect(await violations(page)).toEqual([]);
  // On to the third of the album, then to the film of mine, where the conversation ends.
  await step("ArrowRight");
  await step("ArrowRight");
  await expect(shown.locator("video")).toBeVisible();
  await expect(shown.getByText("You")).toBeVisible();
  await expect(lightbox.getByRole("button", { name: "Next" })).toBeDisabled();
  // Back over the album to the picture before it.
  for (let at = 0; at < 4; at += 1) await step("ArrowLeft");
  await expect(lightbox.getByRole("button", { name: "Previous" })).toBeDisabled();
  await lightbox.getByRole("link", { name: "Show in the conversation" }).click();
  await expect(lightbox).toBeHidden();
  await expect(page).toHaveURL(/\/m\/2$/);

  // A film is opened large from the timeline, and plays.
  await page.getByRole("button", { name: "Show large" }).click();
  await expect
    .poll(() => shown.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  await expect(lightbox).toBeHidden();
});

test("the media of a conversation stand on a page of their own, and agree with it", async ({ browser }) => {
  const { one, two } = await together(browser);
  await send(one.page, "Photo", await photo("sea.jpg", 1600, 1000, "#2a7"));
  await stored(two.page, 1);
  await send(one.page, "File", pdf("Plan.pdf"));
  await stored(two.page, 2);
  await one.page.locator("#composer").fill("look at https://a.example/tea");
  await one.page.keyboard.press("Enter");
  await stored(two.page, 3);

  const { page } = two;
  await page.getByRole("button", { name: "Details" }).click();
  await page.getByRole("link", { name: "Pictures, files and links" }).click();
  await expect(page).toHaveURL(/\/media$/);
  const picture = page.getByRole("button", { name: /^Picture from Ann/ });
  await expect(picture).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await picture.click();
  await expect(page.getByRole("dialog").getByText("Ann")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page).toHaveURL(/\/media$/);

  await page.getByRole("tab", { name: "Files" }).click();
  await expect(page.getByText("Plan.pdf")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Links" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("link", { name: "https://a.example/tea", exact: true })).toBeVisible();

  // Another link arrives while the page is open; then one is recalled by its sender.
  await one.page.locator("#composer").fill("and https://a.example/pot");
  await one.page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "https://a.example/pot", exact: true })).toBeVisible();
  const conversationId = new URL(page.url()).pathname.split("/")[2];
  await call(one.page, "messages.recall", { conversationId, seq: 4 });
  await expect(page.getByRole("link", { name: "https://a.example/tea", exact: true })).toBeHidden();
  // And one is deleted by its reader, on another device.
  await call(page, "messages.hide", { conversationId, seqs: [5], hidden: true });
  await expect(page.getByText("No links yet")).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(page.locator("#composer")).toBeVisible();

  // The card of a friend leads there too.
  await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Ann", exact: true }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Pictures, files and links" }).click();
  await expect(page).toHaveURL(/\/media$/);
  await expect(page.getByRole("dialog")).toBeHidden();
});
