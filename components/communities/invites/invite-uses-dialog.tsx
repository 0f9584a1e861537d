"use client";

import { useTranslations } from "next-intl";
import { useInviteUses } from "#client/communities/use-invites.ts";
import { PersonRow } from "#components/people/person-row.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { InviteRef } from "#contracts/invites.ts";

/** Who came by a link. */
export function InviteUsesDialog({ invite, name, onClose }: { invite: InviteRef; name: string; onClose: () => void }) {
  const t = useTranslations("communities.invite");
  return (
    <Dialog open onOpenChange={onClose} title={t("who", { name })}>
      <Uses invite={invite} />
    </Dialog>
  );
}

function Uses({ invite }: { invite: InviteRef }) {
  const t = useTranslations("messages.answers");
  const { moment } = useTimes();
  const { uses, status, retry, hasMore, loadingMore, loadMore } = useInviteUses(invite);
  return (
    <QueryView status={status} retry={retry}>
      <ul className="divide-y">
        {uses.map(({ person, usedAt }) => (
          <li key={person.id}>
            <PersonRow person={person} note={moment(usedAt)} opens={false} />
          </li>
        ))}
      </ul>
      <LoadMore label={t("more")} hasMore={hasMore} loading={loadingMore} onMore={loadMore} />
    </QueryView>
  );
}
