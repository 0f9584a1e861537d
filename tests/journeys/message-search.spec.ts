import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { call, together } from "#tests/journeys/_people.ts";

const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, locale: "en-US" };
const field = (page: Page) => page.getByRole("combobox", { name: "Search" });
const results = (page: Page) => page.getByRole("listbox", { name: "Results" });

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

const say = (page: Page, conversationId: string, text: string) =>
  call(page, "messages.send", { conversationId, clientId: randomUUID(), content: { kind: "text", text } });

test("messages are found by words and filters, and stay beside what they lead to", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  const { page } = one;
  await say(two.page, conversationId, "明天下午开会议纪要");
  await say(two.page, conversationId, "see https://example.com/plan for the Résumé");
  const messages = results(page).getByRole("group", { name: "Messages" }).getByRole("option");
  await page.keyboard.press("Control+K");
  await page.keyboard.type("会议");
  // Filled after the message was sent: asked again until it is there.
  await expect(async () => {
    await field(page).fill("zzz");
    await expect(page.getByText("Nothing found.", { exact: true })).toBeVisible();
    await field(page).fill("会议");
    await expect(messages).toHaveCount(1, { timeout: 2_000 });
  }).toPass();
  await expect(messages.locator("mark")).toHaveText("会议");
  await expectAccessible(page);
  await messages.click();
  await page.waitForURL(/\/m\/2$/);
  await expect(messages).toBeVisible();
  await field(page).fill("resu from:me");
  await expect(page.getByText("Nothing found.", { exact: true })).toBeVisible();
  await field(page).fill("resu");
  await expect(messages).toHaveCount(1);
  await page.getByRole("button", { name: "Links", exact: true }).click();
  await expect(field(page)).toHaveValue("resu has:link ");
  await expect(field(page)).toBeFocused();
  await expect(messages).toHaveCount(1);
  await page.getByRole("button", { name: "Photos", exact: true }).click();
  await expect(page.getByText("Nothing found.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Photos", exact: true }).click();
  await page.getByRole("button", { name: "From…", exact: true }).click();
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Ben", exact: true }).click();
  await expect(field(page)).toHaveValue("resu has:link from:Ben ");
  await expect(messages).toHaveCount(1);
  await expectAccessible(page);
});

test("inside a chat results are stepped through, and a calendar leads to its days", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser, "Ann", "Ben", phone);
  const { page } = one;
  for (const word of ["apple", "apricot", "avocado"]) await say(two.page, conversationId, word);
  await page.getByRole("button", { name: "Search in this chat", exact: true }).click();
  const bar = page.getByRole("search", { name: "Search in this chat" });
  const input = bar.getByRole("textbox", { name: "Search this chat" });
  await expect(input).toBeFocused();
  await expect(async () => {
    // Another question between: one that was asked a moment ago is not asked again.
    await input.fill("zzz");
    await expect(bar.getByText("Nothing found")).toBeVisible();
    await input.fill("ap");
    await expect(bar.getByText("2 results")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(await faultsOf(page)).toEqual([]);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/m\/3$/);
  await expect(bar.getByText("1 of 2")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/m\/2$/);
  await bar.getByRole("button", { name: "Newer result" }).click();
  await page.waitForURL(/\/m\/3$/);
  await bar.getByRole("button", { name: "Jump to a day" }).click();
  const calendar = page.getByRole("dialog", { name: "Jump to a day" });
  await expect(calendar.getByRole("gridcell").getByRole("button", { disabled: false })).toHaveCount(1);
  await expectAccessible(page);
  await calendar.getByRole("gridcell").getByRole("button", { disabled: false }).click();
  await page.waitForURL(/\/m\/1$/);
  await expect(calendar).toBeHidden();
  await input.focus();
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});
