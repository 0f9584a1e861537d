import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call } from "#tests/journeys/_people.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("the owner calls all members, and each finds it on the page of their mentions", async ({ browser }) => {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const ben = await arrive(browser, "Ben", { viewport: { width: 390, height: 844 } });
  const kites = { name: "Kites", joinPolicy: "open" };
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", kites);
  await call(ben.page, "communities.join", { communityId: community.id });
  await ann.page.goto(`/c/${community.id}`);
  await ben.page.goto("/c");

  await field(ann.page).pressSequentially("@al");
  const option = ann.page.getByRole("option", { name: /^all/ });
  await expect(option).toContainText("All members");
  await accessible(ann.page);
  await field(ann.page).press("ArrowDown");
  await field(ann.page).press("Enter");
  await field(ann.page).pressSequentially("come");
  await field(ann.page).press("Enter");
  const row = ben.page.getByRole("link", { name: /^Kites/ });
  await expect(row).toHaveAccessibleName(/1 mention of you/);
  await expect(ann.page.getByRole("link", { name: /^Kites/ })).not.toHaveAccessibleName(/mention/);

  await ben.page.goto("/settings");
  await ben.page.getByRole("link", { name: "Mentions of me" }).click();
  const found = ben.page.getByRole("list", { name: "Mentions of me" }).getByRole("link");
  await expect(found).toHaveCount(1);
  await accessible(ben.page);
  expect(await faultsOf(ben.page)).toEqual([]);
  await call(ann.page, "messages.send", {
    conversationId: community.id,
    clientId: crypto.randomUUID(),
    content: { kind: "text", text: "@Ben", mentions: [{ personId: ben.id, start: 0, length: 4 }] },
  });
  await expect(found).toHaveCount(2);
  await found.nth(1).click();
  await expect(ben.page.getByRole("article", { name: /@all come/ })).toBeVisible();

  // A member who may not call all is not offered it, and the words are plain text.
  await field(ben.page).pressSequentially("@all");
  await expect(ben.page.getByRole("option")).toHaveCount(0);
  await field(ben.page).pressSequentially(" yes");
  await field(ben.page).press("Enter");
  await expect(ann.page.getByRole("article", { name: /@all yes/ })).toBeVisible();
  await expect(ann.page.getByRole("link", { name: /^Kites/ })).not.toHaveAccessibleName(/mention/);
});
