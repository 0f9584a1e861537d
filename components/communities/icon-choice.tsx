"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";

/** Enough for most; each is one emoji that every current system draws. */
const icons = ["🌱", "🎨", "📚", "🎵", "⚽", "🍜", "💻", "✈️", "🎮", "📷", "🐾", "💼"] as const;

export function IconChoice({ value, onChange }: { value: string; onChange: (icon: string) => void }) {
  const t = useTranslations("communities");
  const name = useId();
  // One chosen elsewhere (through the API) stays choosable.
  const offered = value === "" || icons.some((icon) => icon === value) ? icons : [value, ...icons];
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{t("icon")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {["", ...offered].map((icon) => (
          <label
            key={icon}
            className="inline-flex h-11 min-w-11 items-center justify-center rounded-xl border border-line text-xl hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === icon}
              onChange={() => onChange(icon)}
              aria-label={icon === "" ? t("iconNone") : icon}
            />
            <span aria-hidden className={icon === "" ? "px-3 text-ink-soft text-sm" : ""}>
              {icon === "" ? t("iconNone") : icon}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
