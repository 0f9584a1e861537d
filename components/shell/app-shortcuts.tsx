"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { isChatRoute } from "#components/conversations/chat-route.ts";
import { requestSearch } from "#components/search/search-request.ts";
import { ShortcutSheet } from "#components/shortcuts/shortcut-sheet.tsx";
import { useShortcut } from "#components/shortcuts/use-shortcut.ts";

/** The shortcuts of the whole app. */
export function AppShortcuts() {
  const router = useRouter();
  const pathname = usePathname();
  const [sheetOpen, setSheetOpen] = useState(false);
  useShortcut("help", () => setSheetOpen(true));
  useShortcut("search", () => {
    requestSearch();
    if (!isChatRoute(pathname)) router.push("/c");
  });
  return <ShortcutSheet open={sheetOpen} onOpenChange={setSheetOpen} />;
}
