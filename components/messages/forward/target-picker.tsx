"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { ChosenTargets } from "#components/messages/forward/chosen-targets.tsx";
import { type Target, useTargets } from "#components/messages/forward/use-targets.ts";
import { Avatar } from "#components/people/avatar.tsx";
import { ChoiceMark } from "#components/ui/choice-mark.tsx";
import { isComposed } from "#components/ui/composing.ts";
import { optionId } from "#components/ui/option-list.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { limits } from "#contracts/limits.ts";

type PickerProps = {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  only?: "all" | "friends";
};

/** A search with a list that takes several: the focus stays in the field, arrows move, Enter chooses. */
export function TargetPicker({ chosen, onChange, only = "all" }: PickerProps) {
  const t = useTranslations("messages.forward");
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { found, all } = useTargets(query, only);
  const at = Math.min(active, Math.max(0, found.length - 1));
  const full = chosen.length >= limits.forward.targets;
  const toggle = ({ key }: Target) => {
    if (chosen.includes(key)) onChange(chosen.filter((one) => one !== key));
    else if (!full) onChange([...chosen, key]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event)) return;
    const one = found[at];
    if (event.key === "Enter" && one) toggle(one);
    else if (event.key === "ArrowDown") setActive(found.length === 0 ? 0 : (at + 1) % found.length);
    else if (event.key === "ArrowUp") setActive(found.length === 0 ? 0 : (at - 1 + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="relative">
        <SearchInput
          type="text"
          inputMode="search"
          role="combobox"
          dir="auto"
          aria-label={t("find")}
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={found.length > 0 ? listId : undefined}
          aria-activedescendant={found.length > 0 ? optionId(listId, at) : undefined}
          placeholder={t("find")}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ChosenTargets targets={chosen.flatMap((key) => all.find((one) => one.key === key) ?? [])} onRemove={toggle} />
      {full ? <p className="mt-2 text-ink-soft text-sm">{t("full", { max: limits.forward.targets })}</p> : null}
      <Options {...{ listId, found, at, chosen }} onPick={toggle} />
    </>
  );
}

type OptionsProps = {
  listId: string;
  found: readonly Target[];
  at: number;
  chosen: readonly string[];
  onPick: (target: Target) => void;
};

function Options({ listId, found, at, chosen, onPick }: OptionsProps) {
  const t = useTranslations("messages.forward");
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other results may have moved the active one out of sight.
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [at, found]);
  if (found.length === 0) return <p className="py-10 text-center text-ink-soft">{t("none")}</p>;
  return (
    <div
      ref={list}
      role="listbox"
      aria-multiselectable
      id={listId}
      aria-label={t("chats")}
      tabIndex={-1}
      className="pane-scroll -mx-2 mt-2 h-56"
    >
      {found.map((target, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field, which keeps the focus.
        <div
          key={target.key}
          role="option"
          id={optionId(listId, index)}
          tabIndex={-1}
          aria-selected={chosen.includes(target.key)}
          data-active={index === at || undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(target)}
          className="tap group flex cursor-pointer items-center gap-3 rounded-xl px-2 py-1.5 hover:bg-hover data-active:bg-hover"
        >
          <ChoiceMark />
          <Picture target={target} />
          <span className="min-w-0 flex-1 truncate font-medium">
            <bdi>{target.label}</bdi>
          </span>
        </div>
      ))}
    </div>
  );
}

function Picture({ target: { target } }: { target: Target }) {
  if (target.group === "chats") return <ConversationIcon conversation={target.conversation} size={36} />;
  return <Avatar person={target.person} size={36} />;
}
