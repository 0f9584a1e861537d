import { expect, type Page, test } from "@playwright/test";
import { expectStored, together, write } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 120_000 });

/** Counts what a page asks of the network: sockets to the worker that are open, and messages that left over HTTP. */
function watch(page: Page) {
  const seen = { sockets: 0, sentOverHttp: 0 };
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/app/")) return;
    seen.sockets += 1;
    socket.on("close", () => {
      seen.sockets -= 1;
    });
  });
  page.on("request", (request) => {
    if (request.url().includes("messages.send")) seen.sentOverHttp += 1;
  });
  return seen;
}

test("two tabs share one connection; messages leave over it; the other takes over when the first is closed", async ({
  browser,
}) => {
  const { one, two, conversationId } = await together(browser);
  const context = one.page.context();
  const first = await context.newPage();
  const second = await context.newPage();
  await one.page.close();
  const [seenFirst, seenSecond] = [watch(first), watch(second)];
  await first.goto(`/c/${conversationId}`);
  await expect.poll(() => seenFirst.sockets).toBe(1);
  await second.goto(`/c/${conversationId}`);
  await expect(second.getByRole("textbox", { name: "Message" })).toBeVisible();

  await write(two.page, "to both tabs");
  for (const tab of [first, second]) await expectStored(tab, ["to both tabs"]);
  await write(second, "from the tab without a connection");
  for (const page of [first, second, two.page]) {
    await expectStored(page, ["to both tabs", "from the tab without a connection"]);
  }
  expect([seenFirst.sockets, seenSecond.sockets]).toEqual([1, 0]);
  expect([seenFirst.sentOverHttp, seenSecond.sentOverHttp]).toEqual([0, 0]);

  await first.close();
  await expect.poll(() => seenSecond.sockets).toBe(1);
  await write(two.page, "to the one that is left");
  const all = ["to both tabs", "from the tab without a connection", "to the one that is left"];
  await expectStored(second, all);
  await write(second, "and back");
  for (const page of [second, two.page]) await expectStored(page, [...all, "and back"]);
  expect(seenSecond.sentOverHttp).toBe(0);
});

test("a visible tab takes the connection over from a frozen one, which follows it when it goes on", async ({
  browser,
}) => {
  const { one, two, conversationId } = await together(browser);
  const context = one.page.context();
  const frozen = await context.newPage();
  const visible = await context.newPage();
  await one.page.close();
  const [seenFrozen, seenVisible] = [watch(frozen), watch(visible)];
  await frozen.goto(`/c/${conversationId}`);
  await expect.poll(() => seenFrozen.sockets).toBe(1);
  await visible.goto(`/c/${conversationId}`);
  await write(two.page, "to both tabs");
  for (const tab of [frozen, visible]) await expectStored(tab, ["to both tabs"]);

  // The browser freezes only tabs that are hidden, and a tab under test never is; a debugger that stops it does the same.
  const debug = await context.newCDPSession(frozen);
  await debug.send("Debugger.enable");
  await debug.send("Debugger.pause");
  // It asks every ten seconds, and waits three for the answer.
  await expect.poll(() => seenVisible.sockets, { timeout: 30_000 }).toBe(1);
  await write(two.page, "to the visible one");
  await expectStored(visible, ["to both tabs", "to the visible one"]);

  await debug.send("Debugger.resume");
  await expect.poll(() => [seenFrozen.sockets, seenVisible.sockets]).toEqual([0, 1]);
  await write(two.page, "to both again");
  await expectStored(frozen, ["to both tabs", "to the visible one", "to both again"]);
  await write(frozen, "over the new connection");
  const all = ["to both tabs", "to the visible one", "to both again", "over the new connection"];
  for (const page of [frozen, visible, two.page]) await expectStored(page, all);
  expect([seenFrozen.sentOverHttp, seenVisible.sentOverHttp]).toEqual([0, 0]);
});
