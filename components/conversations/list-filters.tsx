"use client";

import { FolderCog } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ListFilter, listFilters } from "#client/conversations/list-filter.ts";
import { IconButton } from "#components/ui/button.tsx";
import { ChipRow, chipClass } from "#components/ui/chip-row.tsx";
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
      <ChipRow label={t("label")}>
        {choices.map(({ value: each, label }) => (
          <label key={each} className={chipClass}>
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
      </ChipRow>
      <IconButton label={t("folders")} aria-haspopup="dialog" onClick={onFolders}>
        <FolderCog aria-hidden />
      </IconButton>
    </div>
  );
}
