/** The emoji panel, its grid and its picker, as people meet them in journeys. */
import AxeBuilder from "@axe-core/playwright";
import { devices, expect, type Locator, type Page } from "@playwright/test";

export const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, locale: "en-US" };
export const field = (page: Page) => page.locator("#composer");
export const panelOf = (page: Page) => page.locator("#emoji-panel");
export const grid = (page: Page | Locator) => page.getByRole("grid", { name: "Emoji" });
export const cell = (page: Page | Locator, name: string) =>
  grid(page).getByRole("button", { name, exact: true }).first();
export const options = (page: Page) => page.getByRole("listbox", { name: "Emoji" }).getByRole("option");

export async function openPanel(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Emoji and stickers" }).click();
  await expect(cell(page, "grinning face")).toBeVisible();
  return panelOf(page);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** The caret, as the place in the text. */
export const caretOf = (page: Page) => field(page).evaluate((area) => (area as HTMLTextAreaElement).selectionStart);
export const placeCaret = (page: Page, at: number) =>
  field(page).evaluate((area, place) => (area as HTMLTextAreaElement).setSelectionRange(place, place), at);

export async function touch(page: Page, what: Locator): Promise<() => Promise<unknown>> {
  const box = await what.boundingBox();
  if (!box) throw new Error("it is not on the screen");
  const session = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  return () => session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
