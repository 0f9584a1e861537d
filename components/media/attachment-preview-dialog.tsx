"use client";

import { ChevronLeft, ChevronRight, FileText, Film, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { type Attachment, asFile, outgoingOf, prepareAttachment } from "#client/media/attachments.ts";
import { useUploads } from "#client/media/use-upload.ts";
import type { Send } from "#client/messages/use-outbox.ts";
import { useBytes } from "#components/media/use-bytes.ts";
import { useObjectUrl } from "#components/media/use-object-url.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { limits } from "#contracts/limits.ts";

type TrayProps = {
  /** What was picked, pasted or dropped; empty: nothing to ask. */
  files: readonly File[];
  onClose: () => void;
  onSend: Send;
};

/** Before files are sent: what they are, in which order, and words to go with them. */
export function AttachmentPreviewDialog({ files, onClose, onSend }: TrayProps) {
  const t = useTranslations("media.tray");
  return (
    <Dialog open={files.length > 0} onOpenChange={(open) => (open ? undefined : onClose())} title={t("title")}>
      <Tray files={files} onClose={onClose} onSend={onSend} />
    </Dialog>
  );
}

function Tray({ files, onClose, onSend }: TrayProps) {
  const t = useTranslations("media.tray");
  const uploads = useUploads();
  const [prepared, setPrepared] = usePrepared(files);
  const [caption, setCaption] = useState("");
  const [asFiles, setAsFiles] = useState(false);
  const remove = (id: string) => {
    const left = prepared?.filter((one) => one.id !== id) ?? [];
    if (left.length === 0) onClose();
    else setPrepared(left);
  };
  const move = (at: number, by: number) => {
    const moved = [...(prepared ?? [])];
    moved.splice(at + by, 0, ...moved.splice(at, 1));
    setPrepared(moved);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!prepared) return;
    const chosen = asFiles ? prepared.map(asFile) : prepared;
    const batch = crypto.randomUUID();
    for (const { content, optimistic: shown } of outgoingOf(chosen, caption.trim(), uploads))
      onSend(content, shown, batch);
    onClose();
  };
  const showable = prepared?.some(({ as }) => as !== "file") ?? false;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 pt-1">
      <ul aria-label={t("files")} aria-busy={!prepared} className="grid grid-cols-3 gap-2">
        {prepared
          ? prepared.map((one, at) => (
              <Item
                key={one.id}
                item={asFiles ? asFile(one) : one}
                onRemove={() => remove(one.id)}
                onEarlier={at > 0 ? () => move(at, -1) : undefined}
                onLater={at < prepared.length - 1 ? () => move(at, 1) : undefined}
              />
            ))
          : files.map((file) => <li key={file.name} className="aspect-square animate-pulse rounded-xl bg-sunken" />)}
      </ul>
      {prepared?.some((one) => one.as === "file" && one.unreadable) ? (
        <p className="text-ink-soft text-sm">{t("unreadable")}</p>
      ) : null}
      {showable ? (
        <Toggle label={t("asFiles")} hint={t("asFilesHint")} checked={asFiles} onChange={setAsFiles} />
      ) : null}
      <TextArea
        label={t("caption")}
        value={caption}
        maxLength={limits.caption.max}
        onChange={(event) => setCaption(event.target.value)}
      />
      <Button type="submit" busy={!prepared}>
        {t("send", { count: prepared?.length ?? files.length })}
      </Button>
    </form>
  );
}

function usePrepared(files: readonly File[]) {
  const [prepared, setPrepared] = useState<Attachment[] | null>(null);
  useEffect(() => {
    let wanted = true;
    void Promise.all(files.map(prepareAttachment)).then((done) => wanted && setPrepared(done));
    return () => {
      wanted = false;
    };
  }, [files]);
  return [prepared, setPrepared] as const;
}

type ItemProps = { item: Attachment; onRemove: () => void; onEarlier?: () => void; onLater?: () => void };

function Item({ item, onRemove, onEarlier, onLater }: ItemProps) {
  const t = useTranslations("media.tray");
  const bytes = useBytes();
  const url = useObjectUrl(item.as === "picture" ? item.file : item.as === "film" ? (item.poster?.file ?? null) : null);
  const name = item.file.name;
  return (
    <li className="relative aspect-square overflow-hidden rounded-xl border border-line bg-sunken">
      {url ? (
        // biome-ignore lint/performance/noImgElement: it is a file on this machine.
        <img src={url} alt={name} className="size-full object-cover" />
      ) : (
        <span className="flex size-full flex-col items-center justify-center gap-1 p-2 text-center text-ink-soft text-xs">
          <FileText aria-hidden className="size-6" />
          <bdi className="line-clamp-2 break-all">{name}</bdi>
          {bytes(item.file.size)}
        </span>
      )}
      {item.as === "film" ? (
        <Film aria-hidden className="absolute start-1.5 bottom-1.5 size-5 text-white drop-shadow" />
      ) : null}
      <span className="absolute end-1 top-1 rounded-xl bg-raised/90">
        <IconButton label={t("remove", { name })} onClick={onRemove} className="!min-h-7 !min-w-7 [&>svg]:!size-4">
          <X aria-hidden />
        </IconButton>
      </span>
      <span className="absolute end-1 bottom-1 flex rounded-xl bg-raised/90">
        {onEarlier ? (
          <IconButton label={t("earlier", { name })} onClick={onEarlier} className="!min-h-7 !min-w-7 [&>svg]:!size-4">
            <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
          </IconButton>
        ) : null}
        {onLater ? (
          <IconButton label={t("later", { name })} onClick={onLater} className="!min-h-7 !min-w-7 [&>svg]:!size-4">
            <ChevronRight aria-hidden className="rtl:-scale-x-100" />
          </IconButton>
        ) : null}
      </span>
    </li>
  );
}
