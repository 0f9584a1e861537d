"use client";

import { LogOut, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { rightsOf } from "#client/communities/rights.ts";
import { useDissolve, useLeaveCommunity } from "#client/communities/use-community-mutations.ts";
import { EditCommunityDialog } from "#components/communities/edit-community-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Confirm } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail } from "#contracts/communities.ts";

/** What I can do with my membership: who may changes the community, its owner dissolves it, everyone else leaves. */
export function MembershipActions({ detail }: { detail: CommunityDetail }) {
  const t = useTranslations("communities");
  const [dialog, setDialog] = useState<"edit" | "leave" | "dissolve" | null>(null);
  const leave = useLeaveCommunity();
  const dissolve = useDissolve();
  const showError = useShowError();
  const { community, role, closedAt } = detail;
  const which = { communityId: community.id };
  const close = () => setDialog(null);
  const rules = role === "owner" && closedAt === null;
  return (
    <div className="flex flex-col gap-2">
      {rightsOf(detail).may("change_facts") ? (
        <Button variant="secondary" onClick={() => setDialog("edit")}>
          <Pencil aria-hidden className="size-4" />
          {t("edit")}
        </Button>
      ) : null}
      {rules ? (
        <>
          <Button variant="dangerSecondary" onClick={() => setDialog("dissolve")}>
            <Trash2 aria-hidden className="size-4" />
            {t("dissolve")}
          </Button>
          <p className="text-ink-soft text-sm">{t("ownerHint")}</p>
        </>
      ) : (
        <Button variant="dangerSecondary" busy={leave.isPending} onClick={() => setDialog("leave")}>
          <LogOut aria-hidden className="size-4" />
          {t("leave")}
        </Button>
      )}
      {dialog === "edit" ? <EditCommunityDialog community={community} onClose={close} /> : null}
      <Confirm
        open={dialog === "leave"}
        onOpenChange={close}
        title={t("leaveTitle", { name: community.name })}
        description={t("leaveHint")}
        action={t("leave")}
        // The page that this stands on leads to the list when the membership has ended.
        onConfirm={() => leave.mutateAsync(which).catch(showError)}
      />
      <Confirm
        open={dialog === "dissolve"}
        onOpenChange={close}
        title={t("dissolveTitle", { name: community.name })}
        description={t("dissolveHint")}
        action={t("dissolve")}
        onConfirm={() => dissolve.mutate(which, { onError: showError })}
      />
    </div>
  );
}
