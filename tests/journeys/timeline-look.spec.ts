import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { arrive, call } from "#tests/journeys/_people.ts";

test.describe.configure({ timeout: 60_000 });

for (const colorScheme of ["light", "dark"] as const) {
  test(`names, days and the drawing behind the messages, ${colorScheme}`, async ({ browser }) => {
    const [ann, ben] = [await arrive(browser, "Ann", { colorScheme }), await arrive(browser, "Ben")];
    const made = await call<{ community: { id: string } }>(ann.page, "communities.create", { name: "Kites" });
    const conversationId = made.community.id;
    await call(ben.page, "communities.join", { communityId: conversationId });
    for (let n = 1; n <= 30; n += 1) {
      const content = { kind: "text", text: `message ${n}` };
      await call(ben.page, "messages.send", { conversationId, clientId: crypto.randomUUID(), content });
    }
    const { page } = ann;
    await page.goto(`/c/${conversationId}`);
    await expect(page.getByText("message 3", { exact: true })).toBeVisible();

    // Of all messages in a row the first has the name, in a colour of its own.
    const name = page.locator("[role=article] bdi", { hasText: "Ben" });
    await expect(name).toHaveCount(1);
    const colours = await name.evaluate((one) => [one, document.body].map((part) => getComputedStyle(part).color));
    expect(colours[0]).not.toBe(colours[1]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // The day floats above while it is scrolled, and leaves the top to the day itself.
    const pill = page.locator("[data-day-pill]");
    const scroller = page.locator("[data-bubble]").first();
    await scroller.hover();
    await page.mouse.wheel(0, 4_000);
    await page.mouse.wheel(0, -300);
    await expect(pill).toHaveCSS("opacity", "1");
    await expect(pill).toHaveText("Today");
    await expect(pill).toHaveCSS("opacity", "0");
    await page.mouse.wheel(0, -9_000);
    await expect(page.getByRole("heading", { name: "Today" })).toBeInViewport();
    await expect(pill).toBeHidden();

    const drawing = page.locator("[data-backdrop]");
    await expect(drawing).toHaveCSS("mask-image", new RegExp(colorScheme === "light" ? "day" : "night"));
    const answer = await page.request.get(`/backdrops/${colorScheme === "light" ? "day" : "night"}.svg`);
    expect(answer.headers()["content-type"]).toContain("image/svg+xml");
    await page.emulateMedia({ contrast: "more" });
    await expect(drawing).toBeHidden();
    await page.emulateMedia({ contrast: null, forcedColors: "active" });
    await expect(drawing).toBeHidden();
  });
}
