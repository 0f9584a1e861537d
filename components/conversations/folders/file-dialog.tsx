"use client";

import { useTranslations } from "next-intl";
import { useFolderChanges, useFolders } from "#client/conversations/use-folders.ts";
import { NewFolder } from "#components/conversations/folders/new-folder.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** In which of my folders a conversation is; a new one begins with it. */
export function FileDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations("conversations.folders");
  const name = useConversationName()(conversation);
  const { folders } = useFolders();
  const { create, file } = useFolderChanges(useShowError());
  const conversationId = conversation.id;
  const put = (folderId: string, inside: boolean) => file.mutateAsync({ folderId, conversationId, inside });
  const onCreate = async (folderName: string) => {
    const folderId = crypto.randomUUID();
    await create.mutateAsync({ folderId, name: folderName });
    await put(folderId, true);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("of", { name })}>
      <ul aria-label={t("title")} className="mb-4 flex flex-col gap-1">
        {folders.map((folder) => (
          <li key={folder.id}>
            <Toggle
              label={folder.name}
              checked={folder.conversationIds.includes(conversationId)}
              onChange={(inside) => void put(folder.id, inside).catch(() => {})}
            />
          </li>
        ))}
      </ul>
      <NewFolder count={folders.length} busy={create.isPending} onCreate={onCreate} />
    </Dialog>
  );
}
