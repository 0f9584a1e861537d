import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, devices, expect, type Page, test } from "@playwright/test";
import { photo } from "#tests/journeys/_files.ts";
import { arrive, call, together, type Visitor, write } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 120_000 });

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const dialog = (page: Page) => page.getByRole("dialog");
const expectNoFaults = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

/** Makes friends without their screens; answers the conversation. */
async function befriend(one: Visitor, two: Visitor): Promise<string> {
  await call(one.page, "friends.request", { personId: two.id });
  const accepted = await call<{ conversationId: string }>(two.page, "friends.accept", { personId: one.id });
  return accepted.conversationId;
}

/** Ann talks to Ben and knows Cleo and Dan, too. */
async function fourPeople(browser: Browser, width: number) {
  const {
    one: ann,
    two: ben,
    conversationId,
  } = await together(browser, "Ann", "Ben", {
    viewport: { width, height: 800 },
    locale: "en-US",
  });
  const [cleo, dan] = [await arrive(browser, "Cleo"), await arrive(browser, "Dan")];
  const [withCleo, withDan] = [await befriend(ann, cleo), await befriend(ann, dan)];
  await expect(ann.page.locator("#composer")).toBeVisible();
  return { ann, ben, cleo, dan, conversationId, withCleo, withDan };
}

async function openMenu(page: Page, text: string | RegExp, item: string): Promise<void> {
  await row(page, text).locator("[data-bubble]").click({ button: "right" });
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

test("a message goes to several chats, and the one that refuses is named", async ({ browser }) => {
  const { ann, ben, cleo, dan, withCleo, withDan } = await fourPeople(browser, 390);
  const { page } = ann;
  await write(ben.page, "the pier at noon");
  await expect(row(page, "the pier at noon")).toBeVisible();
  await openMenu(page, "the pier at noon", "Forward");
  const find = dialog(page).getByRole("combobox", { name: "Find chats" });
  await expect(dialog(page).getByRole("option")).toHaveCount(3);
  await expectNoFaults(page);
  await find.fill("cl");
  await expect(dialog(page).getByRole("option")).toHaveCount(1);
  await find.press("Enter");
  await expect(dialog(page).getByRole("option", { name: "Cleo", selected: true })).toBeVisible();
  await find.fill("");
  await dialog(page).getByRole("option", { name: "Dan" }).click();
  await dialog(page).getByRole("textbox", { name: "A note after it" }).fill("see you there");
  await call(dan.page, "friends.block", { personId: ann.id });
  await dialog(page).getByRole("button", { name: "Send to 2 chats" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("Dan");
  await expect(dialog(page).getByRole("alert")).not.toContainText("Cleo");
  await expect(dialog(page).getByRole("button", { name: "Remove Cleo" })).toHaveCount(0);
  await expectNoFaults(page);
  await call(dan.page, "friends.unblock", { personId: ann.id });
  await dialog(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);

  for (const [visitor, id] of [
    [cleo, withCleo],
    [dan, withDan],
  ] as const) {
    await visitor.page.goto(`/c/${id}`);
    await expect(row(visitor.page, "forwarded from Ben, the pier at noon")).toHaveCount(1);
    await expect(visitor.page.getByText("Forwarded from Ben")).toBeVisible();
    await expect(row(visitor.page, "see you there")).toHaveCount(1);
  }
  await expectNoFaults(cleo.page);
});

const selected = (page: Page, text: string) => row(page, new RegExp(`${text}, .*, selected$`));
const bar = (page: Page) => page.getByRole("region", { name: "Selected messages" });

for (const width of [1280, 390]) {
  test(`several messages are selected and copied, by pointer and by keyboard (${width} px)`, async ({ browser }) => {
    const options = {
      viewport: { width, height: 800 },
      locale: "en-US",
      permissions: ["clipboard-read", "clipboard-write"],
    };
    const { one: ann, two: ben } = await together(browser, "Ann", "Ben", options);
    const { page } = ann;
    for (const text of ["alpha", "beta", "gamma", "delta", "epsilon"]) await write(ben.page, text);
    await expect(row(page, "epsilon")).toBeVisible();
    await openMenu(page, "alpha", "Select");
    await expect(bar(page).getByRole("status")).toHaveText("1 selected");
    await expect(selected(page, "alpha")).toBeVisible();
    await expect(page.locator("#composer")).toHaveCount(0);
    await row(page, "gamma").click({ modifiers: ["Shift"] });
    await expect(bar(page).getByRole("status")).toHaveText("3 selected");
    await row(page, "beta").click();
    await expect(bar(page).getByRole("status")).toHaveText("2 selected");
    await expectNoFaults(page);
    await row(page, "gamma").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(selected(page, "delta")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+Space");
    await expect(selected(page, "epsilon")).toBeVisible();

    // What is taken back is no longer there to be selected.
    await openMenu(ben.page, "gamma", "Recall");
    await expect(bar(page).getByRole("status")).toHaveText("3 selected");
    await bar(page).getByRole("button", { name: "Copy" }).click();
    await expect(bar(page)).toHaveCount(0);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split("\n\n").map((one) => one.replace(/^Ben, .*\n/, "Ben: "))).toEqual([
      "Ben: alpha",
      "Ben: delta",
      "Ben: epsilon",
    ]);

    await openMenu(page, "delta", "Select");
    await page.keyboard.press("Escape");
    await expect(bar(page)).toHaveCount(0);
    await expect(page.locator("#composer")).toBeVisible();
    await openMenu(page, "delta", "Select");
    await expect(bar(page)).toBeVisible();
    await page.goBack();
    await expect(bar(page)).toHaveCount(0);
    await expect(page.locator("#composer")).toBeVisible();

    // Several are starred, and deleted for me alone.
    for (const action of ["Star", "Delete for me"]) {
      await openMenu(page, "delta", "Select");
      await row(page, "epsilon").click();
      await bar(page).getByRole("button", { name: action, exact: true }).click();
      await expect(bar(page)).toHaveCount(0);
      if (action === "Star") await expect(row(page, /(delta|epsilon).*, starred/)).toHaveCount(2);
    }
    await expect(row(page, /delta|epsilon/)).toHaveCount(0);
    await expect(row(ben.page, /delta|epsilon/)).toHaveCount(2);
  });
}

test("messages are merged into one, which opens, and is merged again", async ({ browser }) => {
  const { ann, ben, cleo, withCleo } = await fourPeople(browser, 1280);
  const { page } = ann;
  await write(ben.page, "shall we sail?");
  await expect(row(page, "shall we sail?")).toBeVisible();
  await write(page, "at **noon**");
  await expect(row(page, "at noon")).toBeVisible();
  await ben.page.getByRole("button", { name: "Attach something" }).click();
  const picked = await photo("sea.jpg", 600, 400, "#26a");
  await ben.page.getByLabel("Photo", { exact: true }).and(ben.page.locator("input")).setInputFiles([picked]);
  await dialog(ben.page).getByRole("button", { name: "Send 1 file" }).click();
  await expect(row(page, "Photo")).toBeVisible({ timeout: 20_000 });
  const mergeAll = async (first: string | RegExp, last: string | RegExp) => {
    await openMenu(page, first, "Select");
    await row(page, last).click({ modifiers: ["Shift"] });
    await bar(page).getByRole("button", { name: "Merge and forward" }).click();
    await dialog(page).getByRole("combobox", { name: "Find chats" }).fill("cleo");
    await dialog(page).getByRole("option", { name: "Cleo" }).click();
    await dialog(page).getByRole("button", { name: "Send", exact: true }).click();
    await expect(bar(page)).toHaveCount(0);
  };
  await mergeAll("shall we sail?", "Photo");

  await cleo.page.setViewportSize({ width: 390, height: 800 });
  await cleo.page.goto(`/c/${withCleo}`);
  const opener = cleo.page.getByRole("button", { name: "Chat history of Ann and Ben, 3 messages, press to open" });
  await expect(opener).toContainText("Ben: shall we sail?");
  await expectNoFaults(cleo.page);
  await opener.click();
  const sheet = cleo.page.getByRole("dialog", { name: "Chat history of Ann and Ben" });
  await expect(sheet.getByRole("listitem")).toContainText([/Ben.*shall we sail\?/, /Ann.*at noon/, /Ben/]);
  // The file itself: it was not sent to Cleo before.
  await expect(sheet.locator("img")).toHaveJSProperty("naturalWidth", 480);
  await expect(sheet.getByText("noon", { exact: true })).toHaveCSS("font-weight", "700");
  await expectNoFaults(cleo.page);
  await cleo.page.goBack();
  await expect(sheet).toHaveCount(0);
  await expect(opener).toBeVisible();

  // A record with another one inside opens step by step, and closes so.
  await page.goto(`/c/${withCleo}`);
  await write(page, "what do you say?");
  await expect(row(page, "what do you say?")).toBeVisible();
  await mergeAll(/Chat history/, "what do you say?");
  await cleo.page.getByRole("button", { name: "Chat history of Ann and Cleo, 2 messages, press to open" }).click();
  const outer = cleo.page.getByRole("dialog", { name: "Chat history of Ann and Cleo" });
  await outer.getByRole("button", { name: "Chat history of Ann and Ben, 3 messages, press to open" }).press("Enter");
  await expect(sheet.getByRole("listitem")).toHaveCount(3);
  await cleo.page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(outer).toBeVisible();
  await cleo.page.keyboard.press("Escape");
  await expect(outer).toHaveCount(0);
});

test("a message of another person is reported from its menu", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { locale: "en-US" });
  const { page } = ann;
  await write(ben.page, "you fool");
  await expect(row(page, "you fool")).toBeVisible();
  await openMenu(page, "you fool", "Report");
  await expectNoFaults(page);
  await dialog(page).getByRole("radio", { name: "Insults or harassment" }).check();
  await dialog(page).getByRole("textbox", { name: "A few words about it" }).fill("every day");
  await dialog(page).getByRole("button", { name: "Report" }).click();
  await expect(page.getByText("Reported. Thank you.")).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  await row(ben.page, "you fool").locator("[data-bubble]").click({ button: "right" });
  await expect(ben.page.getByRole("menuitem", { name: "Recall" })).toBeVisible();
  await expect(ben.page.getByRole("menuitem", { name: "Report" })).toHaveCount(0);
});

test("a finger that moves in the dialog of a message does not swipe the message", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { ...devices["Pixel 7"], locale: "en-US" });
  const { page } = ann;
  await write(ben.page, "swipe me");
  await expect(row(page, "swipe me")).toBeVisible();
  await openMenu(page, "swipe me", "Forward");
  const box = await dialog(page).getByRole("heading", { name: "Forward" }).boundingBox();
  if (!box) throw new Error("the dialog is not on the screen");
  const session = await page.context().newCDPSession(page);
  const y = box.y + box.height / 2;
  const touch = (type: "touchStart" | "touchMove", x: number) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y }] });
  await touch("touchStart", 60);
  for (let x = 70; x <= 160; x += 10) await touch("touchMove", x);
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Replying to" })).toHaveCount(0);
});
