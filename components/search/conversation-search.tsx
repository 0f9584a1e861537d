"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FocusEvent, type ReactNode, useId, useRef, useState } from "react";
import { CreateCommunityDialog } from "#components/communities/create-community-dialog.tsx";
import { openChat } from "#components/conversations/chat-link.tsx";
import { conversationPath, messagePath } from "#components/conversations/chat-route.ts";
import { useOpenNotes } from "#components/conversations/use-open-notes.ts";
import { AddFriendDialog } from "#components/friends/add-friend-dialog.tsx";
import { SearchField } from "#components/search/search-field.tsx";
import { SearchFilters } from "#components/search/search-filters.tsx";
import { SearchResults } from "#components/search/search-results.tsx";
import { useFoundMessages } from "#components/search/use-found-messages.ts";
import { useSearchFocus } from "#components/search/use-search-focus.ts";
import {
  type SearchAction,
  type SearchGroup,
  type SearchItem,
  useSearchGroups,
} from "#components/search/use-search-groups.ts";
import { LoadMore } from "#components/ui/load-more.tsx";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Conversation } from "#contracts/conversations.ts";

type SearchProps = {
  conversations: readonly Conversation[];
  /** Until the list is there, what stands in its place says so. */
  ready: boolean;
  openId: string | null;
  children: ReactNode;
};

/** The field above the list. While it has the focus or a text, results stand in place of the list (`children`). */
export function ConversationSearch({ conversations, ready, openId, children }: SearchProps) {
  const t = useTranslations("search");
  const router = useRouter();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const [focused, setFocused] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [dialog, setDialog] = useState<SearchAction | null>(null);
  const openNotes = useOpenNotes();
  const returnFocus = useSearchFocus(field, openId);
  const open = focused || query !== "";
  const shown = open && ready;
  const things = useSearchGroups(conversations, { query, openId, active: shown });
  const found = useFoundMessages(conversations, query, shown);
  const groups = found.items.length > 0 ? [...things, { name: "messages" as const, items: found.items }] : things;
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(chosen, Math.max(0, items.length - 1));

  const write = (text: string) => {
    setQuery(text);
    setChosen(0);
  };
  const close = () => {
    write("");
    setFocused(false);
  };
  const leave = () => {
    close();
    returnFocus();
  };
  const pick = ({ target }: SearchItem) => {
    // The results stay: beside the message, or behind it on a phone, for the next one.
    if (target.group === "messages") return openChat(messagePath(target.message.conversationId, target.message.seq));
    close();
    field.current?.blur();
    if (target.group === "actions") {
      if (target.action === "settings") router.push("/settings");
      else if (target.action === "wallet") router.push("/settings/wallet");
      else if (target.action === "starred") router.push("/settings/starred");
      else if (target.action === "notes") openNotes();
      else setDialog(target.action);
    } else if (target.conversationId === openId) document.getElementById("composer")?.focus();
    else openChat(conversationPath(target.conversationId));
  };
  // On wide screens the results stand beside the conversation and cover nothing.
  useBackLayer(open && matchMedia("(width < 56.25rem)").matches, leave);

  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
  };
  return (
    <>
      <search className="contents" onFocus={() => setFocused(true)} onBlur={onBlur}>
        <SearchField
          {...{ field, listId, query, open, chosen: at, count: items.length }}
          onQuery={write}
          onChoose={setChosen}
          onEnter={() => items[at] && pick(items[at])}
          onLeave={leave}
        />
        {shown ? (
          <Found
            {...{ listId, groups, found, query }}
            chosen={at}
            onPick={pick}
            onTyped={(typed) => {
              write(typed);
              field.current?.focus();
            }}
          />
        ) : null}
        <p role="status" className="sr-only">
          {query === "" || !ready || found.searching
            ? ""
            : t("found", { count: items.length - found.items.length + found.total })}
        </p>
      </search>
      {/* Not unmounted: the list keeps its filter and its scroll position. */}
      <div className={shown ? "hidden" : "contents"}>{children}</div>
      <ActionDialogs open={dialog} onClose={() => setDialog(null)} />
    </>
  );
}

type FoundProps = {
  listId: string;
  query: string;
  groups: readonly SearchGroup[];
  found: ReturnType<typeof useFoundMessages>;
  chosen: number;
  onPick: (item: SearchItem) => void;
  onTyped: (typed: string) => void;
};

function Found({ listId, query, groups, found, chosen, onPick, onTyped }: FoundProps) {
  const t = useTranslations("search");
  const { people, places, chips, searching, behind, idle, hasMore, loadingMore, loadMore } = found;
  return (
    <>
      <SearchFilters typed={query} counts={chips} {...{ people, places, onTyped }} />
      <div className="pane-scroll min-h-0 flex-1">
        <SearchResults id={listId} {...{ groups, chosen, searching, onPick }} />
        {behind ? <p className="px-5 py-2 text-ink-soft text-sm">{t("behind")}</p> : null}
        {idle ? null : <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />}
      </div>
    </>
  );
}

function ActionDialogs({ open, onClose }: { open: SearchAction | null; onClose: () => void }) {
  return (
    <>
      <AddFriendDialog open={open === "friend"} onOpenChange={onClose} />
      <CreateCommunityDialog open={open === "community"} onOpenChange={onClose} />
    </>
  );
}
