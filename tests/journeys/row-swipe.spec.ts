import { AxeBuilder } from "@axe-core/playwright";
import { devices, expect, type Page, test } from "@playwright/test";
import { faultsOf } from "#tests/journeys/_layout.ts";
import { arrive, call } from "#tests/journeys/_people.ts";

const rowOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(`^${name},`) });
const accessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test("a finger drags a row aside for its actions, and neither scrolls nor opens the conversation", async ({
  browser,
}) => {
  const ann = await arrive(browser, "Ann", { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } });
  const { page } = ann;
  for (const name of ["Kites", "Boats"]) await call(page, "communities.create", { name });
  await page.goto("/c");
  const session = await page.context().newCDPSession(page);
  const drag = async (name: string, points: (box: { x: number; y: number }) => { x: number; y: number }[]) => {
    // Where it stands still: rows move when one is pinned, and when one is put back.
    await rowOf(page, name).click({ trial: true, position: { x: 20, y: 20 } });
    const box = await rowOf(page, name).boundingBox();
    if (!box) throw new Error("there is no row");
    const all = points({ x: box.x, y: box.y + box.height / 2 });
    for (const [at, point] of all.entries()) {
      await session.send("Input.dispatchTouchEvent", { type: at ? "touchMove" : "touchStart", touchPoints: [point] });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const steps = (from: number, to: number) => Array.from({ length: 11 }, (_, n) => from + ((to - from) * n) / 10);
  const sideways = (from: number, to: number) => (box: { y: number }) => steps(from, to).map((x) => ({ x, y: box.y }));
  const actions = page.getByRole("group", { name: /^Actions for/ });

  await drag("Boats", sideways(380, 200)); // from the edge, which is for going back
  await drag("Boats", sideways(100, 280));
  await drag("Boats", ({ y }) => steps(y, y + 120).map((each, n) => ({ x: 300 - n, y: each })));
  await expect(actions).toHaveCount(0);
  await drag("Boats", sideways(330, 180));
  await expect(page.getByRole("group", { name: "Actions for Boats" })).toBeVisible();
  await accessible(page);
  await expect(page).toHaveURL(/\/c$/);
  await drag("Kites", sideways(330, 180));
  await expect(page.getByRole("group", { name: "Actions for Kites" })).toBeVisible();
  await expect(actions).toHaveCount(1);
  await actions.getByRole("button", { name: "Pin" }).click();
  await expect(actions).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Chats" }).getByRole("link").first()).toHaveAccessibleName(
    /^Kites, pinned/,
  );
  await drag("Boats", sideways(330, 180));
  await rowOf(page, "Boats").click({ position: { x: 300, y: 20 } });
  await expect(actions).toHaveCount(0);
  await expect(page).toHaveURL(/\/c$/);
  await drag("Boats", sideways(330, 180));
  await actions.getByRole("button", { name: "Archive" }).click();
  await expect(rowOf(page, "Boats")).toHaveCount(0);
  expect(await faultsOf(page)).toEqual([]);
});
