"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { isChatRoute } from "#components/conversations/chat-route.ts";

/**
 * Leads from a page of a conversation to the list once I am no longer part of it, and says so: I left here or on another
 * device, or was removed. `name` while it is known to be mine; null while that is not known; undefined when it is not.
 * A conversation that was never mine stays: its page says so itself.
 */
export function useGonePage(name: string | null | undefined): void {
  const t = useTranslations("conversations");
  const router = useRouter();
  const last = useRef<string | null>(null);
  if (typeof name === "string") last.current = name;
  const gone = name === undefined ? last.current : null;
  useEffect(() => {
    if (gone === null) return;
    last.current = null;
    // The chat page and the page of a community may both notice.
    toast(t("gone", { name: gone }), { id: `gone ${gone}` });
    // Inside the chat area the list is the same page.
    if (isChatRoute(window.location.pathname)) window.history.replaceState(null, "", "/c");
    else router.replace("/c");
  }, [gone, t, router]);
}
