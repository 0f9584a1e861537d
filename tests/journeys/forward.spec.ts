import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { arrive, call, together, type Visitor, write } from "#tests/journeys/_people.ts";

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const dialog = (page: Page) => page.getByRole("dialog");
const expectNoFaults = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

/** Makes friends without their screens; answers the conversation. */
async function befriend(one: Visitor, two: Visitor): Promise<string> {
  await call(one.page, "friends.request", { personId: two.id });
  const accepted = await call<{ conversationId: string }>(two.page, "friends.accept", { personId: one.id });
  return accepted.conversationId;
}

/** Ann talks to Ben and knows Cleo and Dan, too. */
async function fourPeople(browser: Browser, width: number) {
  const {
    one: ann,
    two: ben,
    conversationId,
  } = await together(browser, "Ann", "Ben", {
    viewport: { width, height: 800 },
    locale: "en-US",
  });
  const [cleo, dan] = [await arrive(browser, "Cleo"), await arrive(browser, "Dan")];
  const [withCleo, withDan] = [await befriend(ann, cleo), await befriend(ann, dan)];
  await expect(ann.page.locator("#composer")).toBeVisible();
  return { ann, ben, cleo, dan, conversationId, withCleo, withDan };
}

async function openMenu(page: Page, text: string | RegExp, item: string): Promise<void> {
  await row(page, text).locator("[data-bubble]").click({ button: "right" });
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

for (const width of [1280, 390]) {
  test(`a message goes to several chats, and the one that refuses is named (${width} px)`, async ({ browser }) => {
    const { ann, ben, cleo, dan, withCleo, withDan } = await fourPeople(browser, width);
    const { page } = ann;
    await write(ben.page, "the pier at noon");
    await expect(row(page, "the pier at noon")).toBeVisible();
    await openMenu(page, "the pier at noon", "Forward");
    const find = dialog(page).getByRole("combobox", { name: "Find chats" });
    await expect(dialog(page).getByRole("option")).toHaveCount(3);
    await expectNoFaults(page);
    await find.fill("cl");
    await expect(dialog(page).getByRole("option")).toHaveCount(1);
    await find.press("Enter");
    await expect(dialog(page).getByRole("option", { name: "Cleo", selected: true })).toBeVisible();
    await find.fill("");
    await dialog(page).getByRole("option", { name: "Dan" }).click();
    await dialog(page).getByRole("textbox", { name: "A note after it" }).fill("see you there");
    await call(dan.page, "friends.block", { personId: ann.id });
    await dialog(page).getByRole("button", { name: "Send to 2" }).click();
    await expect(dialog(page).getByRole("alert")).toContainText("Dan");
    await expect(dialog(page).getByRole("alert")).not.toContainText("Cleo");
    await expect(dialog(page).getByRole("button", { name: "Remove Cleo" })).toHaveCount(0);
    await expectNoFaults(page);
    await call(dan.page, "friends.unblock", { personId: ann.id });
    await dialog(page).getByRole("button", { name: "Send", exact: true }).click();
    await expect(dialog(page)).toHaveCount(0);

    for (const [visitor, id] of [
      [cleo, withCleo],
      [dan, withDan],
    ] as const) {
      await visitor.page.goto(`/c/${id}`);
      await expect(row(visitor.page, "forwarded from Ben, the pier at noon")).toHaveCount(1);
      await expect(visitor.page.getByText("Forwarded from Ben")).toBeVisible();
      await expect(row(visitor.page, "see you there")).toHaveCount(1);
    }
    await expectNoFaults(cleo.page);
  });
}
