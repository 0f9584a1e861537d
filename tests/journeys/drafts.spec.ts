import { devices, expect, type Page, test } from "@playwright/test";
import { call, newPage, together } from "#tests/journeys/_people.ts";

const offline = /You are offline/;
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

test("a draft and what it answers agree on my devices, and go when one sends it", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  const { page } = ann;
  const storageState = await page.context().storageState();
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US", storageState });
  await phone.goto("/c");
  const onPhone = phone.getByRole("link", { name: /^Ben/ });
  await field(ben.page).fill("shall we meet?");
  await field(ben.page).press("Enter");
  await page.getByRole("article", { name: /shall we meet/ }).hover();
  await page.getByRole("button", { name: "Reply" }).click();
  await field(page).fill("at the harbour");
  await expect(onPhone).toContainText("[Draft] at the harbour");

  await onPhone.click();
  await expect(field(phone)).toHaveValue("at the harbour");
  await expect(field(phone)).not.toBeFocused();
  await expect(phone.getByRole("button", { name: "Do not reply" })).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(offline)).toBeVisible();
  await field(phone).fill("at the harbour, at six");
  await field(phone).press("Enter");
  await expect(phone.getByRole("article", { name: /at the harbour, at six/ })).toBeVisible();
  await page.context().setOffline(false);
  await expect(field(page)).toHaveValue("");
  await expect(page.getByRole("button", { name: "Do not reply" })).toHaveCount(0);
  await expect(page.getByRole("article", { name: /at the harbour, at six/ })).toBeVisible();
});

test("words that were typed without a network stay when another device writes, also over a reload", async ({
  browser,
}) => {
  const { one: ann, conversationId } = await together(browser);
  const { page } = ann;
  const other = await newPage(browser, { storageState: await page.context().storageState() });
  await other.goto(page.url());
  await expect(field(other)).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(offline)).toBeVisible();
  await field(page).fill("typed without a network");
  // As from a third device: a field that is being typed in would keep its own words.
  await call(other, "conversations.saveDraft", { conversationId, text: "from elsewhere", replyTo: null });
  await expect(field(other)).toHaveValue("from elsewhere");
  await page.context().setOffline(false);
  await expect(field(other)).toHaveValue("typed without a network");
  await expect(field(page)).toHaveValue("typed without a network");
  await page.reload();
  await expect(field(page)).toHaveValue("typed without a network");
});
