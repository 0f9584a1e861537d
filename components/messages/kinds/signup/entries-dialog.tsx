"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "#client/accounts/use-me.ts";
import { useEntries } from "#client/messages/use-answers.ts";
import type { Entry } from "#components/messages/kinds/signup/entry-dialog.tsx";
import { PersonRow } from "#components/people/person-row.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";

type EntriesProps = {
  message: { conversationId: string; seq: number };
  title: string;
  mayWrite: boolean;
  onEdit: (entry: Entry) => void;
  onClose: () => void;
};

/** All entries in their order; mine can be written anew. */
export function EntriesDialog({ message, title, mayWrite, onEdit, onClose }: EntriesProps) {
  const t = useTranslations("messages.signup");
  const more = useTranslations("messages.answers");
  const me = useMe();
  const { entries, status, retry, hasMore, loadingMore, loadMore } = useEntries(message);
  return (
    <Dialog open onOpenChange={onClose} title={t("all")} description={title}>
      <QueryView status={status} retry={retry}>
        <ol>
          {entries.map(({ id, position, person, text }) => (
            <li key={id} value={position} className="flex items-center gap-2">
              <span className="min-w-6 text-end text-ink-soft tabular-nums">{t("position", { position })}</span>
              <div className="min-w-0 flex-1">
                <PersonRow person={person} note={text} opens={false}>
                  {mayWrite && person.id === me.id ? (
                    <IconButton label={t("edit", { position })} onClick={() => onEdit({ id, text })}>
                      <Pencil aria-hidden />
                    </IconButton>
                  ) : null}
                </PersonRow>
              </div>
            </li>
          ))}
        </ol>
        <LoadMore label={more("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
      </QueryView>
    </Dialog>
  );
}
