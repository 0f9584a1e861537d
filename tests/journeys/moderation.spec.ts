import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { focusInMenu } from "#tests/journeys/_menu.ts";
import { arrive, call, write } from "#tests/journeys/_people.ts";

const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
const more = (page: Page, name: string) => page.getByRole("button", { name: `More about ${name}` });

test("a role lets a member mute and slow down others, and an admin bans with a reason", async ({ browser }) => {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const ben = await arrive(browser, "Ben", { viewport: { width: 768, height: 1024 }, colorScheme: "dark" });
  const cleo = await arrive(browser, "Cleo", { viewport: { width: 390, height: 844 } });
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", { name: "Kites" });
  const communityId = community.id;
  for (const { page } of [ben, cleo]) await call(page, "communities.join", { communityId });
  await ann.page.goto(`/communities/${communityId}`);
  await ben.page.goto(`/communities/${communityId}`);
  await cleo.page.goto(`/c/${communityId}`);
  await expect(more(ben.page, "Cleo")).toHaveCount(0);

  // Ann makes a role by the keyboard and gives it to Ben.
  await ann.page.getByRole("button", { name: "Roles and permissions" }).press("Enter");
  await ann.page.getByRole("textbox", { name: "New role" }).fill("Hosts");
  await ann.page.keyboard.press("Enter");
  const dialog = ann.page.getByRole("dialog", { name: "Edit “Hosts”" });
  await dialog.getByRole("switch", { name: "Mute" }).press("Space");
  await accessible(ann.page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(ann.page.getByRole("list", { name: "Roles" }).getByText("Hosts")).toBeVisible();
  await accessible(ann.page);
  await ann.page.keyboard.press("Escape");
  await more(ann.page, "Ben").press("Enter");
  await expect(focusInMenu(ann.page)).toBeVisible();
  await ann.page.getByRole("menuitem", { name: "Roles…" }).click();
  await ann.page.getByRole("switch", { name: "Hosts" }).click();
  await expect(ann.page.getByRole("switch", { name: "Hosts" })).toBeChecked();
  await ann.page.keyboard.press("Escape");
  await expect(ann.page.getByText("Hosts")).toBeVisible();

  // Ben, who heard of it, mutes Cleo, and lets her write again, slowly.
  await more(ben.page, "Cleo").click();
  await ben.page.getByRole("menuitem", { name: "Mute…" }).press("Enter");
  await ben.page.getByRole("menuitem", { name: "1 hour" }).click();
  await expect(cleo.page.getByText(/^An admin muted you here until/)).toBeVisible();
  await expect(cleo.page.getByRole("textbox", { name: "Message" })).toHaveCount(0);
  await expect(ben.page.getByText("Muted", { exact: true })).toBeVisible();
  expect(await faultsOf(ben.page)).toEqual([]);
  await accessible(ben.page);
  await more(ben.page, "Cleo").click();
  await ben.page.getByRole("menuitem", { name: "Lift the mute" }).click();
  await ben.page.getByRole("combobox", { name: "Slow mode" }).selectOption({ label: "5 minutes" });
  await expect(cleo.page.getByText("Slow mode: one message every 300 seconds.")).toBeVisible();
  await write(cleo.page, "buy kites");
  await expect(cleo.page.getByText(/^Slow mode: you can write again in \d+ seconds\.$/)).toBeVisible();
  await accessible(cleo.page);
  expect(await faultsOf(cleo.page)).toEqual([]);

  // Ann removes the message for all, and bans Cleo with a reason.
  await ann.page.goto(`/c/${communityId}`);
  await ann.page.getByRole("article", { name: /buy kites/ }).click({ button: "right" });
  await ann.page.getByRole("menuitem", { name: "Remove for everyone" }).click();
  for (const { page } of [ann, cleo]) {
    await expect(page.getByRole("article", { name: /This message was removed by an admin/ })).toBeVisible();
  }
  await ann.page.goto(`/communities/${communityId}`);
  await more(ann.page, "Cleo").click();
  await ann.page.getByRole("menuitem", { name: "Ban…" }).click();
  await ann.page.getByRole("textbox", { name: /^Reason/ }).fill("advertising");
  await ann.page.getByRole("combobox", { name: "For how long" }).selectOption({ label: "1 week" });
  await accessible(ann.page);
  await ann.page.getByRole("button", { name: "Ban", exact: true }).click();
  await expect(cleo.page.getByText("You are no longer part of “Kites”.")).toBeVisible();
  await expect(ann.page.getByText(/advertising\s+Until .+\s+By Ann/)).toBeVisible();
  await accessible(ann.page);
});
