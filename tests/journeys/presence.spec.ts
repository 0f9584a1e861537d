import { expect, test } from "@playwright/test";
import { together } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 90_000 });

test("friends see that the other is online, writes, and is gone", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  const heading = one.page.getByRole("main").locator("header");
  await expect(heading.getByText("Online")).toBeVisible();
  await two.page.getByRole("textbox", { name: "Message" }).pressSequentially("hm");
  await expect(heading.getByText("typing…")).toBeVisible();
  // Another tab of the same browser, which has no connection of its own, knows it too.
  const tab = await one.page.context().newPage();
  await tab.goto(`/c/${conversationId}`);
  await expect(tab.getByRole("main").locator("header").getByText("Online")).toBeVisible();
  await two.page.close();
  for (const page of [one.page, tab]) {
    await expect(
      page
        .getByRole("main")
        .locator("header")
        .getByText(/^Last seen today at \d/),
    ).toBeVisible({ timeout: 20_000 });
  }
  // It works both ways: who does not show it does not see it.
  await tab.goto("/settings/privacy");
  await tab.getByRole("radio", { name: "Nobody" }).check();
  await expect(heading.getByText(/^Last seen/)).toBeHidden();
  await expect(heading.getByText(/^@/)).toBeVisible();
});
