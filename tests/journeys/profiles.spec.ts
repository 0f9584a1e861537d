import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import encodeQR from "qr";
import { photo } from "#tests/journeys/_files.ts";
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
  // Beside the list on wide screens.
  const theirs = cleo.page.getByRole("region", { name: "Person" });
  await expect(theirs.getByText("1 community in common")).toBeVisible();
  await expectNoFaults(cleo.page);
  await theirs.getByRole("button", { name: "Accept" }).click();
  await expect(cleo.page.getByText("You and Ann are friends now.")).toBeVisible();
  await expect(cleo.page.locator("#composer")).toBeVisible();
  await expect(cleo.page.getByRole("heading", { level: 1, name: "Ann" })).toBeVisible();
});

/** A QR code that is not of this site, as a picture. */
const foreign = () => ({
  name: "foreign.gif",
  mimeType: "image/gif",
  buffer: Buffer.from(encodeQR("https://elsewhere.example/u/mei", "gif", { scale: 8 })),
});

/** What stands in for a camera: a stream of a canvas that shows the modules of a QR code, or nothing yet. */
type TestCamera = { stream: MediaStream; modules: boolean[][] };

const putUpCamera = (page: Page) =>
  page.addInitScript(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 480;
    const camera: TestCamera = { stream: canvas.captureStream(10), modules: [] };
    Object.assign(window, { camera });
    navigator.mediaDevices.getUserMedia = async () => camera.stream;
    const context = canvas.getContext("2d");
    const draw = () => {
      if (!context) return;
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "#000";
      const side = Math.floor(canvas.width / camera.modules.length);
      for (const [y, row] of camera.modules.entries())
        for (const [x, dark] of row.entries()) if (dark) context.fillRect(x * side, y * side, side, side);
      requestAnimationFrame(draw);
    };
    draw();
  });

/** Holds a QR code before the camera. */
const holdUp = (page: Page, text: string) =>
  page.evaluate(
    (modules) => {
      (window as unknown as { camera: TestCamera }).camera.modules = modules;
    },
    encodeQR(text, "raw", { border: 4 }),
  );

/** Whether the tracks of the camera are still on. */
const cameraStates = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { camera: TestCamera }).camera.stream.getTracks().map(({ readyState }) => readyState),
  );

test("my QR code is saved, and read by camera and from its picture; others are refused with a reason", async ({
  browser,
}) => {
  const options = { viewport: { width: 390, height: 800 }, locale: "en-US" };
  const [ann, ben] = [await arrive(browser, "Ann", options), await arrive(browser, "Ben", options)];
  await putUpCamera(ann.page);
  await ann.page.goto("/friends");
  await ann.page.getByRole("button", { name: "Add friend" }).click();
  await ann.page.getByRole("button", { name: "My QR code" }).click();
  const mine = dialog(ann.page, "My QR code");
  await expect(mine.getByRole("img", { name: "QR code of Ann" })).toBeVisible();
  await expect(mine.getByText(new RegExp(`/u/${ann.handle}$`))).toBeVisible();
  await expectNoFaults(ann.page);
  const saving = ann.page.waitForEvent("download");
  await mine.getByRole("button", { name: "Save as a picture" }).click();
  const saved = await (await saving).path();

  // Read by the camera, which stops when the sheet closes.
  await ann.page.keyboard.press("Escape");
  await ann.page.getByRole("button", { name: "Scan a QR code" }).click();
  await expect(dialog(ann.page, "Scan a QR code").getByText("Starting the camera…")).toBeHidden();
  expect(await cameraStates(ann.page)).toEqual(["live"]);
  await holdUp(ann.page, new URL(`/u/${ben.handle}`, ann.page.url()).href);
  await expect(dialog(ann.page, "Profile").getByRole("heading", { name: "Ben" })).toBeVisible();
  await expect(dialog(ann.page, "Scan a QR code")).toHaveCount(0);
  await expect.poll(() => cameraStates(ann.page)).toEqual(["ended"]);

  // The camera is not allowed here: the sentence says so, and a picture does as well.
  const { page } = ben;
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("", "NotAllowedError");
    };
  });
  await page.goto("/friends");
  await page.getByRole("button", { name: "Add friend" }).click();
  await page.getByRole("button", { name: "Scan a QR code" }).click();
  const scan = dialog(page, "Scan a QR code");
  await expect(scan.getByText(/did not allow the camera/)).toBeVisible();
  await expectNoFaults(page);
  const input = scan.getByLabel("Choose a picture").and(scan.locator("input"));
  await input.setInputFiles([await photo("sea.jpg", 600, 400, "#26a")]);
  await expect(scan.getByRole("alert")).toHaveText("There is no QR code in this picture that can be read.");
  await input.setInputFiles([foreign()]);
  await expect(scan.getByRole("alert")).toHaveText("This QR code is not one of this site, so it is not opened.");
  await input.setInputFiles([{ name: "words.png", mimeType: "image/png", buffer: Buffer.from("words") }]);
  await expect(scan.getByRole("alert")).toHaveText("This file is not a picture that can be read.");
  await input.setInputFiles(saved);
  await expect(dialog(page, "Profile").getByRole("heading", { name: "Ann" })).toBeVisible();
  await expect(dialog(page, "Profile").getByRole("button", { name: "Add friend" })).toBeVisible();

  // The link of the code, and one of no one; who is not signed in sees no difference.
  await page.goto(`/u/${ann.handle}`);
  await expect(page.getByRole("heading", { name: "Ann" })).toBeVisible();
  await page.goto("/u/no_such_person");
  await expect(page.getByText("This person cannot be shown.")).toBeVisible();
  await page.context().clearCookies();
  for (const handle of [ann.handle, "no_such_person"]) {
    await page.goto(`/u/${handle}`);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/u/${handle}`)}`);
  }
});
