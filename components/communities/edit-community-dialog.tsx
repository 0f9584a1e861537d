"use client";

import { useTranslations } from "next-intl";
import { useUpdateCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityForm } from "#components/communities/community-form.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Community } from "#contracts/communities.ts";

export function EditCommunityDialog({ community, onClose }: { community: Community; onClose: () => void }) {
  const t = useTranslations("communities");
  const app = useTranslations("app");
  const { mutate, isPending } = useUpdateCommunity();
  const showError = useShowError();
  const { id, name, icon, iconId, category, description, joinPolicy, joinQuestion, historyVisibleToNewMembers } =
    community;
  return (
    <Dialog open onOpenChange={onClose} title={t("edit")}>
      <CommunityForm
        start={{ name, icon, iconId, category, description, joinPolicy, joinQuestion, historyVisibleToNewMembers }}
        action={app("save")}
        busy={isPending}
        onSubmit={(fields) => mutate({ ...fields, communityId: id }, { onSuccess: onClose, onError: showError })}
      />
    </Dialog>
  );
}
