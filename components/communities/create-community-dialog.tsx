"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCreateCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityForm } from "#components/communities/community-form.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";

type CreateProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateCommunityDialog({ open, onOpenChange }: CreateProps) {
  const t = useTranslations("communities");
  const router = useRouter();
  const { mutate, isPending } = useCreateCommunity();
  const showError = useShowError();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("create")} description={t("createHint")}>
      <CommunityForm
        action={t("create")}
        busy={isPending}
        onSubmit={(form) =>
          mutate(form, {
            onSuccess: ({ community }) => {
              onOpenChange(false);
              router.push(conversationPath(community.id));
            },
            onError: showError,
          })
        }
      />
    </Dialog>
  );
}
