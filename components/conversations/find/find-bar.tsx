"use client";

import { CalendarDays, ChevronDown, ChevronUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useMembers } from "#client/communities/use-members.ts";
import { useMessageSearch } from "#client/search/use-message-search.ts";
import { openMessage } from "#components/conversations/chat-link.tsx";
import { CalendarDialog } from "#components/conversations/find/calendar-dialog.tsx";
import { SearchFilters } from "#components/search/search-filters.tsx";
import { useNamedPeople } from "#components/search/use-named.ts";
import { IconButton } from "#components/ui/button.tsx";
import { isComposed } from "#components/ui/composing.ts";
import { SearchInput } from "#components/ui/search-input.tsx";
import type { Conversation } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";

/** So many results before the last that was loaded, the next ones are asked for. */
const ahead = 5;

/** 聊天内搜索: a field above the timeline that steps through what was said here, the newest first, and a calendar. */
export function FindBar({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations("search");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [calendar, setCalendar] = useState(false);
  const { found, people, at, step, total } = useFound(conversation, typed);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event)) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search aria-label={t("find")} className="shrink-0 border-b bg-surface pt-2 pb-1">
      <div className="flex items-center gap-1 px-3 pb-1">
        <div className="relative min-w-0 flex-1">
          <SearchInput
            ref={field}
            inputMode="search"
            dir="auto"
            aria-label={t("findField")}
            placeholder={t("findField")}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={limits.searchQuery.max}
            enterKeyHint="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <IconButton label={t("older")} disabled={total === 0} onClick={() => step(1)}>
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t("newer")} disabled={at < 1} onClick={() => step(-1)}>
          <ChevronDown aria-hidden />
        </IconButton>
        <IconButton label={t("calendar")} aria-haspopup="dialog" onClick={() => setCalendar(true)}>
          <CalendarDays aria-hidden />
        </IconButton>
        <IconButton label={t("findClose")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      <SearchFilters typed={typed} people={people} places={noPlaces} onTyped={setTyped} />
      <p role="status" className="px-5 text-ink-soft text-xs empty:hidden">
        {found.idle ? null : found.searching ? t("searching") : <Place at={at} total={total} exact={found.exact} />}
      </p>
      {found.behind ? <p className="px-5 text-ink-soft text-xs">{t("behind")}</p> : null}
      <CalendarDialog conversationId={conversation.id} open={calendar} onOpenChange={setCalendar} />
    </search>
  );
}

const noPlaces: never[] = [];

function Place({ at, total, exact }: { at: number; total: number; exact: boolean }) {
  const t = useTranslations("search");
  if (at < 0) return t("places", { count: total });
  return t(exact ? "place" : "placeMany", { at: at + 1, count: total });
}

/** What was found, and the one that is shown: none at first, then the newest, then older ones. */
function useFound(conversation: Conversation, typed: string) {
  const { members, people: profiles } = useMembers(conversation.community ? conversation.id : null);
  const others = useMemo(() => members.flatMap(({ personId }) => profiles.get(personId) ?? []), [members, profiles]);
  const people = useNamedPeople(others);
  const found = useMessageSearch({ typed, people, places: noPlaces, only: conversation.id, active: true });
  const [shown, setShown] = useState<{ typed: string; at: number } | null>(null);
  const at = shown?.typed === typed ? shown.at : -1;
  const { hits, searching, hasMore, loadingMore, loadMore } = found;
  const step = (by: 1 | -1) => {
    const next = hits[at + by];
    if (!next || searching) return;
    setShown({ typed, at: at + by });
    openMessage(next.message.conversationId, next.message.seq);
    if (at + by >= hits.length - ahead && hasMore && !loadingMore) loadMore();
  };
  const total = Math.max(hits.length, found.counts[0]?.count ?? 0);
  return { found, people, at, step, total };
}
