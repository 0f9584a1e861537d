import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { arrive, call, expectStored, maxRetries, write } from "#tests/journeys/_people.ts";

test("three people: one founds a community, two join by number and by link, and they talk", async ({ browser }) => {
  const [ann, ben, cleo] = [await arrive(browser, "Ann"), await arrive(browser, "Ben"), await arrive(browser, "Cleo")];
  await call(ann.page, "friends.request", { personId: cleo.id });
  const { conversationId } = await call<{ conversationId: string }>(cleo.page, "friends.accept", { personId: ann.id });
  await ann.page.goto("/communities");
  await ann.page.getByRole("button", { name: "Create community" }).first().click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Weekend Trails ⛰️");
  await dialog.getByRole("button", { name: "Create community" }).click();
  // The next step: friends get the link.
  await expect(ann.page.getByRole("dialog", { name: "Invite friends" })).toBeVisible();
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await expect(dialog.getByRole("option", { name: "Cleo" })).toBeVisible();
  await dialog.getByRole("combobox").press("Enter");
  expect((await new AxeBuilder({ page: ann.page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "New invite link" }).click();
  await ann.page.getByRole("dialog", { name: "New invite link" }).getByRole("button", { name: "Make link" }).click();
  await expect(ann.page.getByRole("img", { name: "QR code of Weekend Trails ⛰️" })).toBeVisible();
  await ann.page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Invite 1 friend" }).click();
  await expect(ann.page.getByRole("textbox", { name: "Message" })).toBeVisible();
  const communityId = /\/c\/([0-9a-f-]{36})/.exec(ann.page.url())?.[1] ?? "";
  expect(communityId).not.toBe("");

  const detail = await ann.page.request.get(
    `/api/trpc/communities.get?input=${encodeURIComponent(JSON.stringify({ communityId }))}`,
  );
  const { community } = (await detail.json()).result.data;

  await ben.page.goto("/communities");
  await ben.page.getByLabel(/number/i).fill(String(community.number));
  await ben.page.getByRole("button", { name: "Find" }).click();
  await ben.page.getByRole("button", { name: "Join" }).click();
  await expect(ben.page.getByRole("textbox", { name: "Message" })).toBeVisible();

  await cleo.page.goto(`/c/${conversationId}`);
  await expect(cleo.page.getByRole("article", { name: /Join me in “Weekend Trails/ })).toHaveCount(1);
  const link = cleo.page.getByRole("link", { name: /\/join\/[\w-]{22}$/ });
  await cleo.page.goto((await link.getAttribute("href")) ?? "");
  // The event of her arrival is faster than the answer to her call.
  await cleo.page.route("**/api/trpc/communities.join*", async (route) => {
    const response = await route.fetch({ maxRetries });
    await expect(cleo.page.getByRole("link", { name: "Open chat" })).toBeVisible();
    await route.fulfill({ response });
  });
  await cleo.page.getByRole("button", { name: "Join" }).click();
  await expect(cleo.page.getByRole("textbox", { name: "Message" })).toBeVisible();

  const lines = ["八点出发", "Count me in ☕", "أنا أيضا"];
  for (const [at, person] of [ann, ben, cleo].entries()) {
    await write(person.page, lines[at] ?? "");
    for (const { page } of [ann, ben, cleo]) await expectStored(page, lines.slice(0, at + 1));
  }

  await call(ann.page, "communities.ban", { communityId, personId: ben.id });
  await expect(ben.page.getByRole("textbox", { name: "Message" })).toBeHidden();
  await expect(ben.page.getByText("You are no longer part of “Weekend Trails ⛰️”.")).toBeVisible();
  await expect(ben.page).toHaveURL(/\/c$/);
  await write(ann.page, "without Ben");
  await expectStored(cleo.page, [...lines, "without Ben"]);
  await expect(ben.page.getByText("without Ben")).toHaveCount(0);

  await ben.page.goto("/communities");
  await ben.page.getByLabel(/number/i).fill(String(community.number));
  await ben.page.getByRole("button", { name: "Find" }).click();
  await ben.page.getByRole("button", { name: "Join" }).click();
  await expect(ben.page.getByText("You are kept out of this community")).toBeVisible();
  await ann.page.goto(`/communities/${communityId}`);
  await ann.page.getByRole("button", { name: "Let back in" }).click();
  await expect(ann.page.getByText("Banned people")).toHaveCount(0);
  await ben.page.getByRole("button", { name: "Join" }).click();
  await expect(ben.page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

for (const from of ["chat", "page"] as const) {
  test(`leaving from a community's ${from} ends in the list, with a word`, async ({ browser }) => {
    const [ann, ben] = [await arrive(browser, "Ann"), await arrive(browser, "Ben")];
    const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", { name: "Choir" });
    await call(ben.page, "communities.join", { communityId: community.id });
    const { page } = ben;
    await page.goto(from === "chat" ? `/c/${community.id}` : `/communities/${community.id}`);
    if (from === "chat") await page.getByRole("button", { name: "Details", exact: true }).click();
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
    await expect(page).toHaveURL(/\/c$/);
    await expect(page.getByText("You are no longer part of “Choir”.")).toBeVisible();
    await expect(page.getByRole("link", { name: /Choir/ })).toHaveCount(0);
    await expect(page.getByText(/could not be loaded|something broke/i)).toHaveCount(0);
  });
}
