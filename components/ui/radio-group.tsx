"use client";

import { useId } from "react";

type ChoiceProps<Value extends string> = {
  label: string;
  hint?: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string }[];
  onChange: (value: Value) => void;
  /** Side by side for short words, below each other when each needs a sentence. */
  direction?: "row" | "column";
};

/** One of a few: real radio buttons, so that arrow keys and screen readers know what to do. */
export function RadioGroup<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
  direction = "row",
}: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      {hint ? (
        <p id={`${name}-hint`} className="-mt-1 mb-2 text-ink-soft text-sm">
          {hint}
        </p>
      ) : null}
      <div className={direction === "row" ? "flex flex-wrap gap-2" : "flex flex-col gap-2"}>
        {options.map((option) => (
          <label
            key={option.value}
            className="tap flex items-center gap-2.5 rounded-xl border border-line bg-surface px-3 py-1.5 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              className="size-4"
            />
            <span>
              {option.label}
              {option.hint ? <span className="block text-ink-soft text-sm">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
