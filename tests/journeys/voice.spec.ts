import { expect, type Page, test } from "@playwright/test";
import { newPage, together } from "#tests/journeys/_people.ts";

const bubbles = (page: Page) => page.locator("[role=article] [data-bubble]");

/** Presses the microphone and holds it; the timer says for how long. */
async function hold(page: Page, until: string) {
  const box = await page.getByRole("button", { name: "Record a voice message" }).boundingBox();
  if (!box) throw new Error("there is no microphone");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await expect(page.getByRole("timer")).toHaveText(until, { timeout: 10_000 });
  return at;
}

test("a voice is held and let go, slid away, slid up, and begun by a key", async ({ browser }) => {
  const { one, two } = await together(browser);
  const { page } = one;

  await hold(page, "0:02");
  await expect(page.getByText("Slide to cancel")).toBeVisible();
  await page.mouse.up();
  await expect(bubbles(two.page)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole("group", { name: "Recording" })).toBeHidden();

  const from = await hold(page, "0:02");
  await page.mouse.move(from.x - 120, from.y, { steps: 5 });
  await expect(page.getByText("Let go to discard")).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole("group", { name: "Recording" })).toBeHidden();

  const again = await hold(page, "0:01");
  await page.mouse.move(again.x, again.y - 100, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByRole("timer")).toHaveText("0:02");
  await page.getByRole("button", { name: "Discard the recording" }).click();
  await expect(page.getByRole("group", { name: "Recording" })).toBeHidden();

  await page.getByRole("button", { name: "Record a voice message" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("timer")).toHaveText("0:02", { timeout: 10_000 });
  await page.keyboard.press("Enter"); // the way to send has the focus
  await expect(bubbles(two.page)).toHaveCount(2, { timeout: 20_000 });

  // Too short to be meant: said, and nothing is sent.
  await page.getByRole("button", { name: "Record a voice message" }).click();
  await page.getByRole("button", { name: "Send the voice message" }).click();
  await expect(page.getByText("That was too short.")).toBeVisible();
  await expect(page.getByRole("group", { name: "Recording" })).toBeHidden();

  // One plays after the other; the speed stays.
  await bubbles(two.page).first().getByRole("button", { name: /^Play/ }).click();
  await bubbles(two.page)
    .first()
    .getByRole("button", { name: /^Speed 1×/ })
    .click();
  await expect(bubbles(two.page).nth(1).getByRole("button", { name: "Pause" })).toBeVisible({ timeout: 15_000 });
  await expect(
    bubbles(two.page)
      .nth(1)
      .getByRole("button", { name: /^Speed 1.5×/ }),
  ).toBeVisible();
  const unheard = { name: "Not heard yet" };
  await expect(two.page.getByRole("img", unheard)).toHaveCount(0);
  await expect(bubbles(page)).toHaveCount(2);
  // Another device of the same person, which holds nothing of its own yet.
  const other = await newPage(browser);
  await other.context().addCookies(await two.page.context().cookies());
  await other.goto(two.page.url());
  await expect(bubbles(other)).toHaveCount(2);
  await expect(other.getByRole("img", unheard)).toHaveCount(0);
});
