"use client";

import { MessageCirclePlus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { usePeople } from "#client/people/use-people.ts";
import { ConversationRow } from "#components/conversations/conversation-row.tsx";
import { NewMenu } from "#components/conversations/new-menu.tsx";
import { buttonClass } from "#components/ui/button.tsx";
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
      <div className="pane-scroll min-h-0 flex-1">
        <QueryView status={status} retry={retry}>
          {conversations.length > 0 ? <Rows conversations={conversations} openId={openId} /> : <NothingYet />}
        </QueryView>
      </div>
    </>
  );
}

function Rows({ conversations, openId }: { conversations: Conversation[]; openId: string | null }) {
  const t = useTranslations("conversations");
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
  return (
    <ul aria-label={t("title")} className="flex flex-col gap-0.5 p-2 pt-0">
      {conversations.map((conversation) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          people={people}
          open={conversation.id === openId}
        />
      ))}
    </ul>
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
