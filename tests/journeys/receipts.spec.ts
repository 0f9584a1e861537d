import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { call, newPage, together, write } from "#tests/journeys/_people.ts";

const own = (page: Page, text: string, status: string) =>
  page.getByRole("article", { name: new RegExp(`^You, ${text}, .*, ${status}$`) });
const rowOf = (page: Page, name: string, status: string) =>
  page.getByRole("link", { name: new RegExp(`^${name}, .*, ${status}, `) });
const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("one tick, two, and two in colour: for the eye, the ear, the list and on each device", async ({ browser }) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  const storageState = await ann.page.context().storageState();
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US", storageState });
  await phone.goto("/c");

  // Ben has closed everything; then he is in the list; then he reads.
  await ben.page.goto("about:blank");
  await write(ann.page, "lunch");
  await expect(own(ann.page, "lunch", "sent")).toBeVisible();
  await expect(rowOf(phone, "Ben", "sent")).toBeVisible();
  await ben.page.goto("/c");
  await expect(own(ann.page, "lunch", "delivered")).toBeVisible();
  for (const page of [ann.page, phone]) await expect(rowOf(page, "Ben", "delivered")).toBeVisible();
  await ben.page.goto(`/c/${conversationId}`);
  await expect(own(ann.page, "lunch", "read")).toBeVisible();
  await expect(own(ann.page, "lunch", "read").locator('[data-tick="read"]')).toBeVisible();
  for (const page of [ann.page, phone]) await expect(rowOf(page, "Ben", "read")).toBeVisible();
  await accessible(ann.page);
  // The next message starts over, and is told while all have it open.
  await write(ann.page, "dinner");
  await expect(own(ann.page, "dinner", "read")).toBeVisible();
  // What was told while a device had no connection is asked for.
  await ben.page.goto("about:blank");
  await write(ann.page, "supper");
  await expect(own(ann.page, "supper", "sent")).toBeVisible();
  await ann.page.context().setOffline(true);
  await call(ben.page, "conversations.markRead", { conversationId, seq: 1_000 });
  await ann.page.context().setOffline(false);
  await expect(own(ann.page, "supper", "read")).toBeVisible({ timeout: 20_000 });
  expect(await faultsOf(phone)).toEqual([]);
});

test("the passport says who has read a message and which of my devices have it; who hides theirs sees none", async ({
  browser,
}) => {
  const { one: ann, two: ben } = await together(browser);
  await write(ann.page, "breakfast");
  await expect(own(ann.page, "breakfast", "read")).toBeVisible();
  const openPassport = async (page: Page, message: RegExp) => {
    await page.getByRole("article", { name: message }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Information" }).click();
    return page.getByRole("dialog", { name: "Message information" });
  };
  const passport = await openPassport(ann.page, /breakfast/);
  await expect(passport.getByRole("list", { name: "Read by 1 of 1" })).toContainText("Ben");
  await accessible(ann.page);
  await ann.page.goBack();
  await expect(passport).toHaveCount(0);
  // One that is open says what changes meanwhile.
  const chat = ben.page.url();
  await ben.page.goto("about:blank");
  await write(ann.page, "elevenses");
  // Until it is stored there is nothing to be informed of.
  await expect(own(ann.page, "elevenses", "sent")).toBeVisible();
  const waiting = await openPassport(ann.page, /elevenses/);
  await expect(waiting.getByRole("list", { name: "Not delivered yet" })).toContainText("Ben");
  await ben.page.goto(chat);
  await expect(waiting.getByRole("list", { name: "Read by 1 of 1" })).toContainText("Ben");
  await ann.page.keyboard.press("Escape");
  const theirs = await openPassport(ben.page, /breakfast/);
  await expect(theirs.getByRole("list", { name: "Received on my devices" })).toContainText("Computer");
  await expect(theirs.getByText(/^Read by/)).toHaveCount(0);
  await ben.page.keyboard.press("Escape");

  await ben.page.goto("/settings/privacy");
  await ben.page.getByRole("switch", { name: "Show what I have received and read" }).click();
  await expect(ben.page.getByRole("switch", { name: "Show what I have received and read" })).not.toBeChecked();
  await ben.page.goBack();
  await expect(ben.page.locator("#composer")).toBeVisible();
  await write(ann.page, "brunch");
  await expect(ben.page.getByRole("article", { name: /brunch/ })).toBeVisible();
  await write(ben.page, "fine");
  await expect(ann.page.getByRole("article", { name: /^Ben, fine/ })).toBeVisible();
  await ann.page.reload();
  await expect(own(ann.page, "brunch", "sent")).toBeVisible();
  await expect(own(ben.page, "fine", "sent")).toBeVisible();
  const hidden = await openPassport(ann.page, /brunch/);
  await expect(hidden.getByText("1 person does not show what they have read.")).toBeVisible();
});
