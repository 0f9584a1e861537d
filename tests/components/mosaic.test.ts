import { describe, expect, test } from "vitest";
import { type Mosaic, minTilePx, mosaicOf, type Tile } from "#components/media/mosaic.ts";

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** From a panorama to a screenshot of a long page. */
const shapes = [0.05, 0.3, 9 / 16, 2 / 3, 3 / 4, 1, 4 / 3, 3 / 2, 16 / 9, 3, 20];
const sized = (ratio: number) => ({
  width: Math.round(1_000 * Math.sqrt(ratio)),
  height: Math.round(1_000 / Math.sqrt(ratio)),
});

const areaOf = ({ width, height }: { width: number; height: number }) => width * height;

/** What is wrong with a mosaic. Tiles within the rectangle that are apart and together as large as it leave no hole. */
function faultsOf(mosaic: Mosaic): string[] {
  const { width, height, tiles } = mosaic;
  const faults: string[] = [];
  for (const [at, tile] of tiles.entries()) {
    const { x, y } = tile;
    if (tile.width < minTilePx || tile.height < minTilePx) faults.push(`small: ${JSON.stringify(tile)}`);
    if (![x, y, tile.width, tile.height].every(Number.isInteger)) faults.push("between pixels");
    if (x < 0 || y < 0 || x + tile.width > width || y + tile.height > height) faults.push("outside");
    const beside = (other: Tile) => x >= other.x + other.width || other.x >= x + tile.width;
    const below = (other: Tile) => y >= other.y + other.height || other.y >= y + tile.height;
    if (tiles.slice(at + 1).some((other) => !beside(other) && !below(other))) faults.push("overlap");
  }
  if (tiles.reduce((all, tile) => all + areaOf(tile), 0) !== areaOf(mosaic)) faults.push("hole");
  return faults;
}

test("a hole, an overlap and a tiny picture are found", () => {
  const [left, right] = [
    { x: 0, y: 0, width: 100, height: 100 },
    { x: 100, y: 0, width: 100, height: 100 },
  ];
  expect(faultsOf({ width: 200, height: 100, tiles: [left, right] })).toEqual([]);
  expect(faultsOf({ width: 201, height: 100, tiles: [left, right] })).toEqual(["hole"]);
  expect(faultsOf({ width: 200, height: 100, tiles: [left, { ...right, x: 99 }] })).toEqual(["overlap"]);
  expect(
    faultsOf({
      width: 200,
      height: 100,
      tiles: [
        { ...left, width: 150 },
        { ...right, x: 150, width: 50 },
      ],
    }),
  ).toEqual(['small: {"x":150,"y":0,"width":50,"height":100}']);
});

describe.each([2, 3, 4, 5, 6, 7, 8, 9, 10])("an album of %i", (count) => {
  test("fills its rectangle without a hole, an overlap or a tiny picture, whatever the shapes", () => {
    const next = random(count);
    const ratiosOf = () => Array.from({ length: count }, () => shapes[Math.floor(next() * shapes.length)] ?? 1);
    const albums = [
      ...shapes.map((shape) => Array.from({ length: count }, () => shape)),
      ...Array.from({ length: 60 }, ratiosOf),
    ];
    const faults = albums.flatMap((ratios) => {
      const mosaic = mosaicOf(ratios.map(sized));
      expect(mosaic.tiles).toHaveLength(count);
      return faultsOf(mosaic).map((fault) => `${ratios.join(" ")}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  test("stays within the height of a bubble, and keeps the order of reading", () => {
    const next = random(100 + count);
    for (let album = 0; album < 60; album += 1) {
      const { height, tiles } = mosaicOf(Array.from({ length: count }, () => sized(0.2 + 3 * next())));
      expect(height).toBeGreaterThanOrEqual(156);
      expect(height).toBeLessThanOrEqual(416);
      for (const [at, tile] of tiles.entries()) {
        const before = tiles[at - 1];
        if (before) expect(tile.y > before.y || tile.x > before.x).toBe(true);
      }
    }
  });
});

const placesOf = (...ratios: number[]) =>
  mosaicOf(ratios.map(sized)).tiles.map(({ x, y, width, height }) => [x, y, width, height]);

test("the shapes decide the places", () => {
  // Two wide ones under each other, two upright ones side by side.
  expect(placesOf(1.5, 1.5)).toEqual([
    [0, 0, 312, 208],
    [0, 208, 312, 208],
  ]);
  expect(placesOf(0.75, 0.75)).toEqual([
    [0, 0, 156, 208],
    [156, 0, 156, 208],
  ]);
  // An upright one beside a column of wide ones.
  expect(placesOf(0.67, 1.5, 1.5)).toEqual([
    [0, 0, 147, 220],
    [147, 0, 165, 110],
    [147, 110, 165, 110],
  ]);
  expect(placesOf(1.5, 1.5, 1.5)).toEqual([
    [0, 0, 312, 208],
    [0, 208, 156, 104],
    [156, 208, 156, 104],
  ]);
  expect(placesOf(0.75, 0.75, 0.75, 0.75, 0.75)).toEqual([
    [0, 0, 156, 208],
    [156, 0, 156, 208],
    [0, 208, 104, 139],
    [104, 208, 104, 139],
    [208, 208, 104, 139],
  ]);
});

test("the same album has the same places at any resolution", () => {
  const small = [sized(1.5), sized(0.7), sized(1)];
  const large = small.map(({ width, height }) => ({ width: width * 4, height: height * 4 }));
  expect(mosaicOf(large)).toEqual(mosaicOf(small));
});
