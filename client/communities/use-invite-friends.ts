"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { reasonOf } from "#client/refusal.ts";
import { useTRPC, useTRPCClient } from "#client/trpc.ts";
import type { Forwarded } from "#contracts/messages/forward.ts";

/** A week: as long as a friend may take to look. */
const linkSeconds = 604_800;

type Inviting = { targets: readonly string[]; label: string; textOf: (code: string) => string };

/**
 * Adds friends to a community, by the conversations with them; those who want to be asked get one link as a message of
 * mine. Answers those that refused it. One link, and one `clientId` for each, as long as the component lives: asking again
 * sends what is missing.
 */
export function useInviteFriends(communityId: string) {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { friends } = useFriendList();
  const [clientIds] = useState(() => new Map<string, string>());
  const [link] = useState<{ code?: string }>({});
  const clientIdOf = (conversationId: string) => {
    const known = clientIds.get(conversationId) ?? crypto.randomUUID();
    clientIds.set(conversationId, known);
    return known;
  };
  const linkFor = async (label: string, maxUses: number) => {
    if (link.code === undefined) {
      const { code } = await api.communities.createInvite.mutate({ communityId, label, seconds: linkSeconds, maxUses });
      link.code = code;
      void client.invalidateQueries(trpc.communities.invites.queryFilter());
    }
    return link.code;
  };
  return useMutation({
    mutationFn: async ({ targets, label, textOf }: Inviting) => {
      const refused: Forwarded[] = [];
      for (const conversationId of targets) {
        const friend = friends.find((one) => one.conversationId === conversationId);
        if (!friend) continue;
        try {
          const added = await api.communities.addFriend.mutate({ communityId, personId: friend.person.id });
          if (added.outcome === "added") continue;
          const text = textOf(await linkFor(label, targets.length));
          const clientId = clientIdOf(conversationId);
          await api.messages.send.mutate({ conversationId, clientId, content: { kind: "text", text } });
        } catch (error) {
          const { reason, params } = reasonOf(error);
          const retryAfter = typeof params.retryAfter === "number" ? params.retryAfter : null;
          refused.push({ conversationId, outcome: "refused", reason, retryAfter });
        }
      }
      return refused;
    },
  });
}
