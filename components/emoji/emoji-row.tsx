import { memo } from "react";
import { cellSize, type HeadingRow as GridHeading, type ItemRow } from "#components/emoji/grid-layout.ts";
import type { Shown } from "#components/emoji/use-emoji-sections.ts";

/* biome-ignore-start lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table cannot have. */
/* biome-ignore-start lint/a11y/useFocusableInteractive: the buttons in the cells are focused. */

type RowProps = {
  row: ItemRow<Shown>;
  columns: number;
  /** The place in this row that is the stop of the Tab key, or -1. */
  stop: number;
};

/** One line of the grid. What a press means is for the grid: it listens for all its cells. */
export const EmojiRow = memo(function EmojiRow({ row: { items, first, top, index }, columns, stop }: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className="absolute inset-x-0 grid"
      style={{ top, height: cellSize, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {items.map(({ emoji, name, entry }, at) => (
        <div role="gridcell" key={emoji} className="flex justify-center">
          <button
            type="button"
            data-at={first + at}
            tabIndex={at === stop ? 0 : -1}
            aria-label={name}
            aria-haspopup={entry.toned.length > 0 ? "dialog" : undefined}
            title={name}
            className="flex size-11 select-none items-center justify-center rounded-xl text-emoji leading-none outline-offset-[-2px] [-webkit-touch-callout:none] hover:bg-hover"
          >
            {emoji}
          </button>
        </div>
      ))}
    </div>
  );
});

export function HeadingRow({ row: { name, top, height, index } }: { row: GridHeading }) {
  return (
    <div role="row" aria-rowindex={index + 1} className="absolute inset-x-0" style={{ top, height }}>
      <div role="rowheader" className="truncate pt-1.5 font-medium text-ink-soft text-xs">
        {name}
      </div>
    </div>
  );
}

/* biome-ignore-end lint/a11y/useFocusableInteractive: as above. */
/* biome-ignore-end lint/a11y/useSemanticElements: as above. */
