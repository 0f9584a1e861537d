"use client";

import { Download, FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { fileAddress } from "#client/media/file-address.ts";
import { useUpload } from "#client/media/use-upload.ts";
import { UploadRing } from "#components/media/upload-ring.tsx";
import { useBytes } from "#components/media/use-bytes.ts";
import { Caption } from "#components/messages/caption.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** A name and a size; the bytes are only ever downloaded, never opened here. */
export function FileView({ content: { file, name, caption }, clientId, seq }: MessageViewProps<"file">) {
  const t = useTranslations("media");
  const bytes = useBytes();
  const upload = useUpload(file.fileId);
  const onItsWay = upload && seq === null ? t("sent", { sent: bytes(upload.sent), all: bytes(upload.bytes) }) : null;
  return (
    <div className="w-68 max-w-full">
      <div className="relative flex items-center gap-3 px-3 pt-3 pb-1.5">
        <span className="relative flex size-11 shrink-0 items-center justify-center overflow-hidden rounded-xl bg-accent-soft text-accent-ink">
          <FileText aria-hidden className="size-6" />
          <UploadRing fileId={file.fileId} clientId={clientId} />
        </span>
        <span className="min-w-0 flex-1">
          <bdi className="line-clamp-2 break-words font-medium leading-5">{name}</bdi>
          <span className="block text-ink-soft text-sm">{onItsWay ?? bytes(file.bytes)}</span>
        </span>
        {seq === null ? null : (
          <a
            href={`${fileAddress(file.fileId, "original")}?download`}
            download={name}
            tabIndex={-1}
            aria-label={t("download", { name })}
            title={t("download", { name })}
            className="tap flex aspect-square shrink-0 items-center justify-center rounded-xl text-ink-soft hover:bg-hover hover:text-ink"
          >
            <Download aria-hidden className="size-5" />
          </a>
        )}
      </div>
      <Caption text={caption} />
    </div>
  );
}
