"use client";

import { ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { useLinkPreview } from "#client/links/use-link-preview.ts";
import { type Attachment, prepareAttachment } from "#client/media/attachments.ts";
import { useUploads } from "#client/media/use-upload.ts";
import { useObjectUrl } from "#components/media/use-object-url.ts";
import type { AttachmentMenuProps } from "#components/messages/attachment-menu.tsx";
import { NewsFace } from "#components/messages/kinds/news/news-face.tsx";
import { SendPreview } from "#components/messages/send-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextArea, TextField } from "#components/ui/field.tsx";
import { useFileInput } from "#components/ui/file-input.tsx";
import { limits } from "#contracts/limits.ts";
import { webAddress } from "#contracts/messages/parts.ts";

type Shown = Extract<Attachment, { as: "picture" }>;
const isAddress = (text: string) => webAddress.safeParse(text).success;

/** 图文: starts with an address; the page's title, description and picture are filled in and can be edited. */
export function NewsComposer({ open, onOpenChange, onSend }: AttachmentMenuProps) {
  const t = useTranslations("messages.news");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send")} description={t("hint")}>
      <NewsForm
        onSend={(...message) => {
          onSend(...message);
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function NewsForm({ onSend }: { onSend: AttachmentMenuProps["onSend"] }) {
  const t = useTranslations("messages.news");
  const uploads = useUploads();
  const [url, setUrl] = useState("");
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const [picture, setPicture] = useState<Shown | null>(null);
  const { card, looking } = useLinkPreview(isAddress(url) ? url : null);

  useEffect(() => {
    if (!card) return;
    // Do not overwrite what was typed by hand.
    setTitle((now) => now || card.title);
    setDescription((now) => now || card.description);
  }, [card]);

  const chosenAddress = useObjectUrl(picture?.file ?? null);
  const ready = isAddress(url) && title.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const metadata = { kind: "news" as const, title: title.trim(), description: description.trim(), url };
    const shown = !picture
      ? (card?.picture ?? null)
      : {
          ...picture.metadata,
          fileId: uploads.add(picture.file, picture.file.name, "image"),
          type: picture.file.type,
          bytes: picture.file.size,
        };
    onSend({ ...metadata, picture: shown && { fileId: shown.fileId } }, { ...metadata, picture: shown });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      <TextField
        label={t("address")}
        type="url"
        inputMode="url"
        placeholder="https://"
        value={url}
        hint={looking ? t("looking") : undefined}
        maxLength={limits.linkAddress.max}
        onChange={(event) => setUrl(event.target.value.trim())}
      />
      <TextField
        label={t("title")}
        value={title}
        maxLength={limits.cardTitle.max}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextArea
        label={t("description")}
        value={description}
        maxLength={limits.cardText.max}
        onChange={(event) => setDescription(event.target.value)}
      />
      <PicturePicker picture={picture} onPicture={setPicture} />
      {ready ? (
        <SendPreview>
          <div className="w-76 max-w-full pb-2">
            <NewsFace
              title={title.trim()}
              description={description.trim()}
              url={url}
              picture={chosenAddress ?? card?.picture ?? null}
            />
          </div>
        </SendPreview>
      ) : null}
      <Button type="submit" disabled={!ready}>
        {t("sendIt")}
      </Button>
    </form>
  );
}

function PicturePicker({ picture, onPicture }: { picture: Shown | null; onPicture: (picture: Shown | null) => void }) {
  const t = useTranslations("messages.news");
  const [refused, setRefused] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const prepared = await prepareAttachment(file);
    setRefused(prepared.as !== "picture");
    onPicture(prepared.as === "picture" ? prepared : null);
  };
  const { input, open } = useFileInput({
    label: t("picture"),
    accept: "image/*",
    onFiles: ([file]) => void take(file),
  });
  return (
    <div className="flex flex-col items-start gap-1">
      <Button variant="secondary" onClick={open}>
        <ImagePlus aria-hidden className="size-4.5" />
        {picture ? <bdi className="max-w-56 truncate">{picture.file.name}</bdi> : t("picture")}
      </Button>
      {input}
      {refused ? (
        <p role="alert" className="text-danger text-sm">
          {t("notAPicture")}
        </p>
      ) : null}
    </div>
  );
}
