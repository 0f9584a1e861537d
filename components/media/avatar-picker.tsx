"use client";

import { ImagePlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useUpload, useUploads } from "#client/media/use-upload.ts";
import { Button } from "#components/ui/button.tsx";
import { useFileInput } from "#components/ui/file-input.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";

type AvatarPickerProps = {
  purpose: "avatar" | "icon";
  chosen: string | null;
  /** Called with the file id when the server has processed the picture; with null to remove it. */
  onChoose: (fileId: string | null) => void;
};

/**
 * A picture for a person or a community. It is brought to the server at once and becomes theirs when the form is saved.
 */
export function AvatarPicker({ purpose, chosen, onChoose }: AvatarPickerProps) {
  const t = useTranslations("media.face");
  const sentence = useRefusalText();
  const uploads = useUploads();
  const [coming, setComing] = useState<string | null>(null);
  const upload = useUpload(coming ?? "");
  const choose = useRef(onChoose);
  choose.current = onChoose;

  useEffect(() => {
    if (coming === null || upload?.state !== "ready") return;
    choose.current(coming);
    setComing(null);
  }, [coming, upload?.state]);

  const { input, open } = useFileInput({
    label: t("choose"),
    accept: "image/*",
    onFiles: ([file]) => file && setComing(uploads.add(file, file.name, purpose)),
  });
  const failed = upload?.state === "failed";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant="secondary" busy={coming !== null && !failed} onClick={open}>
        <ImagePlus aria-hidden className="size-4" />
        {t("choose")}
      </Button>
      {chosen ? (
        <Button variant="ghost" onClick={() => onChoose(null)}>
          <X aria-hidden className="size-4" />
          {t("remove")}
        </Button>
      ) : null}
      {input}
      {failed && upload.reason ? (
        <p role="alert" className="w-full text-danger text-sm">
          {sentence(upload.reason)}
        </p>
      ) : null}
    </div>
  );
}
