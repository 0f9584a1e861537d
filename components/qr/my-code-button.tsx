"use client";

import { QrCode as QrIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { profilePath } from "#client/qr/own-address.ts";
import { QrSheet } from "#components/qr/qr-sheet.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** My own QR code, which leads to my card. */
export function MyCodeButton({ className = "" }: { className?: string }) {
  const t = useTranslations("qr");
  const people = useTranslations("people");
  const me = useMe();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" className={className} onClick={() => setOpen(true)}>
        <QrIcon aria-hidden className="size-4.5" />
        {t("mine")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("mine")}>
        <QrSheet
          path={profilePath(me.handle)}
          name={me.displayName}
          lines={[people("handle", { handle: me.handle }), `${people("number")} ${me.number}`]}
          fileName={`imchat-${me.handle}.png`}
          hint={t("mineHint")}
        />
      </Dialog>
    </>
  );
}
