"use client";

import { Star, StarOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMarkChanges } from "#client/messages/use-marks.ts";
import { useStarred } from "#client/messages/use-starred.ts";
import { KeptMessages } from "#components/messages/kept-messages.tsx";
import { SectionPage } from "#components/settings/section-page.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Message } from "#contracts/messages/message.ts";

/** 收藏: the messages that I starred, of all conversations. */
export function StarredSection() {
  const t = useTranslations("starred");
  const { messages, status, retry, hasMore, loadingMore, loadMore } = useStarred();
  return (
    <SectionPage title={t("title")}>
      <QueryView status={status} retry={retry}>
        {messages.length === 0 && !hasMore ? (
          <EmptyState picture={<Star aria-hidden />} title={t("emptyTitle")}>
            {t("empty")}
          </EmptyState>
        ) : (
          <KeptMessages label={t("title")} messages={messages} action={(message) => <Unstar message={message} />} />
        )}
        <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
      </QueryView>
    </SectionPage>
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
