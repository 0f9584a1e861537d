import AxeBuilder from "@axe-core/playwright";
import { devices, expect, type Locator, type Page, test } from "@playwright/test";
import { arrive, call, expectStored, together, write } from "#tests/journeys/_people.ts";

const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, locale: "en-US" };
const field = (page: Page) => page.locator("#composer");
const panelOf = (page: Page) => page.locator("#emoji-panel");
const grid = (page: Page | Locator) => page.getByRole("grid", { name: "Emoji" });
const cell = (page: Page | Locator, name: string) => grid(page).getByRole("button", { name, exact: true }).first();
const options = (page: Page) => page.getByRole("listbox", { name: "Emoji" }).getByRole("option");

async function openPanel(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Emoji and stickers" }).click();
  await expect(cell(page, "grinning face")).toBeVisible();
  return panelOf(page);
}

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** The caret, as the place in the text. */
const caretOf = (page: Page) => field(page).evaluate((area) => (area as HTMLTextAreaElement).selectionStart);
const placeCaret = (page: Page, at: number) =>
  field(page).evaluate((area, place) => (area as HTMLTextAreaElement).setSelectionRange(place, place), at);

async function touch(page: Page, what: Locator): Promise<() => Promise<unknown>> {
  const box = await what.boundingBox();
  if (!box) throw new Error("it is not on the screen");
  const session = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  return () => session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("an emoji is written where the caret is, by mouse and by keyboard, and the panel stays", async ({ browser }) => {
  const { one, two } = await together(browser);
  const { page } = one;
  await field(page).fill("good morning");
  await placeCaret(page, 5);
  const panel = await openPanel(page);
  await expect(panel.getByRole("searchbox", { name: "Search emoji" })).toBeFocused();
  await expectAccessible(page);
  expect(await grid(page).getByRole("button").count()).toBeLessThan(400);
  await cell(page, "grinning face").click();
  await expect(field(page)).toHaveValue("good 😀morning");
  await expect(field(page)).toBeFocused();
  expect(await caretOf(page)).toBe(7);

  // By keyboard: one stop of Tab for the grid, arrows within, Enter chooses and stays.
  await panel.getByRole("searchbox").focus();
  await page.keyboard.press("ArrowDown");
  await expect(cell(page, "grinning face")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(cell(page, "grinning face with big eyes")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("good 😀😃😃morning");
  await page.keyboard.press("Control+End");
  await expect(cell(page, "flag: Wales")).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(cell(page, "grinning face")).toBeFocused();
  await panel.getByRole("button", { name: "Food and drink" }).click();
  await expect(cell(page, "grapes")).toBeInViewport();
  await expect(panel.getByRole("button", { name: "Food and drink" })).toHaveAttribute("aria-current", "true");
  await cell(page, "grapes").focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(field(page)).toBeFocused();
  expect(await caretOf(page)).toBe(11);
  await page.keyboard.press("Enter");
  for (const reader of [page, two.page]) await expectStored(reader, ["good 😀😃😃morning"]);

  // What was chosen is first the next time, in this browser.
  await openPanel(page);
  const row = grid(page)
    .getByRole("row")
    .filter({ has: page.getByRole("button") })
    .first();
  await expect(row.getByRole("button")).toHaveText(["😃", "😀"]);
});

test("emoji are found in English and in Chinese, whatever the language of the page", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  const panel = await openPanel(page);
  const search = panel.getByRole("searchbox");
  await search.fill("生日蛋糕");
  await expect(cell(page, "birthday cake")).toBeVisible();
  await search.fill("birthday cake");
  await expect(grid(page).getByRole("button").first()).toHaveText("🎂");
  await expect(panel.getByRole("status")).toHaveText(/^\d+ emoji found$/);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("🎂");
  await search.fill("no such thing at all");
  await expect(panel.getByText("No emoji has this name.")).toBeVisible();
  await expectAccessible(page);

  const mei = await arrive(browser, "Mei", { locale: "zh-CN", colorScheme: "dark" });
  await call(page, "friends.request", { personId: mei.id });
  const { conversationId } = await call<{ conversationId: string }>(mei.page, "friends.accept", { personId: one.id });
  await mei.page.goto(`/c/${conversationId}`);
  await mei.page.getByRole("button", { name: "表情" }).click();
  await mei.page.getByRole("searchbox", { name: "搜索表情符号" }).fill("cake");
  await mei.page.getByRole("grid", { name: "表情符号" }).getByRole("button", { name: "生日蛋糕" }).click();
  await expect(field(mei.page)).toHaveValue("🎂");
  await mei.page.getByRole("searchbox").fill("");
  await mei.page.getByRole("button", { name: "旗帜" }).click();
  await expect(mei.page.getByRole("grid").getByRole("button", { name: "彩虹旗" })).toBeVisible();
  await expectAccessible(mei.page);
});

test("a skin tone is chosen for all emoji and kept, and another for one", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  let panel = await openPanel(page);
  await panel.getByRole("button", { name: "Skin tone: none" }).click();
  const tones = page.getByRole("dialog", { name: "Skin tone" });
  await expectAccessible(page);
  await page.keyboard.press("End");
  await expect(tones.getByRole("button", { name: "dark skin tone", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Skin tone: medium-dark skin tone" })).toBeFocused();
  const search = panel.getByRole("searchbox");
  await search.fill("waving hand");
  await cell(page, "waving hand: medium-dark skin tone").click();
  await expect(field(page)).toHaveValue("👋🏾");

  await page.reload();
  panel = await openPanel(page);
  await search.fill("waving hand");
  const hand = cell(page, "waving hand: medium-dark skin tone");
  const ofOne = page.getByRole("dialog", { name: "Skin tones of “waving hand”" });
  await hand.click({ button: "right" });
  await ofOne.getByRole("button", { name: "waving hand: light skin tone", exact: true }).click();
  await expect(field(page)).toHaveValue("👋🏾👋🏻");
  // By keyboard; Escape closes the tones alone.
  await expect(hand).toBeFocused();
  await page.keyboard.press("Shift+F10");
  await expect(ofOne).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(ofOne).toBeHidden();
  await expect(hand).toBeFocused();
  await page.keyboard.press("Shift+F10");
  await expect(ofOne.getByRole("button", { name: "waving hand: medium-dark skin tone", exact: true })).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("👋🏾👋🏻👋");
  await search.fill("woman and man holding hands");
  await cell(page, "woman and man holding hands: medium-dark skin tone").click({ button: "right" });
  const pairs = page.getByRole("dialog", { name: "Skin tones of “woman and man holding hands”" });
  await expect(pairs.getByRole("button")).toHaveCount(26);
  await pairs.getByRole("button", { name: "woman and man holding hands: light skin tone, dark skin tone" }).click();
  await expect(field(page)).toHaveValue("👋🏾👋🏻👋👩🏻‍🤝‍👨🏿");
});

test("on a phone the panel takes the place of the keyboard, and a long touch asks for the skin tone", async ({
  browser,
}) => {
  const { one } = await together(browser, "Ann", "Ben", phone);
  const { page } = one;
  await field(page).tap();
  await page.getByRole("button", { name: "Attach something" }).tap();
  const height = (await page.locator("#attachment-menu").boundingBox())?.height;
  await field(page).tap();
  await page.getByRole("button", { name: "Emoji and stickers" }).tap();
  await expect(cell(page, "grinning face")).toBeVisible();
  const panel = panelOf(page);
  expect((await panel.boundingBox())?.height).toBe(height);
  await expect(page.locator("#attachment-menu")).toBeHidden();
  await expect(field(page)).not.toBeFocused();
  await cell(page, "grinning face").tap();
  await cell(page, "grinning face with big eyes").tap();
  await expect(field(page)).toHaveValue("😀😃");
  await expect(field(page)).not.toBeFocused();
  await panel.getByRole("button", { name: "People and body" }).tap();
  const lift = await touch(page, cell(page, "waving hand"));
  const tones = page.getByRole("dialog", { name: "Skin tones of “waving hand”" });
  await expect(tones).toBeVisible();
  await lift();
  await expect(field(page)).toHaveValue("😀😃");
  await tones.getByRole("button", { name: "waving hand: medium skin tone", exact: true }).tap();
  await expect(field(page)).toHaveValue("😀😃👋🏽");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible(page);
  await field(page).tap();
  await expect(panel).toBeHidden();
});

test("a colon and letters offer emoji, and Enter, Tab, a press or the last colon takes one", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  await field(page).focus();
  await page.keyboard.type("well :smi");
  await expect(options(page).first()).toHaveText(/grinning face with smiling eyes/);
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  const active = await field(page).getAttribute("aria-activedescendant");
  expect(await options(page).first().getAttribute("id")).toBe(active);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("well 😄");
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.type(" :tada:");
  await expect(field(page)).toHaveValue("well 😄 🎉");
  await page.keyboard.type(" :笑哭");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue("well 😄 🎉 😂");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(" :cake");
  await options(page).first().click();
  await expect(field(page)).toHaveValue("well 😄 🎉 😂 🍰");
  // In the middle of a text, too; the rest stays.
  await placeCaret(page, 4);
  await page.keyboard.type(" :wave");
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("well 👋 😄 🎉 😂 🍰");
  await field(page).fill("");

  await page.keyboard.type("so :smi");
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(options(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expectStored(page, ["so :smi"]);
  for (const text of ["at 12:30", "https://example.org:80/a:bc", "Re:smile", ":D"]) {
    await page.keyboard.type(text);
    await expect(options(page)).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(field(page)).toHaveValue("");
  }
  await expectStored(page, ["so :smi", "at 12:30", "https://example.org:80/a:bc", "Re:smile", ":D"]);
});

test("while an input method composes, its letters offer nothing", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  await field(page).focus();
  // With the list of emoji at hand, so that an offer would be there at once.
  await page.keyboard.type(":smi");
  await expect(options(page).first()).toBeVisible();
  await field(page).fill("");
  await page.keyboard.type(":");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "smi", selectionStart: 3, selectionEnd: 3 });
  await expect(field(page)).toHaveValue(":smi");
  await expect(options(page)).toHaveCount(0);
  await session.send("Input.insertText", { text: "笑" });
  await expect(field(page)).toHaveValue(":笑");
  await expect(options(page).first()).toBeVisible();
});

const message = (page: Page, text: string) => page.getByRole("article", { name: text });

test("a reaction from all emoji is seen by the other person, from a popover at a desk", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  await write(ann.page, "we won");
  await expectStored(ben.page, ["we won"]);
  await message(ben.page, "we won").focus();
  await ben.page.keyboard.press("Shift+F10");
  await ben.page.getByRole("menuitem", { name: "More emoji" }).click();
  const picker = ben.page.getByRole("dialog", { name: "React with an emoji" });
  await expect(cell(picker, "grinning face")).toBeVisible();
  await expect(picker.getByRole("searchbox")).toBeFocused();
  await expectAccessible(ben.page);
  await ben.page.keyboard.press("Escape");
  await expect(picker).toBeHidden();
  await expect(message(ben.page, "we won")).toBeFocused();

  await ben.page.keyboard.press("Shift+F10");
  await ben.page.getByRole("menuitem", { name: "More emoji" }).click();
  await picker.getByRole("searchbox").fill("raising hands");
  await cell(picker, "raising hands").click({ button: "right" });
  await ben.page.getByRole("button", { name: "raising hands: dark skin tone", exact: true }).click();
  await expect(picker).toBeHidden();
  for (const { page } of [ann, ben]) await expect(page.getByRole("button", { name: /^🙌🏿, 1/ })).toBeVisible();
});

test("the same from a sheet on a phone, and Back closes it", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", phone);
  await write(ben.page, "we lost");
  const { page } = ann;
  await expectStored(page, ["we lost"]);
  const picker = page.getByRole("dialog", { name: "React with an emoji" });
  const openPicker = async () => {
    const lift = await touch(page, message(page, "we lost").locator("[data-bubble]"));
    await expect(page.getByRole("menuitem", { name: "More emoji" })).toBeVisible();
    await lift();
    await page.getByRole("menuitem", { name: "More emoji" }).tap();
    await expect(cell(picker, "grinning face")).toBeVisible();
  };
  await openPicker();
  await expectAccessible(page);
  const address = page.url();
  await page.goBack();
  await expect(picker).toBeHidden();
  expect(page.url()).toBe(address);
  await openPicker();
  await picker.getByRole("searchbox").fill("哭");
  await cell(picker, "crying face").tap();
  await expect(picker).toBeHidden();
  for (const reader of [ann.page, ben.page]) {
    await expect(reader.getByRole("button", { name: /^😢, 1/ })).toBeVisible();
  }
});

test("one to three emoji stand without a bubble, the fewer the larger, and have a name", async ({ browser }) => {
  const { one, two } = await together(browser);
  for (const text of ["👩🏽‍🚀", "🎉🎉", "🇩🇪❤️👍🏽", "🎉🎉🎉🎉", "so 🎉"]) await write(one.page, text);
  await expectStored(two.page, ["👩🏽‍🚀", "🎉🎉", "🇩🇪❤️👍🏽", "🎉🎉🎉🎉", "so 🎉"]);
  const looks = await two.page.locator("[data-seq] [data-bubble]").evaluateAll((bubbles) =>
    bubbles.map((bubble) => {
      const text = bubble.querySelector("span");
      const isFilled = getComputedStyle(bubble).backgroundColor !== "rgba(0, 0, 0, 0)";
      return [text ? Number.parseFloat(getComputedStyle(text).fontSize) : 0, isFilled];
    }),
  );
  expect(looks).toEqual([
    [60, false],
    [48, false],
    [36, false],
    [15, true],
    [15, true],
  ]);
  await expect(two.page.getByRole("img", { name: "Emoji: 👩🏽‍🚀" })).toBeVisible();
  await expect(two.page.getByRole("img", { name: "3 emoji: 🇩🇪❤️👍🏽" })).toBeVisible();
  await expectAccessible(two.page);
});

test("when the emoji cannot be fetched the panel says so, and tries again", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await page.getByRole("button", { name: "Emoji and stickers" }).click();
  await expect(panelOf(page).getByRole("alert")).toBeVisible({ timeout: 30_000 });
  await page.unroute("**/_next/static/chunks/**");
  await panelOf(page).getByRole("button", { name: "Retry" }).click();
  await expect(cell(page, "grinning face")).toBeVisible();
});
