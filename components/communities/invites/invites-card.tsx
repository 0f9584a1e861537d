"use client";

import { Link2Off, Plus, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useInvites, useRevokeInvite } from "#client/communities/use-invites.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { InviteUsesDialog } from "#components/communities/invites/invite-uses-dialog.tsx";
import { NewInviteDialog } from "#components/communities/invites/new-invite-dialog.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Confirm } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Community } from "#contracts/communities.ts";
import type { Invite } from "#contracts/invites.ts";

/** The links into a community that I may revoke, and a new one. */
export function InvitesCard({ community }: { community: Community }) {
  const t = useTranslations("communities.invite");
  const { invites, status, retry } = useInvites(community.id);
  const [making, setMaking] = useState(false);
  return (
    <section aria-labelledby="invite-links">
      <h3 id="invite-links" className="mb-1.5 font-medium text-sm">
        {t("links")}
      </h3>
      <QueryView status={status} retry={retry}>
        {invites.length > 0 ? (
          <ul className="mb-2 divide-y rounded-2xl border border-line px-4">
            {invites.map((invite) => (
              <li key={invite.id}>
                <InviteRow communityId={community.id} invite={invite} />
              </li>
            ))}
          </ul>
        ) : null}
      </QueryView>
      <Button variant="secondary" className="w-full" onClick={() => setMaking(true)}>
        <Plus aria-hidden className="size-4" />
        {t("new")}
      </Button>
      {making ? <NewInviteDialog community={community} onClose={() => setMaking(false)} /> : null}
    </section>
  );
}

function InviteRow({ communityId, invite }: { communityId: string; invite: Invite }) {
  const t = useTranslations("communities.invite");
  const nameOf = useDisplayName();
  const { moment } = useTimes();
  const [open, setOpen] = useState<"uses" | "revoke" | null>(null);
  const { mutateAsync, isPending } = useRevokeInvite();
  const showError = useShowError();
  const { label, creator, uses, maxUses, expiresAt } = invite;
  const name = label || t("unnamed");
  const over = (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) || (maxUses !== null && uses >= maxUses);
  const facts = [
    t("by", { name: nameOf(creator) }),
    maxUses === null ? t("uses", { uses }) : t("usesOf", { uses, max: maxUses }),
    ...(over ? [t("over")] : expiresAt === null ? [] : [t("until", { time: moment(expiresAt) })]),
  ];
  return (
    <div className="flex items-center gap-1 py-1.5">
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        <span className="block text-ink-soft text-sm">{facts.join(" · ")}</span>
      </span>
      {uses > 0 ? (
        <IconButton label={t("who", { name })} aria-haspopup="dialog" onClick={() => setOpen("uses")}>
          <Users aria-hidden />
        </IconButton>
      ) : null}
      <IconButton label={t("revoke", { name })} disabled={isPending} onClick={() => setOpen("revoke")}>
        <Link2Off aria-hidden />
      </IconButton>
      <Confirm
        open={open === "revoke"}
        onOpenChange={() => setOpen(null)}
        title={t("revoke", { name })}
        description={t("revokeHint")}
        action={t("revokeIt")}
        onConfirm={() => void mutateAsync({ communityId, inviteId: invite.id }).catch(showError)}
      />
      {open === "uses" ? (
        <InviteUsesDialog invite={{ communityId, inviteId: invite.id }} name={name} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  );
}
