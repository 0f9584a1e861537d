import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, newPage } from "#tests/journeys/_people.ts";

const sections: readonly [path: string, name: string][] = [
  ["profile", "Profile"],
  ["wallet", "My wallet"],
  ["starred", "Starred messages"],
  ["mentions", "Mentions of me"],
  ["appearance", "Appearance and language"],
  ["sending", "Sending"],
  ["privacy", "Privacy"],
  ["security", "Password and devices"],
];

async function isSound(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);
  expect(await faultsOf(page)).toEqual([]);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

test("on a desk each section opens beside the list, with an address, by keyboard and by Back", async ({ browser }) => {
  const { page } = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 }, locale: "en-US" });
  await page.goto("/settings");
  const list = page.getByRole("navigation", { name: "Settings" });
  const linkOf = (name: string) => list.getByRole("link", { name });
  await expect(page.getByRole("region", { name: "Profile" }).getByLabel("Display name")).toBeVisible();
  await expect(linkOf("Profile")).toHaveAttribute("aria-current", "page");
  await isSound(page);
  for (const [path, name] of sections) {
    await linkOf(name).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByRole("region", { name })).toBeFocused();
    await expect(linkOf(name)).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle(`${name} · IMChat`);
    expect(pathOf(page)).toBe(`/settings/${path}`);
    await isSound(page);
  }
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Privacy" })).toBeVisible();
  // Escape leads to the list, F6 around the panes, Enter into another section.
  await page.keyboard.press("Escape");
  await expect(linkOf("Privacy")).toBeFocused();
  await page.keyboard.press("F6");
  await expect(page.getByRole("region", { name: "Privacy" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(linkOf("Privacy")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Sending" })).toBeFocused();
  // The address alone leads there as well, and one that is none says so.
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Sending" })).toBeVisible();
  expect((await page.goto("/settings/nothing"))?.status()).toBe(404);
});

test("on a phone one pane is shown at a time, and Back leads to the list and to where one was in it", async ({
  browser,
}) => {
  const { page, handle } = await arrive(browser, "Ann", { viewport: { width: 390, height: 780 }, locale: "en-US" });
  await page.goto("/settings");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Settings");
  await isSound(page);
  const link = page.getByRole("link", { name: "Privacy" });
  await link.click();
  await expect(heading).toHaveText("Privacy");
  await expect(link).toBeHidden();
  await isSound(page);
  await page.goBack();
  await expect(heading).toHaveText("Settings");
  await expect(link).toBeFocused();
  await link.click();
  await page.getByRole("button", { name: "Back to the settings" }).click();
  await expect(link).toBeFocused();
  expect(pathOf(page)).toBe("/settings");
  await page.getByRole("button", { name: "My QR code" }).click();
  await expect(page.getByRole("dialog", { name: "My QR code" })).toContainText(`/u/${handle}`);
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("button", { name: "Ann", exact: true }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Edit my profile" }).click();
  await expect(heading).toHaveText("Profile");
  // Opened by its address, a section leads to the list all the same.
  const other = await newPage(browser, {
    storageState: await page.context().storageState(),
    viewport: { width: 390, height: 780 },
  });
  await other.goto("/settings/wallet");
  await other.getByRole("button", { name: "Back to the settings" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Settings");
});
