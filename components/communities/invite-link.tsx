"use client";

import { QrCode, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRenewInvite } from "#client/communities/use-community-mutations.ts";
import { invitePath } from "#client/qr/own-address.ts";
import { useOrigin } from "#client/use-origin.ts";
import { CopyButton } from "#components/people/description-list.tsx";
import { QrSheet } from "#components/qr/qr-sheet.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";

type InviteProps = { communityId: string; name: string; number: number; code: string; mayRenew: boolean };

export function InviteLink({ communityId, name, number, code, mayRenew }: InviteProps) {
  const t = useTranslations("communities");
  const { mutate, isPending } = useRenewInvite();
  const showError = useShowError();
  const origin = useOrigin();
  const [showsCode, setShowsCode] = useState(false);
  const address = `${origin}${invitePath(code)}`;
  return (
    <div>
      <h3 className="mb-1.5 font-medium text-sm">{t("invite.label")}</h3>
      <div className="flex items-center gap-1 rounded-2xl border border-line py-1 ps-4 pe-1.5">
        <p className="min-w-0 flex-1 truncate text-sm" dir="ltr">
          {address}
        </p>
        <CopyButton label={t("invite.label")} value={address} />
        <IconButton label={t("invite.code")} aria-haspopup="dialog" onClick={() => setShowsCode(true)}>
          <QrCode aria-hidden />
        </IconButton>
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
      <Dialog open={showsCode} onOpenChange={setShowsCode} title={t("invite.code")}>
        <QrSheet
          path={invitePath(code)}
          name={name}
          lines={[`${t("number")} ${number}`]}
          fileName={`imchat-community-${number}.png`}
          hint={t("invite.hint")}
        />
      </Dialog>
      <p className="mt-1 text-ink-soft text-sm">{mayRenew ? t("invite.renewHint") : t("invite.hint")}</p>
    </div>
  );
}
