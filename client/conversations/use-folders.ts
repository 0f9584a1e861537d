"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { newer } from "#client/realtime/newer.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { Folder, FolderFileInput, FoldersOutput } from "#contracts/folders.ts";

const none: Folder[] = [];

/** My folders, in my order, updated by events. */
export function useFolders(): { folders: Folder[]; ready: boolean } {
  const { data } = useQuery({ ...useTRPC().conversations.folders.queryOptions(), structuralSharing: newer });
  return { folders: data?.folders ?? none, ready: data !== undefined };
}

/** Changes of them. Each answer is applied as its event, so it shows while the worker is down. */
export function useFolderChanges(onError: (error: unknown) => void) {
  const { conversations } = useTRPCClient();
  const { realtime } = useRealtime();
  const onSuccess = ({ rev, folders }: FoldersOutput) =>
    realtime.receive({ scope: "person", type: "folders.changed", rev, folders }).catch(() => {});
  type Named = { folderId: string; name: string };
  return {
    create: useMutation({ onError, onSuccess, mutationFn: (input: Named) => conversations.createFolder.mutate(input) }),
    rename: useMutation({ onError, onSuccess, mutationFn: (input: Named) => conversations.renameFolder.mutate(input) }),
    remove: useMutation({
      onError,
      onSuccess,
      mutationFn: (folderId: string) => conversations.deleteFolder.mutate({ folderId }),
    }),
    order: useMutation({
      onError,
      onSuccess,
      mutationFn: (folderIds: string[]) => conversations.orderFolders.mutate({ folderIds }),
    }),
    file: useMutation({
      onError,
      mutationFn: async (input: FolderFileInput) => {
        const { rev, folderIds } = await conversations.fileConversation.mutate(input);
        const event = { scope: "person", type: "filed_conversation.changed", rev, folderIds } as const;
        await realtime.receive({ ...event, conversationId: input.conversationId }).catch(() => {});
      },
    }),
  };
}
