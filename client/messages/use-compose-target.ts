"use client";

import { useCallback, useMemo } from "react";
import { createLocalStore } from "#client/local-store.ts";
import { useLocalKey, useLocalText } from "#client/use-local-text.ts";

/** The message that the composer of a conversation answers or edits. */
export type ComposeTarget = { action: "reply" | "edit"; seq: number };
type Change = (target: ComposeTarget | null) => void;

const targets = createLocalStore("target/");

/** Kept on this device beside the draft, so that a reload loses neither. */
export function useComposeTarget(conversationId: string): [ComposeTarget | null, Change] {
  const [stored] = useLocalText(targets, conversationId);
  const target = useMemo(() => readTarget(stored), [stored]);
  return [target, useSetComposeTarget(conversationId)];
}

/** The change alone, for the rows of a timeline: none of them is drawn again when the target changes. */
export function useSetComposeTarget(conversationId: string): Change {
  const key = useLocalKey(conversationId);
  return useCallback((to) => targets.write(key, to ? `${to.action} ${to.seq}` : ""), [key]);
}

function readTarget(stored: string): ComposeTarget | null {
  const [, action, seq] = /^(reply|edit) ([1-9][0-9]*)$/.exec(stored) ?? [];
  return action === undefined ? null : { action: action === "edit" ? "edit" : "reply", seq: Number(seq) };
}
