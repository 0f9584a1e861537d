"use client";

import { useTranslations } from "next-intl";
import { type ListFilter, listFilters } from "#client/conversations/list-filter.ts";

type ListFiltersProps = { value: ListFilter; hasArchived: boolean; onChange: (filter: ListFilter) => void };

/** Which conversations the list shows: one stop for the keyboard, arrows between them. */
export function ListFilters({ value, hasArchived, onChange }: ListFiltersProps) {
  const t = useTranslations("conversations.filters");
  return (
    <fieldset className="flex shrink-0 flex-wrap gap-0.5 px-3 pb-2">
      <legend className="sr-only">{t("label")}</legend>
      {listFilters
        .filter((filter) => filter !== "archived" || hasArchived)
        .map((filter) => (
          <label
            key={filter}
            className="relative inline-flex min-h-7 select-none items-center rounded-full px-2 text-ink-soft text-sm transition-colors hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink pointer-coarse:min-h-9"
          >
            <input
              type="radio"
              name="list-filter"
              value={filter}
              checked={value === filter}
              onChange={() => onChange(filter)}
              className="absolute inset-0 appearance-none rounded-full"
            />
            {t(filter)}
          </label>
        ))}
    </fieldset>
  );
}
