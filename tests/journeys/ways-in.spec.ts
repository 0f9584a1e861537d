import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call, newPage, password, someHandle } from "#tests/journeys/_people.ts";

const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("a link is made, shown once, opened by a stranger who signs up, and revoked", async ({ browser }) => {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const kites = { name: "Kites", icon: "🪁", joinPolicy: "invite" };
  const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", kites);
  await ann.page.goto(`/communities/${community.id}`);
  await ann.page.getByRole("button", { name: "New invite link" }).click();
  const form = ann.page.getByRole("dialog", { name: "New invite link" });
  await form.getByLabel("Name of the link").fill("Poster");
  await form.getByLabel("For how many people").selectOption("10 people");
  await accessible(ann.page);
  await form.getByRole("button", { name: "Make link" }).click();
  const sheet = ann.page.getByRole("dialog", { name: "QR code of the community" });
  await expect(sheet.getByRole("img", { name: "QR code of Kites" })).toBeVisible();
  const address = (await sheet.getByText(/\/join\/[\w-]{22}$/).textContent()) ?? "";
  await accessible(ann.page);
  await ann.page.keyboard.press("Escape");

  const stranger = await newPage(browser, { viewport: { width: 390, height: 844 } });
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { name: "Kites" })).toBeVisible();
  await expect(stranger.getByText("1 member")).toBeVisible();
  await expect(stranger.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  await expect(stranger.getByText("Ann")).toBeHidden();
  await accessible(stranger);
  expect(await faultsOf(stranger)).toEqual([]);
  await stranger.getByRole("link", { name: "Sign up" }).click();
  await stranger.getByLabel("Display name").fill("Ben");
  await stranger.getByLabel("Handle").fill(someHandle("ben"));
  await stranger.getByLabel("Password").fill(password);
  await stranger.getByRole("button", { name: "Sign up" }).click();
  await stranger.getByRole("button", { name: "Join" }).click();
  await expect(stranger.getByRole("textbox", { name: "Message" })).toBeVisible();

  await ann.page.reload();
  const facts = ann.page.getByText("by Ann · 1 of 10 came · until", { exact: false });
  await expect(facts).toBeVisible();
  // It ends in a week.
  await expect(facts).not.toContainText("today");
  await ann.page.getByRole("button", { name: "Who came by “Poster”" }).click();
  await expect(ann.page.getByRole("dialog").getByRole("listitem")).toHaveText(/Ben/);
  await accessible(ann.page);
  await ann.page.keyboard.press("Escape");
  await ann.page.getByRole("button", { name: "Revoke “Poster”" }).click();
  await ann.page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(ann.page.getByText("Poster")).toBeHidden();
  const late = await newPage(browser, { locale: "zh-CN", colorScheme: "dark" });
  await late.goto(address);
  await expect(late.getByRole("heading", { name: "邀请无效" })).toBeVisible();
  await accessible(late);
});

test("friends are added as they allow it, and who asks to join answers a question", async ({ browser }) => {
  const [ann, ben, cleo] = [await arrive(browser, "Ann"), await arrive(browser, "Ben"), await arrive(browser, "Cleo")];
  for (const { page, id } of [ben, cleo]) {
    await call(ann.page, "friends.request", { personId: id });
    await call(page, "friends.accept", { personId: ann.id });
  }
  await ben.page.goto("/settings/privacy");
  await ben.page.getByRole("group", { name: "How friends add me to communities" }).getByLabel("At once").check();
  await accessible(ben.page);
  const asked = { name: "Kites", joinPolicy: "approval", joinQuestion: "Which kite?" };
  const { community } = await call<{ community: { id: string; number: number } }>(
    ann.page,
    "communities.create",
    asked,
  );
  await ann.page.goto(`/communities/${community.id}`);
  await ann.page.getByRole("button", { name: "Invite friends" }).click();
  const dialog = ann.page.getByRole("dialog", { name: "Invite friends" });
  await dialog.getByRole("option", { name: "Ben" }).click();
  await dialog.getByRole("option", { name: "Cleo" }).click();
  await dialog.getByRole("button", { name: "Invite 2 friends" }).click();
  await expect(dialog).toBeHidden();
  await ben.page.goto("/c");
  await expect(ben.page.getByRole("link", { name: /^Kites/ })).toBeVisible();
  await cleo.page.goto("/c");
  await expect(cleo.page.getByRole("link", { name: /^Kites/ })).toBeHidden();
  await expect(cleo.page.getByRole("link", { name: /Join me in “Kites”/ })).toBeVisible();

  const dora = await arrive(browser, "Dora", { viewport: { width: 390, height: 844 } });
  await dora.page.goto("/communities");
  await dora.page.getByLabel(/number/i).fill(String(community.number));
  await dora.page.getByRole("button", { name: "Find" }).click();
  await dora.page.getByLabel("Which kite?").fill("A red one");
  await accessible(dora.page);
  await dora.page.getByRole("button", { name: "Ask to join" }).click();
  await expect(ann.page.getByText("A red one", { exact: false })).toBeVisible();
});
