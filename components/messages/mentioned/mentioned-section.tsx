"use client";

import { AtSign } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMentioned } from "#client/messages/use-mentioned.ts";
import { KeptMessages } from "#components/messages/kept-messages.tsx";
import { SectionPage } from "#components/settings/section-page.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";

/** @我: the messages that mention me, of all conversations. */
export function MentionedSection() {
  const t = useTranslations("mentioned");
  const { messages, status, retry, hasMore, loadingMore, loadMore } = useMentioned();
  return (
    <SectionPage title={t("title")}>
      <QueryView status={status} retry={retry}>
        {messages.length === 0 && !hasMore ? (
          <EmptyState picture={<AtSign aria-hidden />} title={t("emptyTitle")}>
            {t("empty")}
          </EmptyState>
        ) : (
          <KeptMessages label={t("title")} messages={messages} />
        )}
        <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
      </QueryView>
    </SectionPage>
  );
}
