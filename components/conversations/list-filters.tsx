"use client";

import { FolderCog } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ListFilter, listFilters } from "#client/conversations/list-filter.ts";
import { IconButton } from "#components/ui/button.tsx";
import type { Folder } from "#contracts/folders.ts";

type ListFiltersProps = {
  /** A filter, or the id of a folder. */
  value: string;
  folders: readonly Folder[];
  hasArchived: boolean;
  onChange: (value: string) => void;
  onFolders: () => void;
};

/** Which conversations the list shows: one stop for the keyboard, arrows between them; what has no room is scrolled to. */
export function ListFilters({ value, folders, hasArchived, onChange, onFolders }: ListFiltersProps) {
  const t = useTranslations("conversations.filters");
  const filters = listFilters.filter((filter) => filter !== "archived" || hasArchived);
  const named = (name: ListFilter) => ({ value: name, label: t(name) });
  const choices = [...filters.map(named), ...folders.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <div className="flex shrink-0 items-center ps-3 pe-2 pb-1">
      <fieldset
        // A mouse has one wheel, and the row has no bar to drag.
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX !== 0) return;
          const direction = getComputedStyle(currentTarget).direction === "rtl" ? -1 : 1;
          currentTarget.scrollBy({ left: deltaY * direction });
        }}
        className="-my-1 flex min-w-0 flex-1 gap-0.5 overflow-x-auto p-1 [overscroll-behavior-x:contain] [scrollbar-width:none]"
      >
        <legend className="sr-only">{t("label")}</legend>
        {choices.map(({ value: each, label }) => (
          <label
            key={each}
            className="relative inline-flex min-h-7 shrink-0 select-none items-center whitespace-nowrap rounded-full px-2 text-ink-soft text-sm transition-colors hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink pointer-coarse:min-h-9"
          >
            <input
              type="radio"
              name="list-filter"
              value={each}
              checked={value === each}
              onChange={(event) => {
                onChange(each);
                event.currentTarget.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
              }}
              className="absolute inset-0 appearance-none rounded-full"
            />
            <bdi>{label}</bdi>
          </label>
        ))}
      </fieldset>
      <IconButton label={t("folders")} aria-haspopup="dialog" onClick={onFolders}>
        <FolderCog aria-hidden />
      </IconButton>
    </div>
  );
}
