"use client";

import { ArrowLeft, FileText, Images, Link2, Mic } from "lucide-react";
import { useTranslations } from "next-intl";
import { Tabs } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { useConversationMedia } from "#client/messages/use-conversation-media.ts";
import { ChatLink, openChat } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { MediaList } from "#components/conversations/media/media-list.tsx";
import { PictureGrid } from "#components/conversations/media/picture-grid.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { useGonePage } from "#components/conversations/use-gone-page.ts";
import { LoadMore } from "#components/ui/load-more.tsx";
import { onEscape } from "#components/ui/on-escape.ts";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { type MediaGroup, mediaGroups } from "#contracts/messages/media.ts";

/** In the place of a conversation: its pictures and films, files, links and voices, the newest first. */
export function MediaPane({ conversationId }: { conversationId: string }) {
  const t = useTranslations("conversationMedia");
  const { conversation, status, retry } = useConversation(conversationId);
  const nameOf = useConversationName();
  const name = conversation ? nameOf(conversation) : null;
  useGonePage(name ?? (status === "missing" ? undefined : null));
  return (
    <section
      data-pane
      aria-label={t("link")}
      className="flex min-w-0 flex-1 flex-col bg-surface"
      onKeyDown={onEscape(() => openChat(conversationPath(conversationId)))}
    >
      <Header conversationId={conversationId} name={name} />
      <QueryView status={status} retry={retry}>
        {conversation ? <Groups conversationId={conversationId} /> : <Missing />}
      </QueryView>
    </section>
  );
}

function Missing() {
  const t = useTranslations("conversations");
  return <p className="px-6 py-16 text-center text-ink-soft">{t("missing")}</p>;
}

function Header({ conversationId, name }: { conversationId: string; name: string | null }) {
  const t = useTranslations("conversationMedia");
  const back = useRef<HTMLAnchorElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <header className="flex h-16 shrink-0 items-center gap-2 border-b ps-2 pe-4">
      <ChatLink
        ref={back}
        href={conversationPath(conversationId)}
        aria-label={t("back")}
        title={t("back")}
        className="tap inline-flex aspect-square items-center justify-center rounded-xl text-ink-soft hover:bg-hover hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-5 rtl:-scale-x-100" />
      </ChatLink>
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold leading-5">{t("title")}</h1>
        <bdi className="block truncate text-ink-soft text-xs leading-4">{name}</bdi>
      </div>
    </header>
  );
}

const icons: Record<MediaGroup, ReactNode> = {
  pictures: <Images aria-hidden />,
  files: <FileText aria-hidden />,
  links: <Link2 aria-hidden />,
  voices: <Mic aria-hidden />,
};

function Groups({ conversationId }: { conversationId: string }) {
  const t = useTranslations("conversationMedia");
  return (
    <Tabs.Root defaultValue="pictures" className="flex min-h-0 flex-1 flex-col">
      <Tabs.List aria-label={t("title")} className="flex shrink-0 border-b">
        {mediaGroups.map((of) => (
          <Tabs.Trigger
            key={of}
            value={of}
            className="tap flex min-w-0 flex-1 flex-col items-center justify-center gap-x-2 border-transparent border-b-2 px-1 py-1.5 text-ink-soft text-sm hover:bg-hover data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-accent-ink sm:flex-row [&>svg]:size-4.5"
          >
            {icons[of]}
            <span className="max-w-full truncate">{t(`groups.${of}`)}</span>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {mediaGroups.map((of) => (
        <Tabs.Content key={of} value={of} tabIndex={-1} className="pane-scroll min-h-0 flex-1 pb-6">
          <Group conversationId={conversationId} of={of} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

function Group({ conversationId, of }: { conversationId: string; of: MediaGroup }) {
  const t = useTranslations("conversationMedia");
  const { messages, status, retry, hasMore, loadingMore, loadMore } = useConversationMedia(conversationId, of);
  return (
    <QueryView status={status} retry={retry}>
      {messages.length === 0 ? <EmptyState picture={icons[of]} title={t(`empty.${of}`)} /> : null}
      {messages.length === 0 ? null : of === "pictures" ? (
        <PictureGrid messages={messages} />
      ) : (
        <MediaList label={t(`groups.${of}`)} messages={messages} />
      )}
      <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
    </QueryView>
  );
}
