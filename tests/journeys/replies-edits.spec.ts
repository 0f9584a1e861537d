import { randomUUID } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { focusInMenu } from "#tests/journeys/_menu.ts";
import { call, together, type Visitor, write } from "#tests/journeys/_people.ts";

const row = (page: Page, text: string | RegExp) => page.getByRole("article", { name: text });
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const everywhere = async (visitors: Visitor[], check: (page: Page) => Promise<void>) => {
  for (const { page } of visitors) await check(page);
};

test("a reply is written by right click, key and button, shows what it answers, and leads there and back", async ({
  browser,
}) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  await write(ann.page, "who brings the tent?");
  for (let n = 1; n <= 30; n += 1) {
    const content = { kind: "text", text: `line ${n}` };
    await call(ann.page, "messages.send", { conversationId, clientId: randomUUID(), content });
  }
  await expect(row(ben.page, "line 30")).toBeVisible();
  await row(ben.page, "who brings the tent?").scrollIntoViewIfNeeded();
  await row(ben.page, "who brings the tent?").locator("[data-bubble]").click({ button: "right" });
  await ben.page.getByRole("menuitem", { name: "Reply" }).click();
  await expect(ben.page.getByRole("region", { name: "Replying to" })).toContainText("who brings the tent?");
  await expect(field(ben.page)).toBeFocused();
  await write(ben.page, "I do");
  await expect(ben.page.getByRole("region", { name: "Replying to" })).toHaveCount(0);
  await everywhere([ann, ben], async (page) => {
    await expect(row(page, /in reply to .*who brings the tent\?: I do/)).toBeVisible();
  });
  expect((await new AxeBuilder({ page: ann.page }).analyze()).violations).toEqual([]);

  await ann.page.getByRole("link", { name: "Replied to You: who brings the tent?" }).click();
  await expect(row(ann.page, /^You, who brings the tent\?/)).toBeInViewport();
  await expect(row(ann.page, /I do/)).not.toBeInViewport();
  await ann.page.goBack();
  await expect(row(ann.page, /I do/)).toBeInViewport();

  await row(ann.page, /I do/).focus();
  await ann.page.keyboard.press("r");
  await expect(ann.page.getByRole("region", { name: "Replying to" })).toContainText("I do");
  await expect(field(ann.page)).toBeFocused();
  await ann.page.keyboard.press("Escape");
  await expect(ann.page.getByRole("region", { name: "Replying to" })).toHaveCount(0);
  await row(ann.page, /I do/).hover();
  await row(ann.page, /I do/).getByRole("button", { name: "Reply" }).click();
  await ann.page.reload();
  await expect(ann.page.getByRole("region", { name: "Replying to" })).toContainText("I do");
  await write(ann.page, "thanks");
  await everywhere([ann, ben], async (page) => {
    await expect(row(page, /in reply to .*I do: thanks/)).toBeVisible();
  });
});

test("an edit reaches the other person and the quotes of it, and its history can be read", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser);
  await write(ann.page, "lunhc at noon");
  await expect(row(ben.page, "lunhc at noon")).toBeVisible();
  await row(ben.page, "lunhc at noon").focus();
  await ben.page.keyboard.press("r");
  await write(ben.page, "fine");
  await field(ann.page).focus();
  await ann.page.keyboard.press("ArrowUp");
  await expect(ann.page.getByRole("region", { name: "Edit message" })).toContainText("lunhc at noon");
  await expect(field(ann.page)).toHaveValue("lunhc at noon");
  await ann.page.keyboard.press("Escape");
  await expect(field(ann.page)).toHaveValue("");
  await ann.page.keyboard.press("ArrowUp");
  await field(ann.page).fill("lunch at noon");
  await ann.page.keyboard.press("Enter");
  await everywhere([ann, ben], async (page) => {
    await expect(row(page, /lunch at noon, .*edited/).first()).toBeVisible();
    await expect(row(page, /in reply to .*lunch at noon: fine/)).toBeVisible();
    await expect(page.getByText("lunhc")).toHaveCount(0);
  });
  await expect(field(ann.page)).toBeFocused();
  await row(ben.page, /^Ann, lunch at noon/).focus();
  await ben.page.keyboard.press("Shift+F10");
  await expect(focusInMenu(ben.page)).toBeVisible();
  await expect(ben.page.getByRole("menuitem", { name: "Edit", exact: true })).toHaveCount(0);
  await ben.page.getByRole("menuitem", { name: "Edit history" }).click();
  const history = ben.page.getByRole("dialog", { name: "Edit history" });
  await expect(history.getByRole("listitem")).toContainText([/lunch at noon/, /lunhc at noon/]);
  expect((await new AxeBuilder({ page: ben.page }).analyze()).violations).toEqual([]);
  await ben.page.keyboard.press("Escape");
  await expect(history).toHaveCount(0);

  await row(ann.page, /^You, lunch at noon/).click({ button: "right" });
  await ann.page.getByRole("menuitem", { name: "Recall" }).click();
  await everywhere([ann, ben], async (page) => {
    await expect(row(page, /in reply to .*recalled.*: fine/)).toBeVisible();
    await expect(page.getByText("lunch at noon")).toHaveCount(0);
  });

  // Where nothing can be written, nothing leads to a composer.
  await call(ann.page, "friends.block", { personId: ben.id });
  await expect(field(ann.page)).toHaveCount(0);
  await row(ann.page, /: fine/).click({ button: "right" });
  await expect(ann.page.getByRole("menuitem", { name: "Copy" })).toBeVisible();
  await expect(ann.page.getByRole("menuitem", { name: "Reply" })).toHaveCount(0);
});

test("a finger swipes a message to reply, and scrolling does not", async ({ browser }) => {
  const { one: ann, two: ben } = await together(browser, "Ann", "Ben", { ...devices["Pixel 7"], locale: "en-US" });
  await write(ben.page, "swipe me");
  const bubble = row(ann.page, "swipe me").locator("[data-bubble]");
  const session = await ann.page.context().newCDPSession(ann.page);
  const drag = async (dx: number, dy: number) => {
    const box = await bubble.boundingBox();
    if (!box) throw new Error("the message is not on the screen");
    const [x, y] = [box.x + 40, box.y + box.height / 2];
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (let step = 1; step <= 8; step += 1) {
      const touchPoints = [{ x: x + (dx * step) / 8, y: y + (dy * step) / 8 }];
      await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await drag(10, 80);
  await drag(40, 0);
  // By the time that this has come, a reply would have begun.
  await write(ben.page, "later");
  await expect(row(ann.page, "later")).toBeVisible();
  await expect(ann.page.getByRole("region", { name: "Replying to" })).toHaveCount(0);
  await drag(90, 0);
  await expect(ann.page.getByRole("region", { name: "Replying to" })).toContainText("swipe me");
});
