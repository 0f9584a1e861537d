import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { focusInMenu } from "#tests/journeys/_menu.ts";
import { arrive, call, newPage, together, type Visitor, write } from "#tests/journeys/_people.ts";

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const listRow = (page: Page) => page.getByRole("list", { name: "Chats" }).getByRole("link");
const banner = (page: Page) => page.getByRole("region", { name: "Pinned messages" });
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 800 } };

async function choose(page: Page, text: string | RegExp, item: string): Promise<void> {
  // A right click in a quote would open the browser's own menu, for the link.
  await row(page, text).first().focus();
  await page.keyboard.press("Shift+F10");
  await expect(focusInMenu(page)).toBeVisible();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Another device of the same person, at the same address. */
async function secondDevice(browser: Browser, { page }: Visitor): Promise<Page> {
  const second = await newPage(browser);
  await second.context().addCookies(await page.context().cookies());
  await second.goto(page.url());
  return second;
}

const isAccessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("a message deleted for me goes from all of my devices alone, also while one was away, and comes back", async ({
  browser,
}) => {
  const { one: ann, two: ben, conversationId } = await together(browser, "Ann", "Ben", { viewport: sizes.wide });
  await write(ben.page, "the first");
  await write(ben.page, "the last");
  await expect(row(ann.page, "the last")).toBeVisible();
  await row(ann.page, "the last").focus();
  await ann.page.keyboard.press("r");
  await write(ann.page, "an answer");
  await expect(row(ben.page, /in reply to .*the last: an answer/)).toBeVisible();
  const other = await secondDevice(browser, ann);
  await expect(row(other, "the last").first()).toBeVisible();
  const away = await secondDevice(browser, ann);
  await expect(row(away, "the first")).toBeVisible();
  await away.context().setOffline(true);

  await choose(ann.page, /^Ben, the last/, "Delete for me");
  for (const page of [ann.page, other]) {
    await expect(row(page, /^Ben, the last/)).toHaveCount(0);
    await expect(row(page, /in reply to .*This message is not available\.: an answer/)).toBeVisible();
  }
  await choose(ann.page, /: an answer/, "Delete for me");
  await expect(row(ann.page, /an answer/)).toHaveCount(0);
  await ann.page.goto("/c");
  await expect(listRow(ann.page)).toHaveAccessibleName(/the first/);
  await away.context().setOffline(false);
  await expect(row(away, /the last|an answer/)).toHaveCount(0);
  await expect(row(ben.page, /^Ben, the last|^You, the last/)).toBeVisible();

  await ann.page.goto(`/c/${conversationId}`);
  await choose(ann.page, "the first", "Delete for me");
  await ann.page.getByRole("button", { name: "Undo" }).click();
  for (const page of [ann.page, other, away]) await expect(row(page, "the first")).toBeVisible();
  await write(ben.page, "a new one");
  await ann.page.goto("/c");
  await expect(listRow(ann.page)).toHaveAccessibleName(/a new one/);
});

test("a star shows on all devices, and my starred messages lead to their places until they are recalled", async ({
  browser,
}) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { viewport: sizes.narrow });
  await write(ben.page, "the address");
  await write(ben.page, "to be recalled");
  await expect(row(ann.page, "to be recalled")).toBeVisible();
  const other = await secondDevice(browser, ann);
  await choose(ann.page, "the address", "Star");
  await choose(ann.page, "to be recalled", "Star");
  for (const page of [ann.page, other]) {
    await expect(row(page, /the address, .*starred/)).toBeVisible();
    await expect(row(page, /to be recalled, .*starred/)).toBeVisible();
  }
  await expect(row(ben.page, /starred/)).toHaveCount(0);
  await ann.page.goto("/settings");
  await ann.page.getByRole("link", { name: "Starred messages" }).click();
  const list = ann.page.getByRole("list", { name: "Starred messages" });
  await expect(list.getByRole("listitem")).toContainText([/Ben.*to be recalled/s, /Ben.*the address/s]);
  await isAccessible(ann.page);
  await choose(ben.page, "to be recalled", "Recall");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("link").click();
  await expect(row(ann.page, "the address")).toBeInViewport();
  await isAccessible(ann.page);
  await choose(other, "the address", "Remove star");
  await expect(row(ann.page, /starred/)).toHaveCount(0);
  await ann.page.goto("/settings/starred");
  await expect(ann.page.getByText("No starred messages yet")).toBeVisible();
  await isAccessible(ann.page);
});

test("both pin in a direct conversation, the banner steps through the pinned, and the list unpins", async ({
  browser,
}) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { viewport: sizes.narrow });
  await write(ben.page, "when we meet");
  await write(ann.page, "where we meet");
  await expect(row(ann.page, "when we meet")).toBeVisible();
  await choose(ann.page, "when we meet", "Pin");
  await expect(row(ben.page, /Ann pinned a message/)).toBeVisible();
  await expect(row(ann.page, /You pinned a message/)).toBeVisible();
  await choose(ben.page, "where we meet", "Pin");
  for (const { page } of [ann, ben]) {
    await expect(banner(page)).toContainText("Pinned message 1 of 2");
    await expect(banner(page)).toContainText("where we meet");
    await expect(row(page, /where we meet, .*pinned/)).toBeVisible();
  }
  await isAccessible(ann.page);
  await banner(ann.page).getByRole("link", { name: "Pinned message 1 of 2: where we meet" }).click();
  await expect(ann.page).toHaveURL(/\/m\/3$/);
  await banner(ann.page).getByRole("link", { name: "Pinned message 2 of 2: when we meet" }).click();
  await expect(ann.page).toHaveURL(/\/m\/2$/);
  await expect(row(ann.page, "when we meet")).toBeInViewport();

  await banner(ann.page).getByRole("button", { name: "Show all 2 pinned messages" }).click();
  const sheet = ann.page.getByRole("dialog", { name: "Pinned messages" });
  await expect(sheet.getByRole("listitem")).toContainText([/where we meet/, /when we meet/]);
  await isAccessible(ann.page);
  await ann.page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await banner(ann.page).getByRole("button", { name: "Show all 2 pinned messages" }).click();
  await sheet.getByRole("button", { name: "Unpin" }).first().click();
  await expect(sheet.getByRole("listitem")).toHaveCount(1);
  await sheet.getByRole("link", { name: /when we meet/ }).click();
  await expect(sheet).toHaveCount(0);
  await expect(banner(ben.page)).toContainText("when we meet");
  await choose(ben.page, "when we meet", "Recall");
  for (const { page } of [ann, ben]) await expect(banner(page)).toHaveCount(0);
});

test("in a community its owner pins, and who joined late sees nothing pinned from before", async ({ browser }) => {
  const [ann, ben] = [await arrive(browser, "Ann"), await arrive(browser, "Ben")];
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", {
    name: "Kites",
    historyVisibleToNewMembers: false,
  });
  await ann.page.goto(`/c/${community.id}`);
  await write(ann.page, "rules of before");
  await choose(ann.page, "rules of before", "Pin");
  await expect(banner(ann.page)).toContainText("rules of before");
  await call(ben.page, "communities.join", { communityId: community.id });
  await ben.page.goto(`/c/${community.id}`);
  await write(ann.page, "rules of today");
  await expect(row(ben.page, "rules of today")).toBeVisible();
  await expect(banner(ben.page)).toHaveCount(0);
  await row(ben.page, "rules of today").locator("[data-bubble]").click({ button: "right" });
  await expect(ben.page.getByRole("menuitem", { name: "Star" })).toBeVisible();
  await expect(ben.page.getByRole("menuitem", { name: "Pin" })).toHaveCount(0);
  await ben.page.keyboard.press("Escape");
  await choose(ann.page, "rules of today", "Pin");
  await expect(banner(ben.page)).toContainText("rules of today");
  await expect(banner(ben.page)).toContainText("Pinned message");
  await expect(banner(ann.page)).toContainText("Pinned message 1 of 2");
});
