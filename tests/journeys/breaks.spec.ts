import { expect, test } from "@playwright/test";
import { stack } from "#tests/_stack.ts";
import { call, expectStored, together, write } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 120_000 });

test("after being offline, a page shows what it missed, in order, once, without a reload", async ({ browser }) => {
  const { one, two } = await together(browser);
  await write(one.page, "before");
  await expectStored(two.page, ["before"]);
  await two.page.context().setOffline(true);
  await expect(two.page.getByRole("status").filter({ hasText: /offline/i })).toBeVisible({ timeout: 20_000 });
  for (const text of ["missed 1", "missed 2", "missed 3"]) await write(one.page, text);
  await expectStored(one.page, ["before", "missed 1", "missed 2", "missed 3"]);
  await write(two.page, "written offline");
  await two.page.context().setOffline(false);
  const all = ["before", "missed 1", "missed 2", "missed 3", "written offline"];
  await expectStored(two.page, all);
  await expectStored(one.page, all);
  await expect(two.page.getByRole("status").filter({ hasText: /offline|reconnect/i })).toBeHidden({ timeout: 30_000 });
});

test("the worker is killed in the middle of a conversation: it goes on without it, and live again after", async ({
  browser,
}) => {
  const { worker } = stack();
  const { one, two } = await together(browser);
  await write(one.page, "alive");
  await expectStored(two.page, ["alive"]);
  await worker.kill();
  await write(one.page, "without the worker");
  await expectStored(one.page, ["alive", "without the worker"]);
  // The browser polls while no events arrive.
  await expectStored(two.page, ["alive", "without the worker"]);
  await worker.start();
  await write(two.page, "and back");
  await expectStored(one.page, ["alive", "without the worker", "and back"]);
  await expect(one.page.getByRole("status").filter({ hasText: /reconnect|slow|second/i })).toBeHidden({
    timeout: 30_000,
  });
});

test("the web process is killed: the conversation goes on over the worker", async ({ browser }) => {
  const { web } = stack();
  const { one, two } = await together(browser);
  await write(one.page, "alive");
  await expectStored(two.page, ["alive"]);
  await web.kill();
  await write(one.page, "without the web");
  await expectStored(two.page, ["alive", "without the web"]);
  await web.start();
});

test("everything is killed: what was written waits, and goes out once when it is back", async ({ browser }) => {
  const { web, worker } = stack();
  const { one, two } = await together(browser);
  await write(one.page, "alive");
  await expectStored(two.page, ["alive"]);
  await worker.kill();
  await web.kill();
  await write(one.page, "waiting 1");
  await write(one.page, "waiting 2");
  await web.start();
  await worker.start();
  await expectStored(two.page, ["alive", "waiting 1", "waiting 2"]);
  await expectStored(one.page, ["alive", "waiting 1", "waiting 2"]);
});

test("a session that is ended elsewhere ends here at once", async ({ browser }) => {
  const { one } = await together(browser);
  const { sessions } = (await (await one.page.request.get("/api/trpc/accounts.sessions.list")).json()).result.data;
  await call(one.page, "accounts.sessions.revoke", { sessionId: sessions[0].id });
  await one.page.waitForURL(/\/sign-in/, { timeout: 20_000 });
});
