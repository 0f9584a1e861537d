"use client";

import { useTranslations } from "next-intl";
import { useVoters } from "#client/messages/use-answers.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

type Ref = { conversationId: string; seq: number };

/** Who voted for what. */
export function VotersDialog({
  content,
  message,
  onClose,
}: {
  content: ContentOf<"poll">;
  message: Ref;
  onClose: () => void;
}) {
  const t = useTranslations("messages.poll");
  return (
    <Dialog open onOpenChange={onClose} title={t("who")} description={content.question}>
      {content.options.map((option, at) => (
        <section key={option} aria-label={option} className="pb-3">
          <h3 dir="auto" className="break-words font-medium text-sm">
            {option} · {t("votes", { count: content.votes[at] ?? 0 })}
          </h3>
          {content.votes[at] ? <Voters message={message} option={at} /> : null}
        </section>
      ))}
    </Dialog>
  );
}

function Voters({ message, option }: { message: Ref; option: number }) {
  const t = useTranslations("messages.answers");
  const { moment } = useTimes();
  const { voters, status, retry, hasMore, loadingMore, loadMore } = useVoters(message, option);
  return (
    <QueryView status={status} retry={retry}>
      <ul>
        {voters.map(({ person, votedAt }) => (
          <li key={person.id}>
            <PersonRow person={person} note={moment(votedAt)} opens={false} />
          </li>
        ))}
      </ul>
      <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
    </QueryView>
  );
}
