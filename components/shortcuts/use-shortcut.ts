"use client";

import { useEffect, useRef } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createLocalStore } from "#client/local-store.ts";
import { isApple, isOffered, isShortcut, type ShortcutName } from "#components/shortcuts/shortcuts.ts";
import { isComposing } from "#components/ui/composing.ts";

const fields = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";
const layers = "[role=dialog], [role=alertdialog], [role=menu]";

const isSingle = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey;

/** A key that a field needs for its text. */
const isText = (event: KeyboardEvent) =>
  isSingle(event) && event.target instanceof Element && event.target.closest(fields) !== null;

/** "off": a key without Ctrl, Alt or ⌘ is no shortcut, which speech input and unsteady hands press by mistake. */
export const singleKeys = createLocalStore("single-keys/");

/** Calls `run` for the keys of a shortcut, anywhere in the page but under a dialog or a menu. */
export function useShortcut(name: ShortcutName, run: (event: KeyboardEvent) => void): void {
  const meId = useMe().id;
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || !isShortcut(event, name, isApple())) return;
      if (!isOffered(name) || (isSingle(event) && singleKeys.read(meId) === "off")) return;
      if (isText(event) || document.querySelector(layers)) return;
      event.preventDefault();
      latest.current(event);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [name, meId]);
}
