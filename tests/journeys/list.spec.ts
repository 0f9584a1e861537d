import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { focusInMenu, stepInMenu } from "#tests/journeys/_menu.ts";
import { arrive, call, newPage, together, type Visitor, write } from "#tests/journeys/_people.ts";

const rowOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(`^${name}[,，]`) });
const item = (page: Page, name: string | RegExp) => page.getByRole("menuitem", { name });
const filter = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
/** The names in the list, from top to bottom. */
const namesIn = (page: Page) =>
  page
    .getByRole("list", { name: "Chats" })
    .getByRole("link")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")?.split(",")[0]));

async function choose(page: Page, name: string, ...items: string[]): Promise<void> {
  await rowOf(page, name).click({ button: "right" });
  for (const one of items) await item(page, one).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
}

async function befriend(browser: Browser, ann: Visitor, name: string) {
  const friend = await arrive(browser, name);
  await call(ann.page, "friends.request", { personId: friend.id });
  const { conversationId } = await call<{ conversationId: string }>(friend.page, "friends.accept", {
    personId: ann.id,
  });
  return { ...friend, conversationId };
}

const sayTo = (from: Visitor, conversationId: string, text: string, mentions?: object[]) =>
  call(from.page, "messages.send", {
    conversationId,
    clientId: crypto.randomUUID(),
    content: { kind: "text", text, ...(mentions ? { mentions } : {}) },
  });

/** Ann at a desk and with a phone, and two friends of hers who both wrote. */
async function atTwoDevices(browser: Browser) {
  const ann = await arrive(browser, "Ann", { viewport: { width: 1280, height: 800 } });
  const ben = await befriend(browser, ann, "Ben");
  const cleo = await befriend(browser, ann, "Cleo");
  await sayTo(ben, ben.conversationId, "from Ben");
  await sayTo(cleo, cleo.conversationId, "from Cleo");
  const phone = await newPage(browser, {
    storageState: await ann.page.context().storageState(),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  for (const page of [ann.page, phone]) {
    await page.goto("/c");
    await expect.poll(() => namesIn(page)).toEqual(["Cleo", "Ben"]);
  }
  return { ann, ben, cleo, desk: ann.page, phone };
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include("[role=menu]").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual([]);
}

test("pinned, muted, archived, hidden and unread agree on two devices, and end as they should", async ({ browser }) => {
  const { ben, desk, phone } = await atTwoDevices(browser);
  const both = [desk, phone];
  for (const page of both) await expect(page).toHaveTitle("(2) Chats · IMChat");

  await choose(desk, "Ben", "Pin");
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Ben", "Cleo"]);

  await choose(desk, "Ben", "Mute", "For 8 hours");
  for (const page of both) await expect(rowOf(page, "Ben")).toHaveAccessibleName(/^Ben, pinned, muted, 1 unread/);
  for (const page of both) await expect(page).toHaveTitle("(1) Chats · IMChat");
  for (const text of ["two", "three"]) await sayTo(ben, ben.conversationId, text);
  for (const page of both) await expect(rowOf(page, "Ben")).toContainText("[3] three");
  await expect(desk).toHaveTitle("(1) Chats · IMChat");

  // Muted, it stays in the archive whatever comes; otherwise the next message brings it back.
  await choose(desk, "Ben", "Archive");
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Cleo"]);
  await sayTo(ben, ben.conversationId, "four");
  await filter(phone, "Archived").check();
  await expect(rowOf(phone, "Ben")).toContainText("[4] four");
  await expect(rowOf(desk, "Ben")).toHaveCount(0);
  await filter(desk, "Archived").check();
  await choose(desk, "Ben", "Unmute");
  // It left the archive, so the filter is the list again.
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Ben", "Cleo"]);
  for (const page of both) await expect(filter(page, "Archived")).toHaveCount(0);
  await expect(desk).toHaveTitle("(5) Chats · IMChat");
  await choose(desk, "Ben", "Archive");
  await expect.poll(() => namesIn(phone)).toEqual(["Cleo"]);
  await sayTo(ben, ben.conversationId, "five");
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Ben", "Cleo"]);

  await choose(desk, "Ben", "Hide until the next message");
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Cleo"]);
  for (const page of both) await expect(page).toHaveTitle("(1) Chats · IMChat");
  await sayTo(ben, ben.conversationId, "six");
  for (const page of both) await expect.poll(() => namesIn(page)).toEqual(["Ben", "Cleo"]);

  await choose(desk, "Ben", "Mark as read");
  for (const page of both) await expect(rowOf(page, "Ben")).toHaveAccessibleName(/^Ben, six/);
  await choose(desk, "Ben", "Mark as unread");
  for (const page of both) await expect(rowOf(page, "Ben")).toHaveAccessibleName(/^Ben, marked as unread, six/);
  for (const page of both) await expect(page).toHaveTitle("(2) Chats · IMChat");
  await filter(phone, "Unread").check();
  await expect.poll(() => namesIn(phone)).toEqual(["Ben", "Cleo"]);
  await rowOf(desk, "Ben").click();
  await expect(desk.locator("#composer")).toBeVisible();
  await expect.poll(() => namesIn(phone)).toEqual(["Cleo"]);

  await desk.reload();
  await expect.poll(() => namesIn(desk)).toEqual(["Ben", "Cleo"]);
  expect(await faultsOf(desk)).toEqual([]);
  expect(await faultsOf(phone)).toEqual([]);
});

test("one more pin than there may be is refused in words", async ({ browser }) => {
  const { ann, desk } = await atTwoDevices(browser);
  const ids: string[] = [];
  for (const name of ["One", "Two", "Three", "Four", "Five"]) {
    const { community } = await call<{ community: { id: string } }>(ann.page, "communities.create", { name });
    ids.push(community.id);
  }
  for (const conversationId of ids) await call(ann.page, "conversations.configure", { conversationId, pinned: true });
  await filter(desk, "Direct").check();
  await expect.poll(() => namesIn(desk)).toEqual(["Cleo", "Ben"]);
  await choose(desk, "Ben", "Pin");
  await expect(desk.getByText("You have pinned as many conversations as you can. Unpin one first.")).toBeVisible();
  await filter(desk, "Groups").check();
  await expect.poll(async () => (await namesIn(desk)).toSorted()).toEqual(["Five", "Four", "One", "Three", "Two"]);
  await filter(desk, "All").check();
  expect((await namesIn(desk)).slice(5)).toEqual(["Cleo", "Ben"]);
});

test("the menu by keyboard, accessible while open, closed by Esc and by going back", async ({ browser }) => {
  const { desk, phone } = await atTwoDevices(browser);
  for (const key of ["Shift+F10", "ContextMenu"]) {
    await rowOf(desk, "Ben").focus();
    await desk.keyboard.press(key);
    await expect(focusInMenu(desk)).toBeVisible();
    await expectAccessible(desk);
    await desk.keyboard.press("Escape");
    await expect(desk.getByRole("menu")).toHaveCount(0);
    await expect(rowOf(desk, "Ben")).toBeFocused();
  }
  // The button of the row, and the items by their arrows.
  await desk.keyboard.press("Tab");
  await expect(desk.getByRole("button", { name: "Actions for Ben" })).toBeFocused();
  await desk.keyboard.press("Enter");
  await expect(item(desk, "Pin")).toBeFocused();
  await stepInMenu(desk, "ArrowDown", "Mute");
  await stepInMenu(desk, "ArrowRight", "For 1 hour");
  await expectAccessible(desk);
  await stepInMenu(desk, "End", "Mentions only");
  await desk.keyboard.press("Enter");
  await expect(rowOf(phone, "Ben")).toHaveAccessibleName(/^Ben, muted, /);
  await expect(desk.getByRole("button", { name: "Actions for Ben" })).toBeFocused();

  // A row that leaves the list gives the focus to its neighbour.
  await rowOf(desk, "Cleo").focus();
  await desk.keyboard.press("Shift+F10");
  await expect(focusInMenu(desk)).toBeVisible();
  await stepInMenu(desk, "End", "Hide until the next message");
  await desk.keyboard.press("Enter");
  await expect(rowOf(desk, "Cleo")).toHaveCount(0);
  await expect(rowOf(desk, "Ben")).toBeFocused();

  await rowOf(desk, "Ben").click({ button: "right" });
  await expect(desk.getByRole("menu")).toBeVisible();
  await desk.goBack();
  await expect(desk.getByRole("menu")).toHaveCount(0);
  await expect(desk).toHaveURL(/\/c$/);
  // Filters are one stop; the arrows choose.
  await filter(desk, "All").focus();
  await desk.keyboard.press("ArrowRight");
  await expect(filter(desk, "Unread")).toBeChecked();
});

test("a long touch opens the menu and not the conversation", async ({ browser }) => {
  const { desk, phone } = await atTwoDevices(browser);
  const box = await rowOf(phone, "Ben").boundingBox();
  if (!box) throw new Error("the row is not on the screen");
  const session = await phone.context().newCDPSession(phone);
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await expect(phone.getByRole("menu")).toBeVisible();
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(item(phone, "Pin")).toBeVisible();
  await expectAccessible(phone);
  expect(await faultsOf(phone)).toEqual([]);
  await item(phone, "Mute").tap();
  await item(phone, "For ever").tap();
  for (const page of [desk, phone]) await expect(rowOf(page, "Ben")).toHaveAccessibleName(/^Ben, muted, /);
  await expect(phone).toHaveURL(/\/c$/);
  // The next touch is an ordinary one.
  await rowOf(phone, "Ben").tap();
  await expect(phone.locator("#composer")).toBeVisible();
});

test("a row says who is typing, what is not sent yet, and that it mentions me; a pill leads there", async ({
  browser,
}) => {
  const { one: ann, two: ben, conversationId } = await together(browser);
  await ann.page.getByRole("textbox", { name: "Message" }).fill("half a thought");
  await ann.page.goto("/c");
  await expect(rowOf(ann.page, "Ben")).toContainText("[Draft] half a thought");

  // A sign of typing reaches those who are connected then, and Ann's page has just been loaded: Ben types on.
  await expect(async () => {
    await ben.page.getByRole("textbox", { name: "Message" }).pressSequentially("a");
    await expect(rowOf(ann.page, "Ben")).toContainText("typing…", { timeout: 3_500 });
  }).toPass();

  await sayTo(ben, conversationId, "@Ann", [{ personId: ann.id, start: 0, length: 4 }]);
  for (let n = 1; n <= 40; n += 1) await sayTo(ben, conversationId, `line ${n}`);
  await sayTo(ben, conversationId, "again @Ann", [{ personId: ann.id, start: 6, length: 4 }]);
  for (let n = 41; n <= 60; n += 1) await sayTo(ben, conversationId, `line ${n}`);
  await expect(rowOf(ann.page, "Ben")).toHaveAccessibleName(/^Ben, 62 unread messages, 2 mentions of you, /);
  await expect(rowOf(ann.page, "Ben")).toContainText("@");

  // It opens at the first unread message, which is the first mention; the other is further down.
  await rowOf(ann.page, "Ben").click();
  const pill = ann.page.getByRole("link", { name: "Jump to the message that mentions you" });
  await pill.click();
  await expect(ann.page.getByRole("article", { name: /again @Ann/ })).toBeInViewport();
  await expect(pill).toHaveCount(0);
  await expect(rowOf(ann.page, "Ben")).not.toHaveAccessibleName(/mention/);
  await write(ann.page, "read");
  await expect(rowOf(ann.page, "Ben")).toHaveAccessibleName(/^Ben, You: read/);
});
