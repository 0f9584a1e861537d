/** Where a picture of an album is, in pixels of the album's rectangle. */
export type Tile = { x: number; y: number; width: number; height: number };
export type Mosaic = { width: number; height: number; tiles: Tile[] };

type Size = { width: number; height: number };

const width = 312;
const heights = { min: 156, max: 416 };
/** No side of a picture is shorter: it can be seen what it is, and be hit by a finger. */
export const minTilePx = 64;
const mostInRow = 4;
/** Longer or wider shapes are cut; the lightbox shows them whole. */
const ratios = { min: 0.55, max: 2.2 };
/** How much worse tiles of unequal size and an album far from a square are than pictures that are cut. */
const weights = { unequal: 0.12, shape: 0.35 };

const bounded = (value: number, { min, max }: { min: number; max: number }) => Math.min(max, Math.max(min, value));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/**
 * Places the pictures of an album so that they fill one rectangle: in rows of one height, or the first one beside a
 * column of the others. Of all such mosaics it takes the one that cuts the pictures least. Depends on the sizes alone, so
 * the room is known before a picture is there. For 2 to 10 pictures; fewer or more are placed too.
 */
export function mosaicOf(pictures: readonly Size[]): Mosaic {
  const shapes = pictures.map((picture) => bounded(picture.width / picture.height, ratios));
  let best: Mosaic = { width, height: 0, tiles: [] };
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidatesFor(shapes)) {
    const cost = costOf(candidate, shapes);
    // Rounding differs between machines in the last digit; an equal one does not replace the first.
    if (cost < least - 1e-9) [best, least] = [candidate, cost];
  }
  return best;
}

function candidatesFor(shapes: readonly number[]): Mosaic[] {
  const count = shapes.length;
  // Many rows of one picture each would be a tower.
  const rows = rowsOf(shapes, count <= 4 ? count : Math.ceil(count / 2)).map(inRows);
  return count === 3 || count === 4 ? [...rows, besideColumn(shapes)] : rows;
}

/** Every way to cut the list into at most so many rows. */
function rowsOf(shapes: readonly number[], most: number): number[][][] {
  if (shapes.length === 0) return [[]];
  if (most * mostInRow < shapes.length) return [];
  const all: number[][][] = [];
  for (let first = 1; first <= Math.min(mostInRow, shapes.length); first += 1) {
    for (const rest of rowsOf(shapes.slice(first), most - 1)) all.push([shapes.slice(0, first), ...rest]);
  }
  return all;
}

function inRows(rows: readonly number[][]): Mosaic {
  const natural = rows.map((row) => width / sum(row));
  const height = heightFor(sum(natural), rows.length);
  const tops = edges(height, natural);
  const tiles = rows.flatMap((row, at) => {
    const [y, end] = between(tops, at);
    const sides = edges(width, row);
    return row.map((_, column) => {
      const [x, right] = between(sides, column);
      return { x, y, width: right - x, height: end - y };
    });
  });
  return { width, height, tiles };
}

/** The first picture at the full height, the others under each other at its side. */
function besideColumn([first = 1, ...others]: readonly number[]): Mosaic {
  const column = others.map((shape) => 1 / shape);
  const height = heightFor(width / (first + 1 / sum(column)), others.length);
  const [, middle] = between(edges(width, [first * height, height / sum(column)]), 0);
  const tops = edges(height, column);
  const side = others.map((_, at) => {
    const [y, end] = between(tops, at);
    return { x: middle, y, width: width - middle, height: end - y };
  });
  return { width, height, tiles: [{ x: 0, y: 0, width: middle, height }, ...side] };
}

const heightFor = (natural: number, rows: number) =>
  Math.round(bounded(natural, { min: heights.min, max: Math.max(heights.max, rows * minTilePx) }));

/**
 * Cuts a length into parts in proportion to their weights, none shorter than the least side, at whole pixels. The
 * edges are shared by neighbours, so there is neither a hole nor an overlap.
 */
function edges(length: number, parts: readonly number[]): number[] {
  const short = new Set<number>();
  for (;;) {
    const free = sum(parts.filter((_, at) => !short.has(at)));
    const unit = (length - short.size * minTilePx) / free;
    const next = parts.findIndex((part, at) => !short.has(at) && part * unit < minTilePx);
    if (next < 0) return rounded(parts.map((part, at) => (short.has(at) ? minTilePx : part * unit)));
    short.add(next);
  }
}

/** Where each part begins, and where the last ends. */
function rounded(parts: readonly number[]): number[] {
  let end = 0;
  const ends = [0];
  for (const part of parts) {
    end += part;
    ends.push(Math.round(end));
  }
  return ends;
}

const between = (all: readonly number[], at: number): [number, number] => [all[at] ?? 0, all[at + 1] ?? 0];

function costOf({ height, tiles }: Mosaic, shapes: readonly number[]): number {
  const mean = (width * height) / tiles.length;
  const off = (value: number) => Math.log(value) ** 2;
  const cut = sum(tiles.map((tile, at) => off(tile.width / tile.height / (shapes[at] ?? 1))));
  const unequal = sum(tiles.map((tile) => off((tile.width * tile.height) / mean)));
  return cut + weights.unequal * unequal + weights.shape * off(height / width);
}
