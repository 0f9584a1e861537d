import { devices, expect, type Page, test } from "@playwright/test";
import { focusInMenu, stepInMenu } from "#tests/journeys/_menu.ts";
import { expectStored, newPage, password, together, write } from "#tests/journeys/_people.ts";

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const chip = (page: Page, emoji: string) => page.getByRole("button", { name: new RegExp(`^${emoji}`) });

async function openMenu(page: Page, text: string) {
  await row(page, text).hover();
  await row(page, text).getByRole("button", { name: "Message actions" }).click();
  return page.getByRole("menu");
}

test("a reaction and a recall reach three browsers at once, by mouse, keyboard and touch", async ({ browser }) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US" });
  await phone.goto("/sign-in");
  await phone.getByLabel("Sign-in name").fill(ben.handle);
  await phone.getByLabel("Password").fill(password);
  await phone.getByRole("button", { name: "Sign in" }).click();
  await phone.waitForURL(/\/c$/);
  await phone.goto(`/c/${conversationId}`);
  const pages = [ann.page, ben.page, phone];
  await write(ann.page, "lunch at noon?");
  await write(ann.page, "wrong window, sorry");
  for (const page of pages) await expectStored(page, ["lunch at noon?", "wrong window, sorry"]);
  // What a screen reader was told stays in the page; it must not outlive the message.
  for (const page of [ben.page, phone]) await expect(page.getByRole("log")).toContainText("wrong window, sorry");

  await (await openMenu(ben.page, "lunch")).getByRole("menuitem", { name: "React with 👍" }).click();
  for (const page of pages) await expect(chip(page, "👍, 1")).toBeVisible();
  // The second device of the same person knows that the reaction is its own.
  for (const page of [ben.page, phone]) await expect(chip(page, "👍")).toHaveAttribute("aria-pressed", "true");
  await expect(chip(ann.page, "👍")).toHaveAttribute("aria-pressed", "false");
  await chip(ann.page, "👍").click();
  for (const page of pages) await expect(chip(page, "👍, 2")).toBeVisible();
  await chip(phone, "👍").tap();
  for (const page of pages) await expect(chip(page, "👍, 1")).toBeVisible();
  await expect(chip(ben.page, "👍")).toHaveAttribute("aria-pressed", "false");

  // By keyboard: the message, its menu, the item.
  await row(ann.page, "wrong window").focus();
  await ann.page.keyboard.press("Shift+F10");
  // Keys before the menu has the focus would go to the message.
  await expect(focusInMenu(ann.page)).toBeVisible();
  await stepInMenu(ann.page, "End", "Recall");
  await ann.page.keyboard.press("Enter");
  await expect(row(ann.page, "You recalled this message")).toBeVisible();
  for (const page of [ben.page, phone]) {
    await expect(row(page, "This message was recalled")).toBeVisible();
    await expect(page.getByText("wrong window")).toHaveCount(0);
  }
  for (const page of pages) {
    await page.reload();
    await expect(chip(page, "👍, 1")).toBeVisible();
    await expect(page.getByText("wrong window")).toHaveCount(0);
  }
  await ben.page.goto("/c");
  await expect(ben.page.getByRole("link", { name: /Ann/ })).toContainText("[Recalled]");
});

test("a long touch opens the menu, another person's message cannot be recalled, and a refusal is said", async ({
  browser,
}) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { ...devices["Pixel 7"], locale: "en-US" });
  await write(ben.page, "mine to take back");
  const bubble = row(ann.page, "mine to take back").locator("[data-bubble]");
  const box = await bubble.boundingBox();
  if (!box) throw new Error("the message is not on the screen");
  const session = await ann.page.context().newCDPSession(ann.page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await expect(ann.page.getByRole("menuitem", { name: "React with ❤️" })).toBeVisible();
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(ann.page.getByRole("menuitem", { name: "Recall" })).toHaveCount(0);
  await ann.page.getByRole("menuitem", { name: "React with ❤️" }).tap();
  for (const { page } of [ann, ben]) await expect(chip(page, "❤️, 1")).toBeVisible();
  await ben.page.context().setOffline(true);
  await chip(ben.page, "❤️").click();
  await expect(ben.page.getByText(/cannot be reached|connection|offline/i).first()).toBeVisible();
  await expect(chip(ben.page, "❤️, 1")).toHaveAttribute("aria-pressed", "false");
});
