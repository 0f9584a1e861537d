"use client";

import { ScanQrCode } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

const ScanDialog = dynamic(() => import("#components/qr/scan-dialog.tsx").then((module) => module.ScanDialog));

/** Reads the QR code of a person or a community. `onFound`: it leads to one, which is opened. */
export function ScanButton({ onFound, className = "" }: { onFound?: () => void; className?: string }) {
  const t = useTranslations("qr");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" className={className} onClick={() => setOpen(true)}>
        <ScanQrCode aria-hidden className="size-4.5" />
        {t("scan")}
      </Button>
      {open ? <ScanDialog onClose={() => setOpen(false)} {...(onFound ? { onFound } : {})} /> : null}
    </>
  );
}
