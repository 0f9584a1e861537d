import { expect, type Page, test } from "@playwright/test";
import { photo } from "#tests/journeys/_files.ts";
import { together, write } from "#tests/journeys/_people.ts";

const phone = { width: 390, height: 844 };

/** Opens something, goes back, and expects it closed with the same conversation under it. */
async function expectBackCloses(
  page: Page,
  open: () => Promise<void>,
  opened: () => Promise<void>,
  closed: () => Promise<void>,
) {
  const address = page.url();
  await open();
  await opened();
  await page.goBack();
  await closed();
  expect(page.url()).toBe(address);
  await expect(page.locator("#composer")).toBeVisible();
}

test("on a phone Back closes what covers the conversation, and then leads to the list", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  await page.setViewportSize(phone);
  await write(page, "hello");
  await page.goto("/c");
  await page.getByRole("link", { name: /hello/ }).click();
  await expect(page.locator("#composer")).toBeVisible();

  const details = page.getByRole("region", { name: "Details" });
  await expectBackCloses(
    page,
    () => page.getByRole("button", { name: "Details", exact: true }).click(),
    () => expect(details).toBeVisible(),
    () => expect(details).toBeHidden(),
  );
  for (const name of ["Attach something", "Emoji and stickers"]) {
    const button = page.getByRole("button", { name, exact: true });
    await expectBackCloses(
      page,
      () => button.click(),
      () => expect(button).toHaveAttribute("aria-expanded", "true"),
      () => expect(button).toHaveAttribute("aria-expanded", "false"),
    );
  }
  const dialog = page.getByRole("dialog");
  await expectBackCloses(
    page,
    async () => {
      await page.getByRole("button", { name: "Attach something" }).click();
      await page.getByRole("button", { name: "Location" }).click();
    },
    () => expect(dialog).toBeVisible(),
    () => expect(dialog).toBeHidden(),
  );

  // Closed by its own button, it leaves nothing behind to go back through.
  await page.getByRole("button", { name: "Details", exact: true }).click();
  await page.getByRole("button", { name: "Close details" }).click();
  await expect(details).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/\/c$/);
  await page.goForward();
  await expect(page.locator("#composer")).toBeVisible();
  await expect(details).toBeHidden();
});

test("another conversation opens without the details of the last one", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  const { community } = await page.evaluate(async () => {
    const body = JSON.stringify({ name: "Garden" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/trpc/communities.create", { method: "POST", body, headers });
    return (await answer.json()).result.data as { community: { id: string } };
  });
  await page.setViewportSize(phone);
  await page.getByRole("button", { name: "Details", exact: true }).click();
  await expect(page.getByRole("region", { name: "Details" })).toBeVisible();
  await page.goto("/c");
  await page.getByRole("link", { name: /Garden/ }).click();
  await expect(page).toHaveURL(new RegExp(community.id));
  await expect(page.getByRole("heading", { name: "Garden" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Details" })).toBeHidden();
});

test("Back closes a picture, and the picture's own button leaves no step behind", async ({ browser }) => {
  const { one } = await together(browser);
  const { page } = one;
  await page.getByRole("button", { name: "Attach something" }).click();
  await page
    .getByLabel("Photo", { exact: true })
    .and(page.locator("input"))
    .setInputFiles([await photo("a.jpg", 900, 600, "#26a")]);
  await page.getByRole("dialog").getByRole("button", { name: "Send 1 file" }).click();
  const picture = page.getByRole("article", { name: /Photo.*(sent|delivered|read)/ });
  await expect(picture).toBeVisible();
  const address = page.url();
  for (const close of [() => page.goBack(), () => page.getByRole("button", { name: "Close" }).click()]) {
    await picture.getByRole("button").first().click();
    await expect(page.locator(".yarl__root")).toBeVisible();
    await close();
    await expect(page.locator(".yarl__root")).toHaveCount(0);
    expect(page.url()).toBe(address);
  }
});
