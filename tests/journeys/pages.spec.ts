import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { arrive, call, newPage, password, together, write } from "#tests/journeys/_people.ts";

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [390, 1280].map((width) => ({ colorScheme, width, height: 844 })),
);

/** Asks axe about the page that is open, in both colour schemes, on a phone and on a desk. */
async function expectAccessible(page: Page, path: string): Promise<void> {
  for (const { colorScheme, width, height } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    // Without frames of other origins, the mode that opens no second page for each question says the same.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // The other rules read the document, which is the same in both colour schemes.
    if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
    const { violations } = await axe.analyze();
    const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
    expect(told, `${path}, ${colorScheme}, ${width} px`).toEqual([]);
  }
}

test("every page is accessible, light and dark, on a phone and on a desk", async ({ browser }) => {
  const stranger = await newPage(browser);
  for (const path of ["/sign-in", "/sign-up", "/offline", "/no-such-page"]) {
    await stranger.goto(path);
    await expect(stranger.getByRole("heading").first()).toBeVisible();
    await expectAccessible(stranger, path);
  }
  const { one, conversationId } = await together(browser);
  await write(one.page, "hello");
  const { community } = await call<{ community: { id: string } }>(one.page, "communities.create", { name: "Axe" });
  const page = await newPage(browser, { storageState: await one.page.context().storageState() });
  const paths = [
    "/c",
    `/c/${conversationId}`,
    `/c/${community.id}`,
    "/friends",
    "/communities",
    `/communities/${community.id}`,
    "/settings",
    "/settings/security",
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
  }
});

test("a wrong password says so, a right one leads back to where one wanted to go", async ({ browser }) => {
  const { handle } = await arrive(browser, "Ann");
  const page = await newPage(browser);
  await page.goto("/friends");
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel("Sign-in name").fill(handle);
  await page.getByLabel("Password").fill("wrong horse");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/friends/);
});

test("the language follows the browser", async ({ browser }) => {
  const page = await newPage(browser, { locale: "zh-CN" });
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("button", { name: "登录" })).toBeVisible();
});

test("a browser that names its language wrongly still shows the conversation", async ({ browser }) => {
  const { one, conversationId } = await together(browser);
  await write(one.page, "what time is it?");
  const page = await newPage(browser, { storageState: await one.page.context().storageState() });
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "languages", { get: () => ["en-US@posix", "en-US@posix"] }),
  );
  await page.goto(`/c/${conversationId}`);
  await expect(page.getByRole("article", { name: /what time is it/ })).toBeVisible();
});

test("pages are private, and only scripts with the nonce run", async ({ browser }) => {
  const { page } = await arrive(browser, "Ann");
  const response = await page.goto("/c");
  const headers = response?.headers() ?? {};
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  const api = await page.request.get("/api/trpc/accounts.me");
  expect(api.headers()["cache-control"]).toBe("private, no-store");
});

test("it installs, and without a network shows a page of its own, with nothing private kept", async ({ browser }) => {
  const { page } = await arrive(browser, "Ann");
  await page.goto("/c");
  const manifest = await (await page.request.get("/manifest.webmanifest")).json();
  expect(manifest).toMatchObject({ display: "standalone" });
  for (const icon of manifest.icons) expect((await page.request.get(icon.src)).ok(), icon.src).toBe(true);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  const cached = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  expect(cached.filter((path) => path.startsWith("/api") || path.startsWith("/c"))).toEqual([]);
  await page.context().setOffline(true);
  await page.goto("/friends").catch(() => {});
  await expect(page.getByRole("heading").first()).toBeVisible();
  await expect(page.getByText(/offline/i).first()).toBeVisible();
  // The network comes back, and the page with it, without a press.
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { name: "Friends" }).first()).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/friends");
});
