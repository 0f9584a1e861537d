"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createDraftSync, type DraftSync } from "#client/conversations/draft-sync.ts";
import { useDraftSync } from "#client/conversations/use-draft-sync.ts";
import { createUploads, type Uploads } from "#client/media/uploads.ts";
import { createOutbox, type Outbox } from "#client/messages/outbox.ts";
import { readUndoSeconds, undoWindows } from "#client/messages/undo-window.ts";
import { createPresence, type Presence } from "#client/realtime/presence.ts";
import {
  marksKey,
  mediaKey,
  mentionedKey,
  pinnedKey,
  quotedKey,
  starredKey,
  timelineKey,
} from "#client/realtime/query-keys.ts";
import { createRealtime, type Realtime } from "#client/realtime/realtime.ts";
import type { RpcLink } from "#client/realtime/rpc-link.ts";
import { createTypingBoard, type TypingBoard } from "#client/realtime/typing.ts";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { DraftList } from "#contracts/drafts.ts";

type RealtimeContext = {
  realtime: Realtime;
  outbox: Outbox;
  drafts: DraftSync;
  uploads: Uploads;
  presence: Presence;
  typing: TypingBoard;
};

const Context = createContext<RealtimeContext | null>(null);

/** Opens this tab's connection and outbox; both close with the page. */
export function RealtimeProvider({ rpcLink, children }: { rpcLink: RpcLink; children: ReactNode }) {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const meId = useMe().id;
  const [value] = useState<RealtimeContext>(() => {
    const keys = {
      me: trpc.accounts.me.queryKey(),
      inbox: trpc.conversations.list.queryKey(),
      friends: trpc.friends.list.queryKey(),
      communities: trpc.communities.list.queryKey(),
      members: (communityId: string) => trpc.communities.members.queryKey({ communityId }),
      packet: (packetId: string) => trpc.wallet.getPacket.queryKey({ packetId }),
      scheduled: trpc.messages.scheduled.queryKey(),
      drafts: trpc.conversations.drafts.queryKey(),
      folders: trpc.conversations.folders.queryKey(),
      receipts: (conversationId: string) => trpc.messages.receipts.queryKey({ conversationId }),
      lastReceipts: trpc.messages.lastReceipts.queryKey(),
      information: trpc.messages.information.pathKey(),
      timeline: timelineKey,
      quoted: quotedKey,
      marks: marksKey,
      pinned: pinnedKey,
      media: mediaKey,
      starred: starredKey,
      mentioned: mentionedKey,
    };
    const presence = createPresence();
    const typing = createTypingBoard();
    const realtime = createRealtime(api, { queryClient, keys, meId }, { rpcLink, presence, typing });
    const uploads = createUploads(api, meId);
    const holdMs = () => readUndoSeconds(undoWindows.read(meId)) * 1_000;
    const outbox = createOutbox({ api, realtime, uploads, holdMs }, meId);
    const held = () => queryClient.getQueryData<DraftList>(keys.drafts);
    const drafts = createDraftSync({ api, realtime, held }, meId);
    return { realtime, outbox, drafts, uploads, presence, typing };
  });
  useDraftSync(value.drafts);
  useEffect(() => {
    const stopRealtime = value.realtime.start();
    const stopOutbox = value.outbox.start();
    return () => {
      stopOutbox();
      stopRealtime();
    };
  }, [value]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useRealtime(): RealtimeContext {
  const value = useContext(Context);
  if (!value) throw new Error("useRealtime outside RealtimeProvider");
  return value;
}
