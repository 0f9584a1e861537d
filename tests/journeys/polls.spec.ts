import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call } from "#tests/journeys/_people.ts";

const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
const message = (page: Page) => page.getByRole("article").last();

/** Three browsers in a community, the second one narrow, the third in Chinese and dark. */
async function three(browser: Browser) {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const ben = await arrive(browser, "Ben", { viewport: { width: 390, height: 844 } });
  const cleo = await arrive(browser, "Cleo", { locale: "zh-CN", colorScheme: "dark" });
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", { name: "Kites" });
  for (const { page } of [ben, cleo]) await call(page, "communities.join", { communityId: community.id });
  for (const { page } of [ann, ben, cleo]) {
    await page.goto(`/c/${community.id}`);
    await expect(page.locator("#composer")).toBeVisible();
  }
  return { ann: ann.page, ben: ben.page, cleo: cleo.page };
}

test("a poll is asked, answered in three browsers, changed, listed and closed; a quiz tells the right answer", async ({
  browser,
}) => {
  const { ann, ben, cleo } = await three(browser);
  await ann.getByRole("button", { name: "Attach something" }).click();
  await ann.getByRole("button", { name: "Poll" }).click();
  const dialog = ann.getByRole("dialog", { name: "Ask a poll" });
  await dialog.getByLabel("Question").fill("Where to?");
  for (const [at, option] of ["Lake", "Hills", "Sea"].entries())
    await dialog.getByLabel(`Option ${at + 1}`).fill(option);
  await accessible(ann);
  await dialog.getByRole("button", { name: "Send poll" }).click();

  // By keyboard: into the message, to the second choice, and the vote.
  await ben.getByRole("radio", { name: "Lake" }).waitFor();
  await message(ben).focus();
  await ben.keyboard.press("Enter");
  await expect(ben.getByRole("radio", { name: "Lake" })).toBeFocused();
  await ben.keyboard.press("ArrowDown");
  await expect(ben.getByRole("radio", { name: "Hills" })).toBeChecked();
  await accessible(ben);
  await ben.keyboard.press("Enter");
  await expect(message(ben)).toBeFocused();
  await expect(message(ben).getByRole("listitem").filter({ hasText: "Hills" })).toContainText("(your vote)");
  await cleo.getByRole("radio", { name: "Sea" }).check();
  await cleo.getByRole("button", { name: "投票", exact: true }).click();
  await expect(message(cleo).getByText("2 人已投票")).toBeVisible();
  await accessible(cleo);
  await expect(message(ann).getByText("2 people voted")).toBeVisible();

  await ben.getByRole("button", { name: "Change vote" }).click();
  await ben.getByRole("radio", { name: "Sea" }).check();
  await ben.getByRole("button", { name: "Vote", exact: true }).click();
  await expect(message(cleo).getByRole("listitem").filter({ hasText: "Sea" })).toContainText("2 · 100%");
  expect(await faultsOf(ben)).toEqual([]);
  await ann.getByRole("button", { name: "Who voted" }).click();
  const sea = ann.getByRole("dialog", { name: "Who voted" }).getByRole("region", { name: "Sea" });
  await expect(sea.getByRole("listitem")).toHaveCount(2);
  await accessible(ann);
  await ann.keyboard.press("Escape");
  await ann.getByRole("button", { name: "Close now" }).click();
  await ann.getByRole("alertdialog").getByRole("button", { name: "Close now" }).click();
  await expect(message(ben).getByText("2 people voted · Closed")).toBeVisible();
  await expect(ben.getByRole("button", { name: "Change vote" })).toBeHidden();

  await ann.getByRole("button", { name: "Attach something" }).click();
  await ann.getByRole("button", { name: "Poll" }).click();
  await dialog.getByLabel("Question").fill("How many legs?");
  for (const [at, option] of ["Six", "Eight"].entries()) await dialog.getByLabel(`Option ${at + 1}`).fill(option);
  await dialog.getByLabel("Quiz").click();
  await dialog.getByLabel("Right answer").selectOption("Eight");
  await dialog.getByLabel("Explanation").fill("Spiders have eight.");
  await dialog.getByRole("button", { name: "Send poll" }).click();
  await ben.getByRole("radio", { name: "Six" }).check();
  await expect(ben.getByText("Spiders have eight.")).toBeHidden();
  await ben.getByRole("button", { name: "Vote", exact: true }).click();
  await expect(ben.getByText("Spiders have eight.")).toBeVisible();
  await expect(message(ben).getByRole("listitem").filter({ hasText: "Eight" })).toContainText("(right)");
  await accessible(ben);
});

test("a sign-up list is started, and three people add, change and remove entries", async ({ browser }) => {
  const { ann, ben, cleo } = await three(browser);
  await cleo.getByRole("button", { name: "发送其他内容" }).click();
  await cleo.getByRole("button", { name: "接龙" }).click();
  const start = cleo.getByRole("dialog", { name: "发起接龙" });
  await start.getByLabel("接龙主题").fill("Boats");
  await accessible(cleo);
  await start.getByRole("button", { name: "发送接龙" }).click();
  for (const [page, words] of [
    [ann, "with a dog"],
    [ben, ""],
  ] as const) {
    await page.getByRole("button", { name: "Sign up", exact: true }).click();
    const entry = page.getByRole("dialog", { name: "Sign up" });
    await entry.getByLabel("Your words").fill(words);
    await entry.getByRole("button", { name: "Add me" }).click();
  }
  const lines = message(cleo).getByRole("list", { name: "最近的接龙" }).getByRole("listitem");
  await expect(lines).toHaveText(["1. Ann – with a dog", "2. Ben"]);
  await ann.getByRole("button", { name: "My entry" }).click();
  await accessible(ann);
  await ann.getByRole("dialog").getByRole("button", { name: "Remove my entry" }).click();
  await expect(lines).toHaveText(["1. Ben"]);
  await ben.getByRole("button", { name: "All entries" }).click();
  await ben.getByRole("button", { name: "Change entry 1" }).click();
  await ben.getByRole("dialog", { name: "My entry" }).getByLabel("Your words").fill("two seats");
  await ben.getByRole("button", { name: "Save entry" }).click();
  await expect(lines).toHaveText(["1. Ben – two seats"]);
  await expect(ben.getByRole("dialog")).toHaveCount(0);
  expect(await faultsOf(ben)).toEqual([]);
  await accessible(ben);
  await accessible(cleo);
});
