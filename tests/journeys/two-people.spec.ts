import { expect, test } from "@playwright/test";
import { call, expectStored, newPage, signUpByHand, together, write } from "#tests/journeys/_people.ts";

test("two people sign up, find each other, become friends and talk in four scripts", async ({ browser }) => {
  const ann = await signUpByHand(await newPage(browser), "Ann");
  const ben = await signUpByHand(await newPage(browser), "Ben");

  await ann.page.goto("/friends");
  await ann.page.getByRole("button", { name: "Add friend" }).first().click();
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill(ben.handle);
  await dialog.getByRole("button", { name: "Find" }).click();
  await dialog.getByRole("textbox", { name: /note/i }).fill("It is me, Ann");
  await dialog.getByRole("button", { name: "Send request" }).click();
  await expect(dialog).toBeHidden();

  await ben.page.goto("/friends");
  await expect(ben.page.getByText("It is me, Ann")).toBeVisible();
  await ben.page.getByRole("button", { name: "Accept" }).click();

  // The conversation appears in both lists by itself.
  for (const [one, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    await one.page.goto("/c");
    await one.page.getByRole("link", { name: new RegExp(other.name) }).click();
  }
  const lines = [
    "你好，Ben！今天怎么样？",
    "All good — and you?\nSecond line.",
    "مرحبا، أنا بخير",
    "🎉👩‍👩‍👧‍👦🏳️‍🌈",
    "e\u0301 is not é",
    '<b>not bold</b> & "quoted"',
  ];
  for (const [at, line] of lines.entries()) {
    await write(at % 2 === 0 ? ann.page : ben.page, line);
    await expectStored(at % 2 === 0 ? ben.page : ann.page, lines.slice(0, at + 1));
  }
  await expectStored(ann.page, lines);
  await ben.page.reload();
  await expectStored(ben.page, lines);
});

test("unread messages are counted in the list and gone once read, on every device", async ({ browser }) => {
  const { one, two, conversationId } = await together(browser);
  await two.page.goto("/settings");
  await two.page.goto("/c");
  const row = two.page.getByRole("link", { name: new RegExp(one.name) });
  await expect(row).toBeVisible();
  for (const text of ["first", "second", "third"]) await write(one.page, text);
  await expect(row).toContainText("third");
  await expect(row).toContainText("3");
  await row.click();
  await expectStored(two.page, ["first", "second", "third"]);
  await expect
    .poll(async () => {
      const response = await two.page.request.get(
        `/api/trpc/conversations.get?input=${encodeURIComponent(JSON.stringify({ conversationId }))}`,
      );
      const { lastSeq, lastReadSeq } = (await response.json()).result.data;
      return lastSeq - lastReadSeq;
    })
    .toBe(0);
  await call(two.page, "friends.alias", { personId: one.id, alias: "Annie" });
  await expect(two.page.getByRole("heading", { name: "Annie" })).toBeVisible();
});

test("a blocked person's message is shown as not accepted, and does not arrive", async ({ browser }) => {
  const { one, two } = await together(browser);
  await write(two.page, "before");
  await expectStored(one.page, ["before"]);
  await call(one.page, "friends.block", { personId: two.id });
  await write(two.page, "after");
  await expect(two.page.getByRole("button", { name: "Retry" })).toBeVisible();
  await expectStored(two.page, ["before"]);
  await expectStored(one.page, ["before"]);
});
