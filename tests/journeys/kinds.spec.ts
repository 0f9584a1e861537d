import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { stack } from "#tests/_stack.ts";
import { film, pdf, photo, putUpPage } from "#tests/journeys/_files.ts";
import { together } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 150_000 });

type Looks = { language: "en" | "zh-CN"; width: number };
const looks: Looks[] = [
  { language: "en", width: 1280 },
  { language: "zh-CN", width: 390 },
];

/** The words on the screen, by their keys. */
function words(language: string) {
  const all = JSON.parse(readFileSync(`locales/${language}.json`, "utf8"));
  return (key: string, parameters: Record<string, string | number> = {}): string => {
    let text: string = key.split(".").reduce((node, part) => node[part], all);
    for (const [name, value] of Object.entries(parameters)) text = text.replaceAll(`{${name}}`, String(value));
    return text;
  };
}

const last = (page: Page) => page.locator("[data-seq]").last();
const stored = (page: Page, count: number) =>
  expect(page.locator("[role=article][data-seq] [data-bubble]")).toHaveCount(count, { timeout: 30_000 });

for (const { language, width } of looks) {
  test(`every kind is sent and shown, ${language} at ${width} px`, async ({ browser }) => {
    const t = words(language);
    const options: BrowserContextOptions = {
      locale: language,
      viewport: { width, height: 800 },
      permissions: ["microphone", "geolocation"],
      geolocation: { latitude: 31.2304, longitude: 121.4737 },
    };
    const { one, two } = await together(browser, "Ann", "Ben", options);
    const { page } = one;
    const attach = () => page.getByRole("button", { name: t("messages.attachments.label") }).click();
    const pick = async (what: string, ...files: Awaited<ReturnType<typeof photo>>[]) => {
      await attach();
      await page
        .getByLabel(t(`messages.attachments.${what}`), { exact: true })
        .and(page.locator("input"))
        .setInputFiles(files);
      await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(files.length);
    };
    const send = () =>
      page
        .getByRole("dialog")
        .getByRole("button", { name: /^(Send|发送) ?\d/ })
        .click();

    // Words, set, with a name in them.
    await page.locator("#composer").fill("**bold** ||secret|| hello @Be");
    await expect(page.getByRole("option", { name: /Ben/ })).toBeVisible();
    await page.keyboard.press("ArrowDown");
    // Here Enter belongs to an input method.
    await page.locator("#composer").dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
    await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(page.locator("#composer")).toHaveValue("**bold** ||secret|| hello @Ben ");
    await page.keyboard.press("Enter");
    await stored(two.page, 1);
    await expect(last(two.page).locator("strong")).toHaveText("bold");
    await expect(last(two.page).getByText("secret")).toBeHidden();
    await last(two.page).getByRole("button", { name: "Hidden text, press to show" }).click();
    await expect(last(two.page).getByText("secret")).toBeVisible();

    // One photo with words, then an album.
    await pick("photo", await photo("sea.jpg", 1600, 1000, "#2a7"));
    await page.getByRole("dialog").getByLabel(t("media.tray.caption")).fill("The sea");
    expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
    await send();
    await stored(two.page, 2);
    await expect(last(two.page).locator("img")).toHaveJSProperty("complete", true);
    await expect(last(two.page)).toContainText("The sea");
    await pick(
      "photo",
      await photo("a.jpg", 800, 600, "#a33"),
      await photo("b.jpg", 600, 800, "#33a"),
      await photo("c.jpg", 900, 300, "#aa3"),
    );
    await send();
    await stored(two.page, 3);
    await last(two.page).getByRole("button", { name: "Open picture 2 of 3" }).click();
    await expect(two.page.getByRole("button", { name: "Zoom in" })).toBeVisible();
    await two.page.keyboard.press("ArrowRight");
    await two.page.goBack();
    await expect(two.page.getByRole("button", { name: "Zoom in" })).toBeHidden();
    await expect(two.page.locator("#composer")).toBeVisible();

    // A file, and a film with its poster.
    await pick("file", pdf("Plan “2027”.pdf"));
    await send();
    await stored(two.page, 4);
    const download = two.page.waitForEvent("download");
    await last(two.page)
      .getByRole("link", { name: /Download/ })
      .click();
    expect((await download).suggestedFilename()).toBe("Plan “2027”.pdf");
    await pick("photo", await film(page, "turning.webm"));
    await send();
    await stored(two.page, 5);
    await last(two.page)
      .getByRole("button", { name: /Play the video/ })
      .click();
    await expect
      .poll(() =>
        last(two.page)
          .locator("video")
          .evaluate((video: HTMLVideoElement) => video.currentTime),
      )
      .toBeGreaterThan(0);

    // A voice: click, speak, send; heard on the other side.
    await page.getByRole("button", { name: t("media.voice.record") }).click();
    await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 10_000 });
    await page.getByRole("button", { name: t("media.voice.send"), exact: true }).click();
    await stored(two.page, 6);
    await expect(last(two.page).getByRole("img", { name: "Not heard yet" })).toBeVisible();
    await last(two.page).getByRole("button", { name: /^Play/ }).click();
    await expect(last(two.page).getByRole("button", { name: /Speed 1×/ })).toBeVisible();
    await expect(last(two.page).getByRole("img", { name: "Not heard yet" })).toBeHidden();

    // A place, and a person.
    await attach();
    await page.getByRole("button", { name: t("messages.attachments.location") }).click();
    await page.getByRole("button", { name: t("messages.location.here") }).click();
    await expect(page.getByLabel(t("messages.location.numbers"))).toHaveValue("31.23040, 121.47370");
    await page.getByLabel(t("messages.location.name")).fill("The Bund");
    await page.getByRole("button", { name: t("messages.location.sendIt") }).click();
    await stored(two.page, 7);
    await expect(last(two.page)).toContainText("31.2304° N, 121.4737° E");
    await attach();
    await page.getByRole("button", { name: t("messages.attachments.card") }).click();
    await page.getByRole("dialog").getByRole("button", { name: /Ann/ }).click();
    await expect(page.getByRole("region", { name: t("messages.preview") })).toContainText("Ann");
    await page.getByRole("button", { name: t("messages.card.sendIt") }).click();
    await stored(two.page, 8);
    await last(two.page)
      .getByRole("button", { name: /Contact card of Ann/ })
      .click();
    await expect(two.page.getByRole("dialog").getByRole("link", { name: "Message" })).toBeVisible();
    await two.page.keyboard.press("Escape");

    // An address with its card, the same without, and an article made of it.
    const site = await putUpPage(stack().pagePort);
    try {
      await page.locator("#composer").fill(`Look: ${site.address}`);
      const offer = page.getByRole("region", { name: t("links.label") });
      await expect(offer).toContainText("Ten teas & a pot", { timeout: 20_000 });
      await page.keyboard.press("Enter");
      await stored(two.page, 9);
      await expect(last(two.page).getByRole("link", { name: /The Tea Page/ })).toContainText("What to drink");
      await expect(last(two.page).locator("img")).toHaveJSProperty("complete", true);
      await page.locator("#composer").fill(`Again: ${site.address}`);
      await offer.getByRole("button", { name: t("links.remove") }).click();
      await page.locator("#composer").press("Enter");
      await stored(two.page, 10);
      await expect(last(two.page).getByText("The Tea Page")).toBeHidden();
      await attach();
      await page.getByRole("button", { name: t("messages.attachments.news") }).click();
      await page.getByLabel(t("messages.news.address")).fill(site.address);
      await expect(page.getByLabel(t("messages.news.title"))).toHaveValue("Ten teas & a pot");
      // A file that was refused may be picked again: the browser tells of a pick only when it is another one.
      const input = page.getByLabel(t("messages.news.picture")).and(page.locator("input"));
      await input.setInputFiles([{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("tea") }]);
      await expect(page.getByText(t("messages.news.notAPicture"))).toBeVisible();
      await expect(input).toHaveValue("");
      await expect(page.getByRole("region", { name: t("messages.preview") })).toContainText("Ten teas & a pot");
      await page.getByRole("button", { name: t("messages.news.sendIt") }).click();
      await stored(two.page, 11);
      await expect(last(two.page).getByRole("link", { name: /Ten teas & a pot/ })).toBeVisible();
    } finally {
      site.stop();
    }

    // Accents that are piled up stay inside their bubble. No font here piles them; a shadow of the text is painted as
    // far.
    await page.locator("#composer").fill(`a${"\u0301".repeat(30)}`);
    await page.locator("#composer").press("Enter");
    await stored(two.page, 12);
    const bubble = last(two.page).locator("[data-bubble]");
    const above = async () => {
      const box = await bubble.boundingBox();
      if (!box) throw new Error("there is no bubble");
      const clip = { x: box.x, y: box.y - 40, width: box.width, height: 34 };
      return two.page.screenshot({ clip, animations: "disabled" });
    };
    await expect(bubble).toBeInViewport({ ratio: 1 });
    const painted = await above();
    await bubble.evaluate((element) => element.style.setProperty("text-shadow", "0 -35px currentColor"));
    expect(painted.equals(await above())).toBe(true);

    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });
}
