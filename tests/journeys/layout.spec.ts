import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { call, newPage, together, write } from "#tests/journeys/_people.ts";

/** Phones, both ways round; a desk at 200 % and 400 % zoom; tablets; small and very large desks. */
const sizes = [
  [320, 256],
  [320, 568],
  [390, 844],
  [568, 320],
  [640, 400],
  [768, 1024],
  [844, 390],
  [899, 700],
  [900, 700],
  [1024, 768],
  [1280, 800],
  [2560, 1440],
] as const;

/** What is wrong at any of the sizes, each with where it is. A page that changes its size may need a moment. */
async function faultsAtAllSizes(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    // Two frames: one in which the page hears of its size, one in which it has drawn it.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    let faults: string[] = [];
    const settled = expect.poll(async () => (faults = await faultsOf(page)), { timeout: 2_000 });
    await settled
      .toEqual([])
      .catch(() => found.push(...faults.map((fault) => `${where}, ${width} × ${height}: ${fault}`)));
  }
  return found;
}

test("nothing overlaps and nothing is cut, from 320 to 2560 px and from 100 % to 400 % zoom", async ({ browser }) => {
  test.slow();
  const faults: string[] = [];
  const stranger = await newPage(browser);
  for (const path of ["/sign-in", "/sign-up", "/offline", "/no-such-page"]) {
    await stranger.goto(path);
    await expect(stranger.getByRole("heading").first()).toBeVisible();
    faults.push(...(await faultsAtAllSizes(stranger, path)));
  }
  const { one, conversationId } = await together(browser);
  await write(
    one.page,
    "A first message with a_long_word_that_has_nowhere_to_break_because_nobody_put_a_space_into_it_at_all",
  );
  const name = "Gardens and kitchens";
  const { community } = await call<{ community: { id: string } }>(one.page, "communities.create", { name });
  const page = await newPage(browser, { storageState: await one.page.context().storageState() });
  for (const path of [
    "/c",
    "/friends",
    "/communities",
    `/communities/${community.id}`,
    "/settings",
    "/settings/profile",
    "/settings/wallet",
    "/settings/security",
  ]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    faults.push(...(await faultsAtAllSizes(page, path)));
  }
  await page.goto(`/c/${conversationId}`);
  await page.waitForLoadState("networkidle");
  faults.push(...(await faultsAtAllSizes(page, "a conversation")));
  await page.setViewportSize({ width: 768, height: 1024 });
  for (const panel of ["Attach something", "Emoji and stickers"]) {
    await page.getByRole("button", { name: panel, exact: true }).click();
    faults.push(...(await faultsAtAllSizes(page, panel)));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: panel, exact: true })).toHaveAttribute("aria-expanded", "false");
  }
  await page.getByRole("button", { name: "Details", exact: true }).click();
  faults.push(...(await faultsAtAllSizes(page, "the details")));
  expect(faults).toEqual([]);
});

test("below 900 px the composer has the whole width", async ({ browser }) => {
  const { one } = await together(browser);
  for (const width of [640, 768, 899]) {
    await one.page.setViewportSize({ width, height: 700 });
    await expect.poll(async () => (await one.page.locator("#composer").boundingBox())?.width).toBeGreaterThan(300);
  }
});
