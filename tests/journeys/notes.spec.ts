import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { call, newPage, together, write } from "#tests/journeys/_people.ts";

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const accessible = async (page: Page) =>
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

test("a reminder of a message comes to my notes, unread on all my devices, and leads back to it", async ({
  browser,
}) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  const { page } = ann;
  await write(ben.page, "the lease ends on Friday");
  await row(page, /the lease/).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Remind me" }).hover();
  await expect(page.getByRole("menuitem", { name: "Remind me" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("menuitem", { name: /^In 1 hour, / })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^You will be reminded on/)).toBeVisible();

  const storageState = await page.context().storageState();
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US", storageState });
  await phone.goto("/c");
  const notes = phone.getByRole("link", { name: /^Notes to myself/ });
  await expect(notes).toBeVisible();
  const { messages } = await (await page.request.get("/api/trpc/messages.scheduled"))
    .json()
    .then((answer) => answer.result.data);
  await call(page, "messages.reschedule", {
    clientId: messages[0].clientId,
    sendAt: new Date(Date.now() + 1_500).toISOString(),
  });
  await expect(phone.getByRole("link", { name: /^Notes to myself.*unread/ })).toBeVisible({ timeout: 20_000 });
  await notes.click();
  const reminder = row(phone, /Reminder.*the lease ends on Friday/);
  await expect(reminder).toBeVisible();
  await accessible(phone);
  await reminder.getByRole("link", { name: /the lease ends/ }).click();
  await phone.waitForURL(new RegExp(`/c/${conversationId}`));
  await expect(row(phone, /the lease ends on Friday/)).toBeVisible();
});

test("notes open by keyboard from the search, and take what I write", async ({ browser }) => {
  const { one: ann } = await together(browser);
  const { page } = ann;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("notes");
  await expect(page.getByRole("option", { name: "Notes to myself" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notes to myself" })).toBeVisible();
  await write(page, "milk");
  await expect(row(page, /You, milk.*sent/)).toBeVisible();
  await accessible(page);
});

test("a held message is taken back into the composer, and sent when its time is over", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  const { page } = ann;
  const chat = page.url();
  await page.goto("/settings/sending");
  await page.getByRole("radio", { name: "3 seconds" }).check();
  await page.goto(chat);
  await write(page, "wrong chat");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  const field = page.getByRole("textbox", { name: "Message" });
  await expect(field).toHaveValue("wrong chat");
  await expect(field).toBeFocused();
  await expect(row(page, /wrong chat/)).toHaveCount(0);
  await write(page, "right chat");
  await expect(page.getByText(/^Sent in \d s$/)).toBeVisible();
  await accessible(page);
  await expect(row(ben.page, /right chat/)).toBeVisible();
  await expect(row(ben.page, /wrong chat/)).toHaveCount(0);
});
