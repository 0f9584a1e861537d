import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call, newPage } from "#tests/journeys/_people.ts";

const rowOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(`^${name},`) });
const filter = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("folders of my own are made, filled, ordered, renamed and deleted, alike on my devices", async ({ browser }) => {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const desk = ann.page;
  for (const name of ["Kites", "Boats"]) await call(desk, "communities.create", { name });
  const storageState = await desk.context().storageState();
  const phone = await newPage(browser, { ...devices["Pixel 7"], locale: "en-US", storageState });
  for (const page of [desk, phone]) await page.goto("/c");

  await rowOf(desk, "Kites").click({ button: "right" });
  await desk.getByRole("menuitem", { name: "Folders…" }).click();
  const filing = desk.getByRole("dialog", { name: "Folders" });
  await filing.getByLabel("New folder").fill("Sky");
  await filing.getByLabel("New folder").press("Enter");
  await expect(filing.getByRole("switch", { name: "Sky" })).toBeChecked();
  await accessible(desk);
  await desk.keyboard.press("Escape");
  await expect(filing).toHaveCount(0);
  await expect(rowOf(desk, "Kites")).toBeFocused();

  for (const page of [desk, phone]) {
    await filter(page, "Sky").check();
    await expect(rowOf(page, "Kites")).toBeVisible();
    await expect(rowOf(page, "Boats")).toHaveCount(0);
  }
  await phone.getByRole("button", { name: "Folders", exact: true }).click();
  const managing = phone.getByRole("dialog", { name: "Folders" });
  await managing.getByLabel("New folder").fill("Sea");
  await managing.getByRole("button", { name: "Create" }).click();
  await managing.getByRole("button", { name: "Move “Sea” forward" }).click();
  await managing.getByLabel("Name of the folder “Sky”").fill("Air");
  await managing.getByLabel("Name of the folder “Sky”").press("Enter");
  await expect(managing.getByLabel("Name of the folder “Air”")).toBeVisible();
  await accessible(phone);
  await phone.goBack();
  await expect(managing).toHaveCount(0);
  expect(await faultsOf(phone)).toEqual([]);

  const choices = desk.getByRole("radio");
  await expect
    .poll(() => choices.evaluateAll((all) => all.map((one) => one.parentElement?.textContent)))
    .toEqual(["All", "Unread", "Groups", "Direct", "Sea", "Air"]);
  await filter(desk, "Sea").check();
  await expect(desk.getByText("No chats here.")).toBeVisible();
  await filter(desk, "Sea").press("ArrowRight");
  await expect(rowOf(desk, "Kites")).toBeVisible();
  await desk.getByRole("button", { name: "Folders", exact: true }).click();
  await desk.getByRole("button", { name: "Delete the folder “Air”" }).click();
  await desk.getByRole("button", { name: "Delete", exact: true }).click();
  await desk.keyboard.press("Escape");
  for (const page of [desk, phone]) {
    await expect(filter(page, "Air")).toHaveCount(0);
    await expect(filter(page, "All")).toBeChecked();
    await expect(rowOf(page, "Boats")).toBeVisible();
  }
});
