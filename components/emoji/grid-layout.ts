/** Where the rows of a grid in sections stand, so that only those in sight are drawn. Pure; lengths are CSS pixels. */

const headingHeight = 28;
export const cellSize = 44;

export type Section<T> = { key: string; name: string; items: readonly T[] };
type Place = { index: number; top: number; height: number };
export type HeadingRow = Place & { type: "heading"; key: string; name: string };
/** `first`: the place of its first item among the items of all sections. */
export type ItemRow<T> = Place & { type: "items"; key: string; items: readonly T[]; first: number };
export type GridRow<T> = HeadingRow | ItemRow<T>;
export type GridLayout<T> = { rows: GridRow<T>[]; height: number; count: number };

/** `columns`: at least 1. Sections without items, and without a heading their names, take no space. */
export function layOut<T>(sections: readonly Section<T>[], columns: number): GridLayout<T> {
  const rows: GridRow<T>[] = [];
  let [top, count] = [0, 0];
  const add = (row: Omit<HeadingRow, "top" | "index"> | Omit<ItemRow<T>, "top" | "index">) => {
    rows.push({ ...row, top, index: rows.length });
    top += row.height;
  };
  for (const { key, name, items } of sections) {
    if (items.length === 0) continue;
    if (name !== "") add({ type: "heading", key, name, height: headingHeight });
    for (let from = 0; from < items.length; from += columns) {
      const inRow = items.slice(from, from + columns);
      add({ type: "items", key: `${key} ${from}`, items: inRow, first: count, height: cellSize });
      count += inRow.length;
    }
  }
  return { rows, height: top, count };
}

/** The rows between two heights, with some above and below, and the one that holds the item `at`. */
export function rowsInSight<T>({ rows }: GridLayout<T>, from: number, to: number, at: number): GridRow<T>[] {
  const around = 3 * cellSize;
  return rows.filter(
    (row) =>
      (row.top + row.height > from - around && row.top < to + around) || (row.type === "items" && holds(row, at)),
  );
}

const holds = <T>({ first, items }: ItemRow<T>, at: number) => at >= first && at < first + items.length;

export const rowOf = <T>({ rows }: GridLayout<T>, at: number): ItemRow<T> | undefined =>
  rows.find((row): row is ItemRow<T> => row.type === "items" && holds(row, at));

type Keys = { key: string; ctrlKey: boolean };

/**
 * Where a key leads from the item `at`, or undefined for other keys. Left and right go on in the next row; up and down
 * keep the column, as far as the row has it. `page`: rows that Page Up and Page Down move by.
 */
export function step<T>(layout: GridLayout<T>, at: number, { key, ctrlKey }: Keys, page: number): number | undefined {
  const rows = layout.rows.filter((row) => row.type === "items");
  const index = rows.findIndex((row) => holds(row, at));
  const row = rows[index];
  if (!row) return undefined;
  const inRow = (target: number) => {
    const other = rows[Math.min(Math.max(target, 0), rows.length - 1)] ?? row;
    return other === row ? at : Math.min(other.first + at - row.first, other.first + other.items.length - 1);
  };
  const last = layout.count - 1;
  const targets: Record<string, number> = {
    ArrowRight: Math.min(at + 1, last),
    ArrowLeft: Math.max(at - 1, 0),
    ArrowDown: inRow(index + 1),
    ArrowUp: inRow(index - 1),
    PageDown: inRow(index + page),
    PageUp: inRow(index - page),
    Home: ctrlKey ? 0 : row.first,
    End: ctrlKey ? last : row.first + row.items.length - 1,
  };
  return targets[key];
}
