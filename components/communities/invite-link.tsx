"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { useRenewInvite } from "#client/communities/use-community-mutations.ts";
import { CopyButton } from "#components/people/description-list.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";

type InviteProps = { communityId: string; code: string; mayRenew: boolean };

const never = () => () => undefined;

export function InviteLink({ communityId, code, mayRenew }: InviteProps) {
  const t = useTranslations("communities");
  const { mutate, isPending } = useRenewInvite();
  const showError = useShowError();
  // Only the browser knows under which name this site was reached.
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
  const address = `${origin}/join/${code}`;
  return (
    <div>
      <h3 className="mb-1.5 font-medium text-sm">{t("invite.label")}</h3>
      <div className="flex items-center gap-1 rounded-2xl border border-line py-1 ps-4 pe-1.5">
        <p className="min-w-0 flex-1 truncate text-sm" dir="ltr">
          {address}
        </p>
        <CopyButton label={t("invite.label")} value={address} />
        {mayRenew ? (
          <IconButton
            label={t("invite.renew")}
            disabled={isPending}
            onClick={() => mutate({ communityId }, { onError: showError })}
          >
            <RefreshCw aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <p className="mt-1 text-ink-soft text-sm">{mayRenew ? t("invite.renewHint") : t("invite.hint")}</p>
    </div>
  );
}
