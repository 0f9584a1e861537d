"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFolderChanges, useFolders } from "#client/conversations/use-folders.ts";
import { NewFolder } from "#components/conversations/folders/new-folder.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Confirm, Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Folder } from "#contracts/folders.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";

/** My folders: their names, their order, new ones. */
export function FoldersDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("conversations.folders");
  const { folders } = useFolders();
  const { create, rename, remove, order } = useFolderChanges(useShowError());
  const [leaving, setLeaving] = useState<Folder | null>(null);
  const ids = folders.map(({ id }) => id);
  const swap = (at: number) => order.mutate(ids.with(at, ids[at + 1] ?? "").with(at + 1, ids[at] ?? ""));
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("hint")}>
      <ul aria-label={t("title")} className="mb-4 flex flex-col gap-2">
        {folders.map((folder, at) => (
          <li key={folder.id} className="flex items-end gap-1">
            <FolderName folder={folder} onRename={(name) => rename.mutate({ folderId: folder.id, name })} />
            <IconButton label={t("up", { name: folder.name })} disabled={at === 0} onClick={() => swap(at - 1)}>
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={t("down", { name: folder.name })}
              disabled={at === folders.length - 1}
              onClick={() => swap(at)}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton label={t("delete", { name: folder.name })} onClick={() => setLeaving(folder)}>
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <NewFolder
        count={folders.length}
        busy={create.isPending}
        onCreate={async (name) => void (await create.mutateAsync({ folderId: crypto.randomUUID(), name }))}
      />
      <Confirm
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={leaving ? t("delete", { name: leaving.name }) : ""}
        description={t("deleteHint")}
        action={t("deleteAction")}
        onConfirm={() => leaving && remove.mutate(leaving.id)}
      />
    </Dialog>
  );
}

/** Renamed when the field is left, or by Enter. A name that another device gives shows while no other is written. */
function FolderName({ folder, onRename }: { folder: Folder; onRename: (name: string) => void }) {
  const t = useTranslations("conversations.folders");
  const [written, setWritten] = useState<string | null>(null);
  const finish = () => {
    if (written !== null && !isBlank(written) && written !== folder.name) onRename(written);
    setWritten(null);
  };
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        finish();
      }}
    >
      <TextField
        label={t("name", { name: folder.name })}
        value={written ?? folder.name}
        maxLength={limits.folderName.max}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={finish}
      />
    </form>
  );
}
