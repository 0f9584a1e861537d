import type { ReactNode } from "react";

type OptionListProps = {
  id: string;
  label: string;
  options: readonly { key: string; content: ReactNode }[];
  /** The place of the one that the arrows stand on. */
  chosen: number | null;
  onPick: (at: number) => void;
};

/** For `aria-activedescendant` of the field. */
export const optionId = (listId: string, at: number) => `${listId}-${at}`;

/** What may be meant at the caret, above the field; the focus stays in it, and the arrows move through the list. */
export function OptionList({ id, label, options, chosen, onPick }: OptionListProps) {
  if (options.length === 0) return null;
  return (
    <div
      role="listbox"
      id={id}
      aria-label={label}
      className="absolute inset-x-0 bottom-full z-20 mx-auto mb-1 w-full max-w-80 animate-rise rounded-2xl border border-line bg-raised p-1.5 shadow-pop sm:start-5 sm:mx-0"
    >
      {options.map(({ key, content }, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field, which keeps the focus.
        <div
          key={key}
          role="option"
          id={optionId(id, at)}
          tabIndex={-1}
          aria-selected={at === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(at)}
          className="tap flex cursor-pointer items-center gap-3 rounded-xl px-2 py-1 aria-selected:bg-hover"
        >
          {content}
        </div>
      ))}
    </div>
  );
}
