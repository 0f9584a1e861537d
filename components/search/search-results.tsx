"use client";

import { NotebookPen, Settings, Star, UserRoundPlus, UsersRound, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { FoundMessage } from "#components/search/found-message.tsx";
import type { SearchAction, SearchGroup, SearchItem } from "#components/search/use-search-groups.ts";
import { optionId } from "#components/ui/option-list.tsx";

type ResultsProps = {
  id: string;
  groups: readonly SearchGroup[];
  chosen: number;
  /** More may come. */
  searching: boolean;
  onPick: (item: SearchItem) => void;
};

/** The list of the combobox: the focus stays in the field, and the arrows move through all groups. */
export function SearchResults({ id, groups, chosen, searching, onPick }: ResultsProps) {
  const t = useTranslations("search");
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other results may have moved the chosen one out of sight.
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, groups]);
  if (groups.length === 0)
    return <p className="px-6 py-12 text-center text-ink-soft">{t(searching ? "searching" : "none")}</p>;
  let before = 0;
  return (
    <div ref={list} role="listbox" id={id} aria-label={t("results")} className="px-2 pb-2">
      {groups.map(({ name, items }) => {
        const from = before;
        before += items.length;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields.
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <p id={`${id}-${name}`} className="px-3 pt-2 pb-1 font-medium text-ink-soft text-sm">
              {t(name)}
            </p>
            {items.map((item, at) => (
              <Option
                key={item.key}
                id={optionId(id, from + at)}
                item={item}
                chosen={from + at === chosen}
                onPick={onPick}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

type OptionProps = { id: string; item: SearchItem; chosen: boolean; onPick: (item: SearchItem) => void };

function Option({ id, item, chosen, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the field, which keeps the focus.
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(item)}
      className="tap flex cursor-pointer scroll-my-10 items-center gap-3 rounded-xl px-3 py-1.5 hover:bg-hover aria-selected:bg-accent-soft"
    >
      {item.target.group === "messages" ? (
        <FoundMessage label={item.label} target={item.target} />
      ) : (
        <>
          <Picture item={item} />
          <bdi className="min-w-0 flex-1 truncate font-medium">{item.label}</bdi>
          <Code item={item} />
        </>
      )}
    </div>
  );
}

/** Tells people of the same name apart. */
function Code({ item: { label, target } }: { item: SearchItem }) {
  if (target.group === "actions" || target.group === "messages") return null;
  const person = target.group === "people" ? target.person : target.conversation.peer;
  if (!person) return null;
  const text = person.displayName === label ? `@${person.handle}` : person.displayName;
  return <bdi className="max-w-2/5 shrink-0 truncate text-ink-soft text-sm">{text}</bdi>;
}

const icons: Record<SearchAction, ReactNode> = {
  friend: <UserRoundPlus />,
  community: <UsersRound />,
  notes: <NotebookPen />,
  settings: <Settings />,
  wallet: <Wallet />,
  starred: <Star />,
};

function Picture({ item: { target } }: { item: SearchItem }) {
  if (target.group === "chats" || target.group === "messages")
    return <ConversationIcon conversation={target.conversation} size={36} />;
  if (target.group === "people") return <Avatar person={target.person} size={36} />;
  return (
    <span aria-hidden className="flex size-9 shrink-0 items-center justify-center text-accent-ink [&>svg]:size-5">
      {icons[target.action]}
    </span>
  );
}
