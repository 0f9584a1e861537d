"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { chatRouteOf, isChatRoute, messagePath } from "#components/conversations/chat-route.ts";
import { isSettingsRoute, settingsRoot } from "#components/settings/settings-route.ts";

type PlaceLinkProps = Omit<ComponentProps<typeof Link>, "onClick" | "href"> & { href: string; onGo?: () => void };

const isWithinOnePage = (from: string, to: string) =>
  [isChatRoute, isSettingsRoute].some((isRoute) => isRoute(from) && isRoute(to));

/**
 * A link that, inside the chat area and inside the settings, changes the address without asking the server: the pages there
 * are one page, and opening a conversation must not wait for a round trip. Everywhere else it is an ordinary link.
 */
export function ChatLink({ href, prefetch = false, onGo, ...rest }: PlaceLinkProps) {
  const pathname = usePathname();
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain) return;
    onGo?.();
    if (!isWithinOnePage(pathname, href)) return;
    event.preventDefault();
    openChat(href);
  };
  return <Link href={href} prefetch={prefetch} {...rest} onClick={go} />;
}

/** Inside the chat area or the settings: changes the address without asking the server. */
export function openChat(href: string): void {
  const { pathname } = window.location;
  if (href === pathname) return;
  window.history.pushState({ fromList: pathname === "/c" || pathname === settingsRoot }, "", href);
}

/** Leads to a message; from one message of the conversation to another without making the history longer. */
export function openMessage(conversationId: string, seq: number): void {
  const at = chatRouteOf(window.location.pathname);
  const href = messagePath(conversationId, seq);
  if (at.conversationId === conversationId && at.seq !== null)
    window.history.replaceState(window.history.state, "", href);
  else openChat(href);
}

/** The arrow on a phone: back to where the list was, without making the history longer. */
export function goToList(): void {
  const state: unknown = window.history.state;
  if (typeof state === "object" && state !== null && "fromList" in state && state.fromList === true) {
    window.history.back();
  } else {
    window.history.replaceState(null, "", isSettingsRoute(window.location.pathname) ? settingsRoot : "/c");
  }
}
