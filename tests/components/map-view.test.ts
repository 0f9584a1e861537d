import { describe, expect, test } from "vitest";
import { findCities, loadCities, nearestCity } from "#components/map/cities.ts";
import { gridPath, metresBetween, moved, pointIn, scaleBar, wrapLongitude, zoomed } from "#components/map/map-view.ts";
import { loadWorldMap, pathOf } from "#components/map/world-map.ts";

const view = { latitude: 0, longitude: 0, span: 10, width: 320, height: 200 };

describe("a map that is moved", () => {
  test("follows the pointer by the same distance", () => {
    expect(moved(view, 20, -40)).toMatchObject({ longitude: 1, latitude: 2 });
  });
  test("goes on behind the date line, in both directions", () => {
    expect(moved({ ...view, longitude: 179.5 }, 20, 0).longitude).toBe(-179.5);
    expect(moved({ ...view, longitude: -179.5 }, -20, 0).longitude).toBe(179.5);
    expect([180, -180, 181, -541].map(wrapLongitude)).toEqual([180, -180, -179, 179]);
  });
  test("ends at the poles", () => {
    expect(moved({ ...view, latitude: 89 }, 0, -400).latitude).toBe(90);
    expect(moved({ ...view, latitude: -89 }, 0, 4_000).latitude).toBe(-90);
    expect(Number.isFinite(moved({ ...view, latitude: 90 }, 50, 0).longitude)).toBe(true);
  });
  test("zooms within its limits", () => {
    expect(zoomed(view, 2).span).toBe(5);
    expect(zoomed(view, 1e9).span).toBe(0.02);
    expect(zoomed(view, 1e-9).span).toBe(120);
  });
});

test("places behind the date line are drawn beside those before it", () => {
  const near = { ...view, longitude: 179 };
  expect(pointIn(near, 0, -179)).toEqual({ x: 200, y: 100 });
  expect(pointIn(near, 0, 0)).toBeNull();
  expect(pointIn(near, 6, 179)).toBeNull();
});

test("the scale bar has a round length, at any zoom", () => {
  expect(scaleBar(view)).toEqual({ metres: 200_000, units: expect.closeTo(35.9, 1) });
  expect(scaleBar({ ...view, span: 0.02 }).metres).toBe(500);
  expect(scaleBar({ ...view, span: 120 }).metres).toBe(5_000_000);
});

test("there is a grid wherever the map is", () => {
  for (const latitude of [-90, 0, 47.3, 90]) {
    for (const span of [0.02, 1, 120]) {
      const lines = gridPath({ ...view, latitude, longitude: 180, span }).split("M").length - 1;
      expect(lines).toBeGreaterThan(3);
      expect(lines).toBeLessThan(40);
    }
  }
});

test("distances are right across the date line and at a pole", () => {
  expect(Math.round(metresBetween({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }))).toBe(
    111_195,
  );
  expect(Math.round(metresBetween({ latitude: 90, longitude: 0 }, { latitude: 90, longitude: 120 }))).toBe(0);
});

test("the coasts of a near view are a small part of the world's", async () => {
  const rings = await loadWorldMap();
  const world = pathOf(rings, { ...view, span: 120 }).length;
  const near = pathOf(rings, { ...view, latitude: 31.23, longitude: 121.47, span: 2 }).length;
  expect(near).toBeGreaterThan(0);
  expect(near).toBeLessThan(world / 50);
  expect(pathOf(rings, { ...view, latitude: 90, longitude: 180 })).not.toContain("NaN");
});

describe("cities", () => {
  const names = new Map([
    ["CN", "中国"],
    ["CH", "Schweiz"],
  ]);
  const countryName = (code: string) => names.get(code) ?? code;
  const find = async (wanted: string) => findCities(await loadCities(), wanted, countryName, 3).map(({ name }) => name);

  test("are found by their name without its accents, the largest first", async () => {
    expect(await find("zurich")).toEqual(["Zürich"]);
    expect((await find("san"))[0]).toBe("Santiago");
  });
  test("are found by the country in the reader's language, and by any word of a name", async () => {
    expect(await find("中国")).toEqual(["Shanghai", "Beijing", "Guangzhou"]);
    expect((await find("schweiz"))[0]).toBe("Zürich");
    expect(await find("york")).toContain("New York");
  });
  test("are not found by nothing, or by what is none", async () => {
    expect(await find("   ")).toEqual([]);
    expect(await find("zzzz")).toEqual([]);
    expect(await find("([")).toEqual([]);
  });
  test("the nearest one is told", async () => {
    expect(nearestCity(await loadCities(), { latitude: 31.2304, longitude: 121.4737 })?.city.name).toBe("Shanghai");
    expect(nearestCity([], { latitude: 0, longitude: 0 })).toBeNull();
  });
});
