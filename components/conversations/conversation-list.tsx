"use client";

import { MessageCirclePlus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { listed, listFilters, type Shown } from "#client/conversations/list-filter.ts";
import { isArchived, isHidden, isMuted } from "#client/conversations/settings.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useFolders } from "#client/conversations/use-folders.ts";
import { useMuteClock } from "#client/conversations/use-mute-clock.ts";
import { useLastReceipts } from "#client/messages/use-receipts.ts";
import { usePeople } from "#client/people/use-people.ts";
import { goToList } from "#components/conversations/chat-link.tsx";
import { chatRouteOf } from "#components/conversations/chat-route.ts";
import { ConversationMenu } from "#components/conversations/conversation-menu.tsx";
import { ConversationRow } from "#components/conversations/conversation-row.tsx";
import { FileDialog } from "#components/conversations/folders/file-dialog.tsx";
import { FoldersDialog } from "#components/conversations/folders/folders-dialog.tsx";
import { ListFilters } from "#components/conversations/list-filters.tsx";
import { NewMenu } from "#components/conversations/new-menu.tsx";
import { useChatSteps } from "#components/conversations/use-chat-steps.ts";
import { useReorder } from "#components/conversations/use-reorder.ts";
import { useSwipedRow } from "#components/conversations/use-swiped-row.ts";
import { UnsentBar } from "#components/messages/sending/scheduled-bar.tsx";
import { ConversationSearch } from "#components/search/conversation-search.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { MenuAt, type MenuPoint } from "#components/ui/menu-at.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { Conversation } from "#contracts/conversations.ts";

export function ConversationList({ openId }: { openId: string | null }) {
  const t = useTranslations("conversations");
  const { conversations, status, retry } = useConversations();
  // The open conversation is what the page is about; the list is only when nothing is open.
  const Title = openId === null ? "h1" : "h2";
  return (
    <>
      <header className="flex h-16 shrink-0 items-center justify-between gap-2 ps-5 pe-3">
        <Title className="font-semibold text-xl tracking-tight">{t("title")}</Title>
        <NewMenu />
      </header>
      <UnsentBar />
      <ConversationSearch conversations={conversations} ready={status === "ready"} openId={openId}>
        <QueryView status={status} retry={retry}>
          {conversations.length > 0 ? (
            <FilteredRows conversations={conversations} openId={openId} />
          ) : (
            <div className="pane-scroll min-h-0 flex-1">
              <NothingYet />
            </div>
          )}
        </QueryView>
      </ConversationSearch>
    </>
  );
}

function FilteredRows({ conversations, openId }: { conversations: Conversation[]; openId: string | null }) {
  const t = useTranslations("conversations.filters");
  const now = useMuteClock(conversations);
  const { managing, setManaging, value, choice: chosen, ...filters } = useListChoice(conversations, now);
  // The filter answers at once; a thousand rows may come later.
  const choice = useDeferredValue(chosen);
  const shown = useMemo(() => listed(conversations, { ...choice, openId, now }), [conversations, choice, openId, now]);
  useChatSteps(shown);
  return (
    <>
      <ListFilters value={value} {...filters} onFolders={() => setManaging(true)} />
      {managing ? <FoldersDialog onClose={() => setManaging(false)} /> : null}
      <div className="pane-scroll min-h-0 flex-1">
        {shown.length > 0 ? (
          <Rows conversations={shown} openId={openId} now={now} />
        ) : (
          <p className="px-6 py-12 text-center text-ink-soft">{t("none")}</p>
        )}
      </div>
    </>
  );
}

/** The filter or the folder that is chosen. */
function useListChoice(conversations: readonly Conversation[], now: number) {
  const [value, onChange] = useState<string>("all");
  const [managing, setManaging] = useState(false);
  const { folders, ready } = useFolders();
  const hasArchived = conversations.some((one) => !isHidden(one) && isArchived(one, now));
  const filter = listFilters.find((name) => name === value);
  const folder = folders.find(({ id }) => id === value);
  // The last one left the archive, or the folder was deleted.
  if (filter === "archived" && !hasArchived) onChange("all");
  if (!filter && !folder && ready) onChange("all");
  const choice = useMemo((): Shown => (folder ? { folder } : { filter: filter ?? "all" }), [folder, filter]);
  return { value, onChange, managing, setManaging, folders, hasArchived, choice };
}

type RowsProps = { conversations: Conversation[]; openId: string | null; now: number };
type OpenMenu = { conversationId: string; point: MenuPoint };

/** A row that leaves the list passes the focus on to its neighbour. */
function neighbourOf({ from }: MenuPoint): HTMLElement | null {
  const row = from.closest("li");
  return (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector("a") ?? null;
}

function Rows({ conversations, openId, now }: RowsProps) {
  const t = useTranslations("conversations");
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const onMenu = useCallback((conversationId: string, point: MenuPoint) => setMenu({ conversationId, point }), []);
  const { swipeOf, onSwipe } = useSwipedRow();
  // The same for every address, so that opening a chat draws two rows and not all.
  const onAway = useCallback((id: string) => {
    if (chatRouteOf(window.location.pathname).conversationId === id) goToList();
  }, []);
  const subject = conversations.find(({ id }) => id === menu?.conversationId);
  const [filing, setFiling] = useState<{ conversation: Conversation; from: HTMLElement } | null>(null);
  // People named in previews; the sender of a direct message is the peer or me, so needs no lookup.
  const named = useMemo(() => {
    const ids = conversations.flatMap(({ kind, lastMessage }) =>
      lastMessage && (kind === "community" || lastMessage.notice)
        ? [lastMessage.senderId, ...(lastMessage.notice?.personId ? [lastMessage.notice.personId] : [])]
        : [],
    );
    return [...new Set(ids)].sort();
  }, [conversations]);
  const people = usePeople(named);
  const receiptOf = useLastReceipts();
  const list = useRef<HTMLUListElement>(null);
  useReorder(
    list,
    conversations.map(({ id }) => id),
  );
  return (
    <>
      <ul ref={list} aria-label={t("title")} className="flex flex-col gap-0.5 p-2 pt-0">
        {conversations.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            people={people}
            open={conversation.id === openId}
            muted={isMuted(conversation, now)}
            receipt={receiptOf(conversation)}
            menuOpen={conversation.id === subject?.id}
            onMenu={onMenu}
            swipe={swipeOf(conversation.id)}
            onSwipe={onSwipe}
            onAway={onAway}
          />
        ))}
      </ul>
      <MenuAt label={t("menu.title")} point={subject && menu ? menu.point : null} onClose={() => setMenu(null)}>
        {subject && menu ? (
          <ConversationMenu
            conversation={subject}
            onFolders={() => setFiling({ conversation: subject, from: menu.point.from })}
            onAway={() => {
              menu.point.from = neighbourOf(menu.point) ?? menu.point.from;
              onAway(subject.id);
            }}
          />
        ) : null}
      </MenuAt>
      {filing ? (
        <FileDialog
          conversation={filing.conversation}
          onClose={() => {
            setFiling(null);
            // The item of the menu that had the focus before the dialog is gone.
            requestAnimationFrame(() => filing.from.focus({ preventScroll: true }));
          }}
        />
      ) : null}
    </>
  );
}

function NothingYet() {
  const t = useTranslations("conversations");
  return (
    <EmptyState
      picture={<MessageCirclePlus />}
      title={t("empty.title")}
      action={
        <>
          <Link href="/friends" className={buttonClass("primary")}>
            {t("empty.addFriend")}
          </Link>
          <Link href="/communities" className={buttonClass("ghost")}>
            {t("empty.joinCommunity")}
          </Link>
        </>
      }
    >
      {t("empty.hint")}
    </EmptyState>
  );
}
