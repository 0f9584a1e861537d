import { randomUUID } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { focusInMenu, stepInMenu } from "#tests/journeys/_menu.ts";
import { call, newPage, together } from "#tests/journeys/_people.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true });
const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const bar = (page: Page, text = "1 scheduled message") => page.getByRole("button", { name: text });
const accessible = async (page: Page, part = "body") =>
  expect((await new AxeBuilder({ page }).setLegacyMode(true).include(part).analyze()).violations).toEqual([]);
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const words = (text: string) => ({ kind: "text", text });

test("a message is scheduled at Send, waits on all my devices, is written anew and sent", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  const { page } = ann;
  const storageState = await page.context().storageState();
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US", storageState });
  await phone.goto(page.url());
  await field(page).fill("happy birhtday");
  await send(page).click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Send without sound" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: /^Send tomorrow, 9:00/ })).toBeVisible();
  await accessible(page, "[role=menu]");
  await page.getByRole("menuitem", { name: /^Send in 1 hour, / }).click();
  for (const each of [page, phone]) await expect(bar(each)).toBeVisible();
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toBeFocused();

  expect(await faultsOf(phone)).toEqual([]);
  await bar(phone).click();
  const list = phone.getByRole("dialog", { name: "Scheduled messages" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await accessible(phone);
  await list.getByRole("button", { name: "Edit: happy birhtday" }).click();
  await list.getByLabel("Message", { exact: true }).fill("happy birthday");
  await list.getByLabel("Date and time").fill("2001-01-01T09:00");
  await expect(list.getByText("Choose a time that is still to come")).toBeVisible();
  await expect(list.getByRole("button", { name: "Save" })).toBeDisabled();
  await list.getByLabel("Date and time").fill(await tomorrowAt(phone, "09:30"));
  await accessible(phone);
  await list.getByRole("button", { name: "Save" }).click();
  await expect(list.getByText("9:30")).toBeVisible();
  expect(await row(ben.page, /happy/).count()).toBe(0);
  await list.getByRole("button", { name: "Send now: happy birthday" }).click();
  await expect(list.getByText("Nothing is scheduled here.")).toBeVisible();
  await phone.keyboard.press("Escape");
  for (const each of [page, phone, ben.page]) await expect(row(each, /happy birthday/)).toBeVisible();
  for (const each of [page, phone]) await expect(bar(each)).toHaveCount(0);
});

test("a message is sent when it is due, and one that may not be says why and can be tried again", async ({
  browser,
}) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  const schedule = (text: string, ms: number) =>
    call(ann.page, "messages.schedule", {
      ...{ conversationId, clientId: randomUUID(), content: words(text), sendAt: soon(ms) },
    });
  await schedule("on time", 2_000);
  await expect(bar(ann.page)).toBeVisible();
  await expect(row(ben.page, /on time/)).toBeVisible({ timeout: 15_000 });
  await expect(row(ann.page, /on time/)).toBeVisible();
  await expect(bar(ann.page)).toHaveCount(0);

  await call(ben.page, "friends.block", { personId: ann.id });
  await call(ben.page, "friends.unblock", { personId: ann.id });
  await schedule("too late", 3_000);
  await call(ben.page, "friends.block", { personId: ann.id });
  await expect(bar(ann.page, "1 message was not sent")).toBeVisible({ timeout: 15_000 });
  await bar(ann.page, "1 message was not sent").click();
  const list = ann.page.getByRole("dialog", { name: "Scheduled messages" });
  await expect(list.getByRole("listitem")).toContainText("too late");
  await accessible(ann.page);
  await call(ben.page, "friends.unblock", { personId: ann.id });
  await list.getByRole("button", { name: "Try again: too late" }).click();
  await expect(row(ben.page, /too late/)).toBeVisible();
  await expect(list.getByText("Nothing is scheduled here.")).toBeVisible();
});

test("the menu at Send opens by the keyboard; a message without sound says so to both", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  const { page } = ann;
  await field(page).fill("good night");
  await send(page).focus();
  await page.keyboard.press("Shift+F10");
  await expect(focusInMenu(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(send(page)).toBeFocused();
  await page.keyboard.press("Shift+F10");
  await expect(focusInMenu(page)).toBeVisible();
  await stepInMenu(page, "Home", "Send without sound");
  await stepInMenu(page, "End", "Send later …");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Date and time")).toHaveValue(/T09:00$/);
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(field(page)).toHaveValue("good night");
  await send(page).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Send later …" }).click();
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(bar(page)).toBeVisible();
  await expect(field(page)).toHaveValue("");
  // It is scheduled and nothing else.
  for (const each of [page, ben.page]) await expect(row(each, /good night/)).toHaveCount(0);
  await field(page).fill("good night");
  await send(page).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Send without sound" }).click();
  await expect(field(page)).toBeFocused();
  for (const each of [page, ben.page]) await expect(row(each, /good night, .*sent without sound/)).toBeVisible();
  await accessible(ben.page);
});

/** In the time zone of that device. */
const tomorrowAt = (page: Page, clock: string) =>
  page.evaluate((at) => {
    const day = new Date(Date.now() + 86_400_000);
    const two = (n: number) => String(n).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T${at}`;
  }, clock);
