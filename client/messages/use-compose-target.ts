"use client";

import { useCallback, useMemo } from "react";
import { type ComposeTarget, composeTargets, readTarget } from "#client/conversations/draft-words.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useLocalText } from "#client/use-local-text.ts";

type Change = (target: ComposeTarget | null) => void;

/** What the composer of a conversation answers or edits, kept beside the draft. */
export function useComposeTarget(conversationId: string): [ComposeTarget | null, Change] {
  const [stored] = useLocalText(composeTargets, conversationId);
  const target = useMemo(() => readTarget(stored), [stored]);
  return [target, useSetComposeTarget(conversationId)];
}

/** The change alone, for the rows of a timeline: none of them is drawn again when the target changes. */
export function useSetComposeTarget(conversationId: string): Change {
  const { drafts } = useRealtime();
  return useCallback((to) => drafts.aim(conversationId, to), [drafts, conversationId]);
}
