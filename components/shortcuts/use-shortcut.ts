"use client";

import { useEffect, useRef } from "react";
import { isApple, isShortcut, type ShortcutName } from "#components/shortcuts/shortcuts.ts";
import { isComposing } from "#components/ui/composing.ts";

const fields = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";
const layers = "[role=dialog], [role=alertdialog], [role=menu]";

/** A key that a field needs for its text. */
const isText = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey && target instanceof Element && target.closest(fields) !== null;

/** Calls `run` for the keys of a shortcut, anywhere in the page but under a dialog or a menu. */
export function useShortcut(name: ShortcutName, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || !isShortcut(event, name, isApple())) return;
      if (isText(event) || document.querySelector(layers)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [name]);
}
