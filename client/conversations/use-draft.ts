"use client";

import { createLocalStore } from "#client/local-store.ts";
import { useLocalText } from "#client/use-local-text.ts";

const drafts = createLocalStore("draft/");

/** The unsent text of a conversation. */
export const useDraft = (conversationId: string) => useLocalText(drafts, conversationId);
