import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { arrive, call, together, write } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 90_000 });

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const expectNoFaults = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

/** Ann and Ben are friends; both are in Ann's community with Cleo, whom they do not know. */
async function threePeople(browser: Browser, width: number) {
  const options = { viewport: { width, height: 800 }, locale: "en-US" };
  const { one: ann, two: ben, conversationId } = await together(browser, "Ann", "Ben", options);
  const cleo = await arrive(browser, "Cleo", options);
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", {
    name: "Kites",
    joinPolicy: "open",
  });
  for (const { page } of [ben, cleo]) await call(page, "communities.join", { communityId: community.id });
  return { ann, ben, cleo, conversationId, communityId: community.id };
}

for (const width of [1280, 390]) {
  test(`avatars, names, mentions and the header open a person's card (${width} px)`, async ({ browser }) => {
    const { ann, ben, cleo, conversationId, communityId } = await threePeople(browser, width);
    const { page } = ann;
    const card = dialog(page, "Profile");

    // The header of a direct conversation. The name is changed where it stands.
    const header = page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Ben" });
    await header.click();
    await expect(card.getByRole("heading", { name: "Ben" })).toBeVisible();
    await expect(card.getByText("1 community in common")).toBeVisible();
    await expect(card.getByText("Online")).toBeVisible();
    await expectNoFaults(page);
    await card.getByRole("button", { name: "Set alias name" }).click();
    await card.getByRole("textbox", { name: "Alias name" }).fill("Benny");
    await card.getByRole("button", { name: "Save" }).click();
    await expect(card.getByRole("heading", { name: "Benny" })).toBeVisible();
    await expect(card.getByText("Ben", { exact: true })).toBeVisible();
    await card.getByRole("switch", { name: "Mute messages" }).click();
    await expect(card.getByRole("switch", { name: "Mute messages" })).toBeChecked();
    await page.keyboard.press("Escape");
    await expect(card).toHaveCount(0);
    const renamed = page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Benny" });
    await expect(renamed).toBeFocused();

    // What is read in a community.
    await cleo.page.goto(`/c/${communityId}`);
    await write(cleo.page, "who flies today?");
    await ben.page.goto(`/c/${communityId}`);
    await expect(ben.page.getByRole("article", { name: /who flies/ })).toBeVisible();
    const field = ben.page.getByRole("textbox", { name: "Message" });
    await field.fill("ask ");
    await field.pressSequentially("@cleo");
    await ben.page.getByRole("option", { name: /Cleo/ }).click();
    await field.press("Enter");
    await page.goto(`/c/${communityId}`);
    const said = page.getByRole("article", { name: /ask @Cleo/ });
    await said.getByRole("button", { name: "@Cleo" }).click();
    await expect(card.getByRole("heading", { name: "Cleo" })).toBeVisible();
    await page.goBack();
    await expect(card).toHaveCount(0);
    await expect(said).toBeVisible();
    await said.getByRole("button", { name: "Profile of Benny" }).first().click();
    await card.getByRole("link", { name: "Message" }).click();
    await expect(card).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/c/${conversationId}$`));
  });
}

test("a stranger is asked from their card, answers from theirs, and the chat opens", async ({ browser }) => {
  const { ann, cleo, communityId } = await threePeople(browser, 1280);
  const { page } = ann;
  await write(page, "hello");
  await page.goto(`/communities/${communityId}`);
  await page.getByRole("button", { name: "Cleo", exact: true }).click();
  const card = dialog(page, "Profile");
  await card.getByRole("button", { name: "Add friend" }).click();
  await card.getByRole("button", { name: "Send request" }).click();
  await expect(card.getByText("You have asked already. It is their turn.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Cleo", exact: true })).toBeFocused();

  await cleo.page.goto("/friends");
  await cleo.page.getByRole("button", { name: "Ann", exact: true }).click();
  const theirs = dialog(cleo.page, "Profile");
  await expect(theirs.getByText("1 community in common")).toBeVisible();
  await expectNoFaults(cleo.page);
  await theirs.getByRole("button", { name: "Accept" }).click();
  await expect(cleo.page.getByText("You and Ann are friends now.")).toBeVisible();
  await expect(cleo.page.locator("#composer")).toBeVisible();
  await expect(cleo.page.getByRole("heading", { level: 1, name: "Ann" })).toBeVisible();
});
