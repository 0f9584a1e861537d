"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { isComposed } from "#components/ui/composing.ts";
import { SearchInput } from "#components/ui/search-input.tsx";

type SearchProps = {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  onQuery: (query: string) => void;
  /** The arrow down. */
  onDown: () => void;
  onEnter: () => void;
};

/** Searches at each letter; Enter takes the first that was found. */
export function EmojiSearch({ field, query, onQuery, onDown, onEnter }: SearchProps) {
  const t = useTranslations("emoji");
  useEffect(() => {
    // Not on touch: the keyboard would cover the panel.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event) || (event.key !== "ArrowDown" && event.key !== "Enter")) return;
    event.preventDefault();
    if (event.key === "Enter") onEnter();
    else onDown();
  };
  return (
    <div className="relative min-w-0 flex-1">
      <SearchInput
        ref={field}
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        maxLength={60}
        enterKeyHint="search"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
