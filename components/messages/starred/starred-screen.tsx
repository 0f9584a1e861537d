"use client";

import { Star, StarOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { useMarkChanges } from "#client/messages/use-marks.ts";
import { useStarred } from "#client/messages/use-starred.ts";
import { usePeople } from "#client/people/use-people.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { KeptMessage } from "#components/messages/kept-message.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Page } from "#components/ui/card.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Message } from "#contracts/messages/message.ts";

/** 收藏: the messages that I starred, of all conversations. */
export function StarredScreen() {
  const t = useTranslations("starred");
  const { messages, status, retry, hasMore, loadingMore, loadMore } = useStarred();
  return (
    <Page title={t("title")}>
      <QueryView status={status} retry={retry}>
        {messages.length === 0 ? (
          <EmptyState picture={<Star aria-hidden />} title={t("emptyTitle")}>
            {t("empty")}
          </EmptyState>
        ) : (
          <Messages messages={messages} />
        )}
        <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
      </QueryView>
    </Page>
  );
}

function Messages({ messages }: { messages: Message[] }) {
  const t = useTranslations("messages");
  const meId = useMe().id;
  const people = usePeople(messages.map(({ senderId }) => senderId));
  const nameIn = useDisplayNames();
  const { conversations } = useConversations();
  const nameOf = useConversationName();
  const names = new Map(conversations.map((conversation) => [conversation.id, nameOf(conversation)]));
  return (
    <ul aria-label={useTranslations("starred")("title")} className="flex flex-col gap-2">
      {messages.map((message) => (
        <KeptMessage
          key={`${message.conversationId} ${message.seq}`}
          message={message}
          sender={message.senderId === meId ? t("you") : nameIn(people, message.senderId, t("someone"))}
          from={names.get(message.conversationId)}
          action={<Unstar message={message} />}
        />
      ))}
    </ul>
  );
}

function Unstar({ message: { conversationId, seq } }: { message: Message }) {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { star } = useMarkChanges(conversationId);
  return (
    <IconButton
      label={t("unstar")}
      onClick={() => void star.mutateAsync({ seqs: [seq], starred: false }).catch(showError)}
    >
      <StarOff aria-hidden />
    </IconButton>
  );
}
