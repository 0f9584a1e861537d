"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, RefObject } from "react";
import { isComposed } from "#components/ui/composing.ts";
import { optionId } from "#components/ui/option-list.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";

type FieldProps = {
  field: RefObject<HTMLInputElement | null>;
  listId: string;
  query: string;
  open: boolean;
  /** The place of the result that the arrows stand on, and how many there are. */
  chosen: number;
  count: number;
  onQuery: (query: string) => void;
  onChoose: (at: number) => void;
  onEnter: () => void;
  onLeave: () => void;
};

/** A combobox: arrows choose, Enter opens, Escape empties and then leaves; Home and End stay in the text. */
export function SearchField(props: FieldProps) {
  const { field, listId, query, open, chosen, count, onQuery, onChoose, onEnter, onLeave } = props;
  const t = useTranslations("search");
  const onKeyDown = (event: KeyboardEvent) => {
    // With Alt the arrows go from chat to chat.
    if (isComposed(event) || event.altKey) return;
    if (event.key === "Escape") {
      if (query === "") onLeave();
      else onQuery("");
    } else if (event.key === "Enter") onEnter();
    else if (event.key === "ArrowDown") onChoose(count === 0 ? 0 : (chosen + 1) % count);
    else if (event.key === "ArrowUp") onChoose(count === 0 ? 0 : (chosen - 1 + count) % count);
    else return;
    event.preventDefault();
  };
  const shown = open && count > 0;
  return (
    <div className="relative mx-3 mb-2 shrink-0">
      <SearchInput
        ref={field}
        type="text"
        inputMode="search"
        role="combobox"
        dir="auto"
        aria-label={t("label")}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-activedescendant={shown ? optionId(listId, chosen) : undefined}
        aria-keyshortcuts="Control+K Meta+K"
        placeholder={t("label")}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        enterKeyHint="go"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="pe-10"
      />
      {open ? (
        <button
          type="button"
          aria-label={t("clear")}
          title={t("clear")}
          onClick={onLeave}
          className="absolute end-1.5 top-1/2 flex size-7 -translate-y-1/2 items-center justify-center rounded-full text-ink-soft hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4.5" />
        </button>
      ) : null}
    </div>
  );
}
