"use client";

import { FolderUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useUploads } from "#client/media/use-upload.ts";
import { reasonOf } from "#client/refusal.ts";
import { type PickedPack, readPack } from "#client/stickers/read-pack.ts";
import { bringPack } from "#client/stickers/upload-pack.ts";
import { useAddPack } from "#client/stickers/use-stickers.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useFileInput } from "#components/ui/file-input.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import type { Reason } from "#contracts/refusals.ts";

type AddPackProps = { open: boolean; onClose: () => void; onAdded: (packId: string) => void };

/** A pack in the format of doutu: its info.json and its pictures, picked together. */
export function AddPackDialog({ open, onClose, onAdded }: AddPackProps) {
  const t = useTranslations("stickers.add");
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t("title")}
      description={t("hint")}
    >
      <AddPackForm
        onAdded={(packId) => {
          onAdded(packId);
          onClose();
        }}
      />
    </Dialog>
  );
}

function AddPackForm({ onAdded }: { onAdded: (packId: string) => void }) {
  const t = useTranslations("stickers.add");
  const [picked, setPicked] = useState<PickedPack | null>(null);
  const [name, setName] = useState("");
  const { add, done, trouble, setTrouble } = useBringAndAdd(onAdded);
  const pick = async (files: File[]) => {
    const read = await readPack(files);
    setTrouble("refused" in read ? read.refused : null);
    setPicked("refused" in read ? null : read);
    if (!("refused" in read)) setName(read.info.id);
  };
  const { input, open } = useFileInput({
    label: t("pick"),
    accept: ".json,.png,.jpg,.jpeg,.gif,.webp",
    multiple: true,
    onFiles: (files) => void pick(files),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (picked && name.trim() !== "") void add(picked, name.trim());
  };
  const refusalText = useRefusalText();
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pt-1">
      {input}
      <Button variant="secondary" onClick={open}>
        <FolderUp aria-hidden className="size-4.5" />
        {t("pick")}
      </Button>
      {trouble === null ? null : (
        <p role="alert" className="text-danger text-sm">
          {refusalText(trouble)}
        </p>
      )}
      {picked ? (
        <>
          <p className="text-ink-soft text-sm">{t("picked", { count: picked.info.assets.length })}</p>
          <TextField
            label={t("name")}
            value={name}
            maxLength={limits.stickers.packName}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      ) : null}
      <Button type="submit" disabled={!picked || name.trim() === ""} busy={done !== null}>
        {done === null ? t("action") : t("progress", { done, count: picked?.files.length ?? 0 })}
      </Button>
    </form>
  );
}

/** `done`: how many files are there, while they are brought. */
function useBringAndAdd(onAdded: (packId: string) => void) {
  const uploads = useUploads();
  const addPack = useAddPack();
  const [done, setDone] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<Reason | null>(null);
  const add = async (picked: PickedPack, name: string) => {
    setTrouble(null);
    setDone(0);
    const { packId, info } = picked;
    try {
      const files = await bringPack(picked, uploads, setDone);
      await addPack.mutateAsync({ packId, info, name, files });
      onAdded(packId);
    } catch (error) {
      setTrouble(reasonOf(error).reason);
    } finally {
      setDone(null);
    }
  };
  return { add, done, trouble, setTrouble };
}
