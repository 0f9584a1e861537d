import { expect, type Page, test } from "@playwright/test";
import { cell, expectAccessible, field, options, phone, placeCaret, touch } from "#tests/journeys/_emoji.ts";
import { expectStored, together, write } from "#tests/journeys/_people.ts";

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
