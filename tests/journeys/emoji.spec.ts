import { expect, test } from "@playwright/test";
import {
  caretOf,
  cell,
  expectAccessible,
  field,
  grid,
  openPanel,
  panelOf,
  phone,
  placeCaret,
  touch,
} from "#tests/journeys/_emoji.ts";
import { arrive, call, expectStored, together } from "#tests/journeys/_people.ts";

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
  // Where it slid in, its edges are between pixels by a rounding.
  expect(Math.abs(((await panel.boundingBox())?.height ?? 0) - (height ?? 0))).toBeLessThan(0.5);
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
