import { expect, type Locator, type Page } from "@playwright/test";

/** What the keys of an open menu go to; before it is visible, they go to what opened the menu. */
export const focusInMenu = (page: Page): Locator => page.locator('[role="menu"]:focus, [role="menu"] :focus');

/** The menu moves the focus after the key's own event, so a next key sent at once would go to the item before. */
export async function stepInMenu(page: Page, key: string, to: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole("menuitem", { name: to })).toBeFocused();
}
