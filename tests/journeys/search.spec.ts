import AxeBuilder from "@axe-core/playwright";
import { type Browser, devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call, someHandle, together, type Visitor } from "#tests/journeys/_people.ts";

const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, locale: "en-US" };
const field = (page: Page) => page.getByRole("combobox", { name: "Search" });
const results = (page: Page) => page.getByRole("listbox", { name: "Results" });
const options = (page: Page) => results(page).getByRole("option");
const chosen = (page: Page) => results(page).getByRole("option", { selected: true });

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** A friend more, with a name of their own; the id of the conversation. */
async function befriend(browser: Browser, { page, id }: Visitor, displayName: string): Promise<string> {
  const friend = await arrive(browser, someHandle("friend").slice(0, 12));
  await call(friend.page, "accounts.updateProfile", { displayName });
  await call(page, "friends.request", { personId: friend.id });
  const accepted = await call<{ conversationId: string }>(friend.page, "friends.accept", { personId: id });
  await friend.page.context().close();
  return accepted.conversationId;
}

async function readIn(page: Page, conversationId: string): Promise<number> {
  const input = encodeURIComponent(JSON.stringify({ conversationId }));
  const response = await page.request.get(`/api/trpc/conversations.get?input=${input}`);
  return (await response.json()).result.data.lastReadSeq;
}

test("Ctrl+K finds a Chinese name by its initials; Enter opens it, Escape empties and leaves", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  const zhang = await befriend(browser, one, "张三");
  await page.locator("#composer").focus();
  await page.keyboard.press("Control+K");
  await expect(field(page)).toBeFocused();
  await expect(options(page).first()).toContainText("张三");
  await expect(results(page).getByRole("group", { name: "Recent" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type("zs");
  await expect(options(page)).toHaveCount(1);
  await expect(chosen(page)).toContainText("张三");
  await expectAccessible(page);

  // Home and End stay in the text.
  await page.keyboard.press("Home");
  expect(await field(page).evaluate((input) => (input as HTMLInputElement).selectionStart)).toBe(0);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/c/${zhang}`);
  await expect(page.locator("#composer")).toBeFocused();
  await expect(results(page)).toBeHidden();
  await expect(page.getByRole("list", { name: "Chats" })).toBeVisible();

  await page.keyboard.press("Control+K");
  await page.keyboard.type("no such name (.*");
  await expect(page.getByText("Nothing found.", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator("#composer")).toBeFocused();
  await expect(results(page)).toBeHidden();
});

test("arrows choose among chats and actions, from any page", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  const { page } = one;
  await page.goto("/friends");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+K");
  await page.waitForURL("**/c");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page)).toHaveText("Open my wallet");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toContainText("Ben");
  await page.keyboard.type("create com");
  await expect(chosen(page)).toHaveText("Create community");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Create community" })).toBeVisible();
  // Under a dialog no shortcut works.
  await page.keyboard.press("Control+K");
  await expect(page.getByRole("dialog", { name: "Create community" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // A chat that is hidden is still found, among the people.
  await call(page, "conversations.configure", { conversationId, hidden: true });
  await expect(page.getByRole("link", { name: /^Ben/ })).toHaveCount(0);
  await field(page).fill(`@${two.handle}`);
  await expect(results(page).getByRole("group", { name: "People" }).getByRole("option")).toHaveCount(1);
  await options(page).first().click();
  await page.waitForURL(`**/c/${conversationId}`);
});

test("Alt with arrows goes from chat to chat, F6 from pane to pane, and ? lists all shortcuts", async ({ browser }) => {
  const { one, conversationId } = await together(browser);
  const { page } = one;
  const second = await befriend(browser, one, "Cleo");
  const rows = page.getByRole("list", { name: "Chats" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Cleo");
  await page.locator("#composer").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForURL(`**/c/${second}`);
  await expect(page.locator("#composer")).toBeFocused();
  // Reading ends a mark, and the mark below is set for good.
  await expect.poll(() => readIn(page, second)).toBe(1);
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForURL(`**/c/${conversationId}`);
  await call(page, "conversations.configure", { conversationId: second, markedUnread: true });
  await expect(page.getByRole("link", { name: /^Cleo, marked as unread/ })).toBeVisible();
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await page.waitForURL(`**/c/${second}`);

  await page.keyboard.press("Control+.");
  const details = page.getByRole("region", { name: "Details" });
  await expect(details.getByRole("button", { name: "Close details" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.getByRole("link", { name: /^Cleo/ })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.locator("#composer")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.getByRole("link", { name: /^Cleo/ })).toBeFocused();

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByRole("listitem")).toHaveCount(17);
  await expect(sheet.getByRole("listitem").first()).toHaveText("SearchCtrlK");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  // In a field it is a character.
  await page.locator("#composer").focus();
  await page.keyboard.type("?");
  await expect(page.locator("#composer")).toHaveValue("?");
  await page.keyboard.press("Control+/");
  await expect(sheet).toBeVisible();

  await sheet.getByRole("switch", { name: "Single keys" }).click();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.getByRole("link", { name: /^Cleo/ }).focus();
  await page.keyboard.press("?");
  // Digits are the browser's own until the app has a window of its own.
  await page.keyboard.press("Control+2");
  await page.keyboard.press("Control+/");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.waitForURL(`**/c/${second}`);
  // A headless browser has no window of an installed app.
  await page.evaluate(() => {
    const ask = window.matchMedia.bind(window);
    window.matchMedia = (query) => (query.includes("standalone") ? ask("all") : ask(query));
  });
  await page.keyboard.press("Control+2");
  await page.waitForURL(`**/c/${conversationId}`);
});

test("on a phone the results stand in place of the list, and going back closes them", async ({ browser }) => {
  const { one } = await together(browser, "Ann", "Ben", phone);
  const { page } = one;
  const zhang = await befriend(browser, one, "张三");
  await page.keyboard.press("Control+K");
  await page.waitForURL("**/c");
  await expect(field(page)).toBeFocused();
  await expect(options(page).first()).toBeVisible();
  await expectAccessible(page);
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.type("zhangs");
  await expect(options(page)).toHaveCount(1);
  await page.goBack();
  await expect(results(page)).toBeHidden();
  await expect(field(page)).toHaveValue("");
  await field(page).tap();
  await field(page).fill("zs");
  await options(page).first().tap();
  await page.waitForURL(`**/c/${zhang}`);
  await page
    .getByRole("link", { name: "Back to the list" })
    .or(page.getByRole("button", { name: "Back to the list" }))
    .tap();
  await page.waitForURL("**/c");
  await expect(page.getByRole("list", { name: "Chats" })).toBeVisible();
});
