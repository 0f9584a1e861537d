import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { arrive, call, together } from "#tests/journeys/_people.ts";

const send = (page: Page, conversationId: string, more: object) =>
  call(page, "wallet.sendPacket", {
    conversationId,
    clientId: randomUUID(),
    split: "random",
    total: 888,
    shares: 1,
    greeting: "",
    ...more,
  });
const envelope = (page: Page) => page.getByRole("button", { name: /^(Red packet|红包)[:：]/ });

/** Starts to note every name that the list of takers shows, also for a moment; the result gives them in order. */
async function namesFromNowOn(page: Page): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const names = new Set<string>();
    const note = () => {
      for (const name of document.querySelectorAll("[role=dialog] li bdi")) names.add(name.textContent ?? "");
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    return names;
  });
  return () => seen.evaluate((names) => [...names].sort());
}

test("a friend opens a red packet by the keyboard, sees the amount, and the sender is told", async ({ browser }) => {
  const { one, two } = await together(browser);
  await one.page.getByRole("button", { name: "Attach something" }).click();
  await one.page.getByRole("button", { name: "Red packet" }).click();
  const form = one.page.getByRole("dialog", { name: "Send a red packet" });
  await expect(form.getByText("You have 100.00 coins")).toBeVisible();
  await form.getByLabel("Coins", { exact: true }).fill("100.01");
  await form.getByLabel("Greeting").fill("Happy new year");
  await one.page.keyboard.press("Enter");
  await expect(form.getByText("You do not have enough coins.")).toBeVisible();
  expect((await new AxeBuilder({ page: one.page }).include("[role=dialog]").analyze()).violations).toEqual([]);
  await form.getByLabel("Coins", { exact: true }).fill("8.88");
  await expect(form.getByText("8.88 coins")).toBeVisible();
  await one.page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  await expect(envelope(one.page)).toContainText("Waiting to be opened");
  await expect(envelope(two.page)).toContainText("Tap to open");

  await envelope(two.page).focus();
  await two.page.keyboard.press("Enter");
  const dialog = two.page.getByRole("dialog", { name: `Red packet from ${one.name}` });
  await expect(dialog.getByText("Happy new year")).toBeVisible();
  expect((await new AxeBuilder({ page: two.page }).include("[role=dialog]").analyze()).violations).toEqual([]);
  // Two presses before the screen can answer the first one.
  const turns = await dialog.getByRole("button", { name: "Open the red packet" }).evaluate((button: HTMLElement) => {
    button.focus();
    button.click();
    button.click();
    return button.getAnimations({ subtree: true }).map((turn) => Number(turn.effect?.getTiming().duration) >= 800);
  });
  expect(turns).toEqual([true]);
  await expect(dialog.getByText("It is in your wallet")).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Who got what" })).toContainText("8.88");
  expect((await new AxeBuilder({ page: two.page }).include("[role=dialog]").analyze()).violations).toEqual([]);
  await two.page.keyboard.press("Escape");
  await expect(envelope(two.page)).toContainText("Opened, 8.88 coins");

  const timeline = one.page.getByRole("region", { name: "Messages" });
  await expect(timeline.getByText(`${two.name} opened your red packet`)).toBeVisible();
  await expect(envelope(one.page)).toContainText("All taken");

  await two.page.goto("/settings");
  await two.page.getByRole("link", { name: "My wallet" }).click();
  await expect(two.page.getByText("108.88 coins")).toBeVisible();
  const history = two.page.getByRole("list", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveText([/Red packet from Ann.*\+8\.88/, /Welcome gift.*\+100\.00/]);
  expect((await new AxeBuilder({ page: two.page }).analyze()).violations).toEqual([]);
});

test("in a community the luckiest is named when nothing is left, and who comes late is told so", async ({
  browser,
}) => {
  const chinese = { locale: "zh-CN", viewport: { width: 390, height: 780 }, reducedMotion: "reduce" as const };
  const [ann, ben, cleo] = [
    await arrive(browser, "Ann"),
    await arrive(browser, "Ben", chinese),
    await arrive(browser, "Cleo"),
  ];
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", { name: "Lanterns" });
  for (const { page } of [ben, cleo]) await call(page, "communities.join", { communityId: community.id });
  for (const { page } of [ann, ben, cleo]) await page.goto(`/c/${community.id}`);
  await send(ann.page, community.id, { total: 1_000, shares: 2 });

  await envelope(ben.page).click();
  await ben.page.getByRole("button", { name: "拆开红包" }).click();
  await expect(ben.page.getByText("已存入钱包")).toBeVisible();
  await expect(ben.page.getByText("手气最佳")).toHaveCount(0);

  // Cleo has the cover open while the last share is taken.
  await envelope(cleo.page).click();
  await expect(cleo.page.getByRole("button", { name: "Open the red packet" })).toBeVisible();
  await envelope(ann.page).click();
  const names = await namesFromNowOn(ann.page);
  await ann.page.getByRole("button", { name: "Open the red packet" }).click();
  await expect(ann.page.getByText("Luckiest")).toHaveCount(1);
  await expect(ben.page.getByText("手气最佳")).toHaveCount(1);
  await expect(cleo.page.getByRole("dialog").getByText("All taken")).toBeVisible();
  expect(await names()).toEqual(["Ben", "You"]);
});

test("a packet that is closed while its coin turns is opened all the same", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  const leave = [() => two.page.keyboard.press("Escape"), () => two.page.goBack()];
  for (const [at, close] of leave.entries()) {
    await send(one.page, conversationId, { total: 100 + at });
    await envelope(two.page).nth(at).click();
    await two.page.getByRole("button", { name: "Open the red packet" }).click();
    await close();
    await expect(two.page.getByRole("dialog")).toBeHidden();
    await expect(envelope(two.page).nth(at)).toContainText(["Opened, 1.00 coins", "Opened, 1.01 coins"][at] ?? "");
    await expect(two.page.locator("#composer")).toBeVisible();
  }
  // What is open already is shown as it is.
  await envelope(two.page).first().click();
  await expect(two.page.getByRole("dialog").getByText("It is in your wallet")).toBeVisible();
  await expect(two.page.getByRole("button", { name: "Open the red packet" })).toHaveCount(0);
});
