"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createLocalStore } from "#client/local-store.ts";

/** The message that the composer of a conversation answers or edits. */
export type ComposeTarget = { action: "reply" | "edit"; seq: number };

const targets = createLocalStore("target/");

/** Kept on this device beside the draft, so that a reload loses neither. */
export function useComposeTarget(
  conversationId: string,
): [ComposeTarget | null, (target: ComposeTarget | null) => void] {
  const key = `${useMe().id}/${conversationId}`;
  const stored = useSyncExternalStore(
    targets.subscribe,
    () => targets.read(key),
    () => "",
  );
  const target = useMemo(() => readTarget(stored), [stored]);
  const change = useCallback(
    (to: ComposeTarget | null) => targets.write(key, to ? `${to.action} ${to.seq}` : ""),
    [key],
  );
  return [target, change];
}

function readTarget(stored: string): ComposeTarget | null {
  const [, action, seq] = /^(reply|edit) ([1-9][0-9]*)$/.exec(stored) ?? [];
  return action === undefined ? null : { action: action === "edit" ? "edit" : "reply", seq: Number(seq) };
}
