"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCreateCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityForm } from "#components/communities/community-form.tsx";
import { InviteFriends } from "#components/communities/invite-friends.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { CommunityDetail } from "#contracts/communities.ts";

type CreateProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Two steps: what the community is, and who is invited first. However the second ends, it leads to the chat. */
export function CreateCommunityDialog({ open, onOpenChange }: CreateProps) {
  const t = useTranslations("communities");
  const router = useRouter();
  const [created, setCreated] = useState<CommunityDetail | null>(null);
  const { mutate, isPending } = useCreateCommunity();
  const showError = useShowError();
  const close = () => {
    onOpenChange(false);
    if (!created) return;
    setCreated(null);
    router.push(conversationPath(created.community.id));
  };
  const title = created ? t("invite.friends") : t("create");
  const description = created ? t("invite.friendsHint", { name: created.community.name }) : t("createHint");
  return (
    <Dialog open={open} onOpenChange={close} title={title} description={description}>
      {created ? (
        <InviteFriends community={created.community} onDone={close} />
      ) : (
        <CommunityForm
          action={t("create")}
          busy={isPending}
          onSubmit={(form) => mutate(form, { onSuccess: setCreated, onError: showError })}
        />
      )}
    </Dialog>
  );
}
