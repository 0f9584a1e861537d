"use client";

import { isUnread } from "#client/conversations/settings.ts";
import { openChat } from "#components/conversations/chat-link.tsx";
import { chatRouteOf, conversationPath } from "#components/conversations/chat-route.ts";
import { useShortcut } from "#components/shortcuts/use-shortcut.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** The next one in a direction that `wanted` accepts, around the end; with none open, from the end of the list. */
function stepFrom(
  conversations: readonly Conversation[],
  openId: string | null,
  step: 1 | -1,
  wanted: (conversation: Conversation) => boolean,
): Conversation | undefined {
  const count = conversations.length;
  const at = conversations.findIndex(({ id }) => id === openId);
  const from = at < 0 && step < 0 ? count : at;
  const ordered = conversations.map((_, index) => conversations[(from + step * (index + 1) + count * 2) % count]);
  return ordered.find((one) => one && one.id !== openId && wanted(one));
}

/** Shortcuts to the chats before and after the open one, in the order of the list as it is shown. */
export function useChatSteps(conversations: readonly Conversation[]): void {
  const go = (step: 1 | -1, wanted: (conversation: Conversation) => boolean) => {
    // From the address, which is ahead of what is drawn when one key follows another.
    const { conversationId } = chatRouteOf(window.location.pathname);
    const next = stepFrom(conversations, conversationId, step, wanted);
    if (next) openChat(conversationPath(next.id));
  };
  useShortcut("nthChat", ({ key }) => {
    const chosen = conversations[Number(key) - 1];
    if (chosen) openChat(conversationPath(chosen.id));
  });
  useShortcut("previousChat", () => go(-1, () => true));
  useShortcut("nextChat", () => go(1, () => true));
  useShortcut("previousUnread", () => go(-1, isUnread));
  useShortcut("nextUnread", () => go(1, isUnread));
}
