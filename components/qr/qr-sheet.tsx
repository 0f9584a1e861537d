"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useQr } from "#client/qr/use-qr.ts";
import { useOrigin } from "#client/use-origin.ts";
import { CopyButton } from "#components/people/description-list.tsx";
import { QrCode } from "#components/qr/qr-code.tsx";
import { saveQrPicture } from "#components/qr/save-picture.ts";
import { Button } from "#components/ui/button.tsx";

type QrSheetProps = {
  /** Of this site. */
  path: string;
  /** To whom or what the code leads. */
  name: string;
  /** More about it, written into the picture, too. */
  lines: readonly string[];
  fileName: string;
  hint: string;
};

/** An address of this site as a QR code, to show, copy and save. */
export function QrSheet({ path, name, lines, fileName, hint }: QrSheetProps) {
  const t = useTranslations("qr");
  const origin = useOrigin();
  const address = origin === "" ? "" : `${origin}${path}`;
  const { drawing } = useQr(address);
  const save = () =>
    drawing
      ? void saveQrPicture(drawing, [name, ...lines], fileName).catch(() => toast.error(t("notSaved")))
      : undefined;
  return (
    <div className="flex flex-col gap-4 text-center">
      <QrCode text={address} label={t("codeOf", { name })} />
      <div>
        <p className="max-w-full font-semibold">
          <bdi>{name}</bdi>
        </p>
        {lines.map((line) => (
          <p key={line} className="text-ink-soft text-sm" dir="auto">
            {line}
          </p>
        ))}
        <p className="mt-2 text-pretty text-ink-soft text-sm">{hint}</p>
      </div>
      <div className="flex items-center gap-1 rounded-2xl border border-line py-1 ps-4 pe-1.5">
        <p className="min-w-0 flex-1 truncate text-start text-sm" dir="ltr">
          {address}
        </p>
        <CopyButton label={t("link")} value={address} />
      </div>
      <Button variant="secondary" disabled={!drawing} onClick={save}>
        <Download aria-hidden className="size-4.5" />
        {t("save")}
      </Button>
    </div>
  );
}
