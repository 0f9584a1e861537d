"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { timelineKey } from "#client/live/keys.ts";
import type { Lane } from "#client/live/lane.ts";
import { createLive, type Live } from "#client/live/live.ts";
import { createPresence, type Presence } from "#client/live/presence.ts";
import { createTypingBoard, type TypingBoard } from "#client/live/typing.ts";
import { createUploads, type Uploads } from "#client/media/uploads.ts";
import { createOutbox, type Outbox } from "#client/messages/outbox.ts";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";

type LiveContext = { live: Live; outbox: Outbox; uploads: Uploads; presence: Presence; typing: TypingBoard };

const Context = createContext<LiveContext | null>(null);

/** Owns the connection of this tab and the outbox; both end with the page. */
export function LiveProvider({ lane, children }: { lane: Lane; children: ReactNode }) {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const meId = useMe().id;
  const [value] = useState<LiveContext>(() => {
    const keys = {
      me: trpc.accounts.me.queryKey(),
      inbox: trpc.conversations.list.queryKey(),
      friends: trpc.friends.list.queryKey(),
      communities: trpc.communities.list.queryKey(),
      members: (communityId: string) => trpc.communities.members.queryKey({ communityId }),
      packet: (packetId: string) => trpc.wallet.getPacket.queryKey({ packetId }),
      timeline: timelineKey,
    };
    const presence = createPresence();
    const typing = createTypingBoard();
    const live = createLive(api, { queryClient, keys, meId }, { lane, presence, typing });
    const uploads = createUploads(api, meId);
    return { live, outbox: createOutbox(api, live, uploads, meId), uploads, presence, typing };
  });
  useEffect(() => {
    const stopLive = value.live.start();
    const stopOutbox = value.outbox.start();
    return () => {
      stopOutbox();
      stopLive();
    };
  }, [value]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useLiveContext(): LiveContext {
  const value = useContext(Context);
  if (!value) throw new Error("useLiveContext outside LiveProvider");
  return value;
}
