import AxeBuilder from "@axe-core/playwright";
import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { arrive, call } from "#tests/journeys/_people.ts";

/** Notes to oneself, with the dialog open. */
async function openMap(page: Page) {
  const { conversationId } = await call<{ conversationId: string }>(page, "conversations.notes", {});
  await page.goto(`/c/${conversationId}`);
  await page.getByRole("button", { name: "Attach something" }).click();
  await page.getByRole("button", { name: "Location" }).click();
  const dialog = page.getByRole("dialog", { name: "Send a location" });
  return {
    dialog,
    map: dialog.getByRole("application"),
    numbers: dialog.getByLabel("Latitude, longitude"),
    preview: dialog.getByRole("region", { name: "What will be sent" }),
    send: dialog.getByRole("button", { name: "Send location" }),
  };
}

const degrees = async (page: Page): Promise<[number, number]> => {
  const [latitude = Number.NaN, longitude = Number.NaN] = (await page.getByLabel("Latitude, longitude").inputValue())
    .split(", ")
    .map(Number);
  return [latitude, longitude];
};

test("a place is searched, the map is moved by pointer and keys, and what is shown is sent", async ({ browser }) => {
  const { page } = await arrive(browser, "Ann", { viewport: { width: 1280, height: 900 } });
  const { dialog, map, preview, send } = await openMap(page);
  await expect(send).toBeDisabled();
  await dialog.getByLabel("Find a city").fill("zurich");
  await dialog.getByRole("button", { name: /Zürich.*Switzerland/ }).click();
  await expect(dialog.getByText("47.3800° N, 8.5500° E").first()).toBeVisible();
  await expect(preview).toContainText("Zürich");
  expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);

  const [latitude, longitude] = await degrees(page);
  await map.focus();
  await page.keyboard.press("ArrowRight");
  expect(await degrees(page)).toEqual([latitude, expect.closeTo(longitude + 0.0985, 3)]);
  await page.keyboard.press("ArrowLeft");
  expect(await degrees(page)).toEqual([latitude, expect.closeTo(longitude, 4)]);
  await page.keyboard.press("+");
  await page.keyboard.press("Shift+ArrowUp");
  expect(await degrees(page)).toEqual([expect.closeTo(latitude + 0.0042, 3), expect.closeTo(longitude, 4)]);

  // A drag to the left shows what is in the east; a press brings what was pressed under the pin.
  const box = await map.boundingBox();
  if (!box) throw new Error("there is no map");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y, { steps: 3 });
  await page.mouse.up();
  const dragged = await degrees(page);
  expect(dragged[1]).toBeGreaterThan(longitude + 0.01);
  await page.mouse.click(x - 60, y);
  expect((await degrees(page))[1]).toBeCloseTo(longitude, 3);

  // The wheel zooms; the page behind stays where it is.
  await page.mouse.wheel(0, -600);
  await expect(dialog.getByText(/The map has no streets/)).toBeVisible();
  await send.click();
  await expect(page.locator("[data-seq]").last()).toContainText("Zürich");
  await expect(page.locator("[data-seq]").last()).toContainText("47.384");
});

test("poles, the date line and numbers that are none", async ({ browser }) => {
  const { page } = await arrive(browser, "Ann", { viewport: { width: 390, height: 780 }, reducedMotion: "reduce" });
  const { dialog, map, numbers, preview, send } = await openMap(page);
  await numbers.fill("91, 0");
  await expect(dialog.getByText("This is no latitude and longitude")).toBeVisible();
  await expect(send).toBeDisabled();
  await expect(preview).toHaveCount(0);
  await numbers.fill("-16.5, 179.999");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  expect((await degrees(page))[1]).toBeLessThan(-179);
  await numbers.fill("89.9, 0");
  await map.focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowUp");
  await expect(numbers).toHaveValue("90.00000, 0.00000");
  for (let press = 0; press < 20; press += 1) await page.keyboard.press("-");
  await expect(dialog.getByRole("button", { name: "Zoom out" })).toHaveAttribute("aria-disabled", "true");
  await page.goBack();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#composer")).toBeVisible();
});

test("a browser without a position, and without the network, says so and lets one choose", async ({ browser }) => {
  // No permission is granted: this browser refuses without asking.
  const options: BrowserContextOptions = { permissions: [] };
  const { page } = await arrive(browser, "Ann", options);
  const { dialog, map, numbers, send } = await openMap(page);
  await dialog.getByRole("button", { name: "Where I am" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The browser keeps the position to itself");
  await page.context().setOffline(true);
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await expect(numbers).not.toHaveValue("");
  await expect(send).toBeEnabled();
});
